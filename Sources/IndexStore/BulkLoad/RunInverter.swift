import Documents
import TextAnalysis

/// Analyses documents and inverts them in memory: one worker's share of a run, which becomes a segment.
///
/// Belongs to one thread at a time. Documents come with ascending ids, though not without gaps: other inverters of the
/// same run have the rest.
public final class RunInverter {
    /// Seconds spent on analysis since this was made, as reckoned from some of the documents.
    public var analysisSeconds: Double { time.seconds - inversionSeconds }
    /// Seconds spent on inversion since this was made, as reckoned from some of the documents.
    public var inversionSeconds: Double {
        let measured = (analysisTime + inversionTime).seconds
        return measured == 0 ? 0 : time.seconds * inversionTime.seconds / measured
    }

    private let analyzer: TextAnalyzer
    /// Documents of which one has its analysis and its inversion measured: to ask for the time takes as long as ten words.
    private static let measuredDocuments = 8
    /// The time that both took.
    private var time = Duration.zero
    /// What times of a document are told from.
    private let origin = ContinuousClock().now
    // No access to these outlives a statement, so their exclusivity needs no check at run time.
    /// What they took of the documents that are measured.
    @exclusivity(unchecked) private var analysisTime = Duration.zero
    @exclusivity(unchecked) private var inversionTime = Duration.zero
    @exclusivity(unchecked) private var tokens = TokenBuffer()
    @exclusivity(unchecked) private var table: PostingTable
    /// What was put aside of a run whose tables had grown too large inside of a document.
    @exclusivity(unchecked) private var parts: [RunPart] = []
    /// Bytes of those.
    @exclusivity(unchecked) private var partBytes = 0
    /// Whether the document at work has parts already.
    @exclusivity(unchecked) private var isContinued = false
    /// Bytes that the run may hold inside of a document.
    private let share: Int
    private let pieceLength: Int
    private let arenaSize: Int
    /// Id of the run's first document.
    private var firstID: Int64 = 0
    @exclusivity(unchecked) private(set) var lengths: [FieldLengths] = []
    private var order: [SealedRun.TermKey] = []
    /// The words of a sealed run: those of each part, and of what came behind them.
    private(set) var words: [CountedWords] = []

    /// Tokens in the fields of a document.
    struct FieldLengths {
        var id: Int64
        var title: UInt32
        var body: UInt32
    }

    /// Creates an inverter for an analyzer of Postil's own that holds up to about `memory` bytes of postings.
    ///
    /// - Parameters:
    ///   - share: Bytes that it may hold inside of a document; a document beyond is inverted part by part, each packed to a tenth of
    ///     what it takes while it is made.
    ///   - pieceLength: Occurrences of terms after which it looks.
    /// - Throws: `AnalyzerError.needsFTS5` for one of FTS5's tokenizers.
    public init(
        _ specification: AnalyzerSpecification, memory: Int, share: Int? = nil, pieceLength: Int = 1 << 16
    ) throws {
        analyzer = try TextAnalyzer(specification)
        self.share = min(share ?? memory, Self.maximumByteCount)
        self.pieceLength = pieceLength
        // Memory that is not touched costs nothing, and inverters do not fill evenly.
        arenaSize = min(memory, Self.maximumByteCount)
        table = PostingTable(arenaSize: arenaSize)
    }

    /// A run that is as large becomes a segment, whatever memory there is: places in it have 32 bits.
    public static let maximumByteCount = 1 << 31

    /// Bytes of memory that the run takes so far.
    public var byteCount: Int {
        tableBytes + partBytes + tokens.byteCount + lengths.count * MemoryLayout<FieldLengths>.stride
    }

    /// Bytes of what no part has.
    private var tableBytes: Int { table.byteCount + analyzer.vocabularyByteCount }

    /// Whether it holds nothing.
    public var isEmpty: Bool { lengths.isEmpty }

    /// How many parts the run has besides what came behind them.
    var partCount: Int { parts.count }

    /// Adds stored documents, whose ids ascend, to the run, whose first one has the id `first`.
    public func invert(_ batch: [NewDocument], runBeginning first: DocumentID) {
        let start = ContinuousClock().now
        for new in batch {
            invert(new.id.rawValue, title: new.document.title, body: new.document.body, runBeginning: first.rawValue)
        }
        time += ContinuousClock().now - start
    }

    /// Adds a document to the run, whose first one has the id `first`. Ids ascend, and are less than 2^32 - 1 apart.
    func invert(_ id: Int64, title: String, body: String, runBeginning first: Int64) {
        assert(isEmpty || firstID == first)
        firstID = first
        var start = lengths.count % Self.measuredDocuments == 0 ? now : nil
        analyzer.beginDocument()
        let number = UInt32(id - firstID + 1)
        let bodyLength = append(body, column: 0, document: number, since: &start)
        let titleLength = append(title, column: 1, document: number, since: &start)
        lengths.append(FieldLengths(id: id, title: UInt32(titleLength), body: UInt32(bodyLength)))
        if isContinued {
            analyzer.endContinuedDocument()
            isContinued = false
        }
    }

    private var now: Duration { origin.duration(to: ContinuousClock().now) }

    /// Appends the occurrences in a field of a document, and gives the number of their positions. Where there is a `start`, the time
    /// since then is measured.
    private func append(
        _ text: String, column: Int, document: UInt32, since start: inout Duration?
    ) -> Int {
        var positions = 0
        text.withUTF8Bytes { bytes in
            analyzer.analyze(bytes, inPiecesOf: pieceLength, into: &tokens) { piece, isLast in
                let analysed = start == nil ? nil : now
                table.reserve(terms: analyzer.termCount)
                table.append(piece.occurrences, column: column, document: document)
                positions = max(positions, piece.positionCount)
                if !isLast, tableBytes >= max(share / 4, share - partBytes) { putAside() }
                guard let begin = start, let analysed else { return }
                let end = now
                analysisTime += analysed - begin
                inversionTime += end - analysed
                start = end
            }
        }
        return positions
    }

    /// Packs what the tables hold, inside of a document, and empties them.
    private func putAside() {
        if isContinued { analyzer.endContinuedDocument() }
        sealTables(goesOn: true)
        let part = RunPart(terms: order, names: analyzer.termView, postings: table.view)
        parts.append(part)
        partBytes += part.byteCount + (words.last?.byteCount ?? 0)
        order = []
        // With the memory that it took.
        table = PostingTable(arenaSize: arenaSize)
        analyzer.removeAllTerms()
        analyzer.beginDocument()
        isContinued = true
    }

    /// Completes what the tables hold, and sorts its terms and words.
    private func sealTables(goesOn: Bool) {
        analyzer.dropLookups()
        words.append(analyzer.countedWords(goesOn: goesOn))
        table.seal(terms: analyzer.termCount)
        order = SealedRun.order(analyzer.termView, table.view)
    }

    /// Completes the run.
    func seal() { sealTables(goesOn: false) }

    /// Forgets the run.
    func removeAll() {
        table.removeAll()
        analyzer.removeAllTerms()
        lengths.removeAll(keepingCapacity: true)
        order = []
        words = []
        parts = []
        partBytes = 0
    }

    /// What a sealed run holds: its parts, whose last document the next one may go on with, and what came behind them.
    var sealed: [SealedRun] {
        parts.map { SealedRun($0, firstID: firstID) } + [
            SealedRun(terms: order, names: analyzer.termView, postings: table.view, firstID: firstID)
        ]
    }
}

extension Duration {
    /// In seconds.
    var seconds: Double {
        let (seconds, attoseconds) = components
        return Double(seconds) + Double(attoseconds) / 1e18
    }
}

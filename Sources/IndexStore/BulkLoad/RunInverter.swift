import Documents
import TextAnalysis

/// Analyses documents and inverts them in memory: one worker's share of a run, which becomes a segment.
///
/// Belongs to one thread at a time. Documents come with ascending ids, though not without gaps: other inverters of the
/// same run have the rest.
public final class RunInverter {
    /// Seconds spent on analysis since this was made.
    public var analysisSeconds: Double { analysisTime.seconds }
    /// Seconds spent on inversion since this was made.
    public var inversionSeconds: Double { inversionTime.seconds }

    private let analyzer: TextAnalyzer
    // No access to these outlives a statement, so their exclusivity needs no check at run time.
    @exclusivity(unchecked) private var analysisTime = Duration.zero
    @exclusivity(unchecked) private var inversionTime = Duration.zero
    @exclusivity(unchecked) private var titleTokens = TokenBuffer()
    @exclusivity(unchecked) private var bodyTokens = TokenBuffer()
    @exclusivity(unchecked) private var table: PostingTable
    /// Id of the run's first document.
    private var firstID: Int64 = 0
    @exclusivity(unchecked) private(set) var lengths: [FieldLengths] = []
    private var order: [SealedRun.TermKey] = []
    /// The words of a sealed run.
    private(set) var words = CountedWords()

    /// Tokens in the fields of a document.
    struct FieldLengths {
        var id: Int64
        var title: UInt32
        var body: UInt32
    }

    /// Creates an inverter for an analyzer of Postil's own that holds up to about `memory` bytes of postings.
    ///
    /// - Throws: `AnalyzerError.needsFTS5` for one of FTS5's tokenizers.
    public init(_ specification: AnalyzerSpecification, memory: Int) throws {
        analyzer = try TextAnalyzer(specification)
        // Memory that is not touched costs nothing, and inverters do not fill evenly.
        table = PostingTable(arenaSize: min(memory, Self.maximumByteCount))
    }

    /// A run that is as large becomes a segment, whatever memory there is: places in it have 32 bits.
    public static let maximumByteCount = 1 << 31

    /// Bytes of memory that the run takes so far.
    public var byteCount: Int {
        table.byteCount + analyzer.vocabularyByteCount + lengths.count * MemoryLayout<FieldLengths>.stride
    }

    /// Whether it holds nothing.
    public var isEmpty: Bool { lengths.isEmpty }

    /// Adds stored documents, whose ids ascend, to the run, whose first one has the id `first`.
    public func invert(_ batch: [NewDocument], runBeginning first: DocumentID) {
        assert(isEmpty || firstID == first.rawValue)
        firstID = first.rawValue
        let clock = ContinuousClock()
        var start = clock.now
        for new in batch {
            let id = new.id
            analyzer.beginDocument()
            analyze(new.document.title, into: &titleTokens)
            analyze(new.document.body, into: &bodyTokens)
            table.reserve(terms: analyzer.termCount)
            let analysed = clock.now
            let number = UInt32(id.rawValue - firstID + 1)
            table.append(bodyTokens.occurrences, column: 0, document: number)
            table.append(titleTokens.occurrences, column: 1, document: number)
            lengths.append(
                FieldLengths(
                    id: id.rawValue, title: UInt32(titleTokens.positionCount), body: UInt32(bodyTokens.positionCount)))
            let end = clock.now
            analysisTime += analysed - start
            inversionTime += end - analysed
            start = end
        }
    }

    private func analyze(_ text: String, into tokens: inout TokenBuffer) {
        var text = text
        text.withUTF8 { analyzer.analyze($0, into: &tokens) }
    }

    /// Completes the run and sorts its terms.
    func seal() {
        table.seal(terms: analyzer.termCount)
        order = SealedRun.order(analyzer.termView)
        words = analyzer.countedWords()
    }

    /// Forgets the run.
    func removeAll() {
        table.removeAll()
        analyzer.removeAllTerms()
        lengths.removeAll(keepingCapacity: true)
        order = []
        words = CountedWords()
    }

    /// What a sealed run holds.
    var sealed: SealedRun {
        SealedRun(terms: order, names: analyzer.termView, postings: table.view, firstID: firstID)
    }
}

extension Duration {
    /// In seconds.
    var seconds: Double {
        let (seconds, attoseconds) = components
        return Double(seconds) + Double(attoseconds) / 1e18
    }
}

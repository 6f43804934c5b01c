import Documents
import TextAnalysis

/// Analyses documents and inverts them in memory: one worker's share of a run, which becomes a segment.
///
/// Belongs to one thread at a time. Documents come with ascending ids, though not without gaps: other inverters of the
/// same run have the rest.
public final class RunInverter {
    /// Seconds spent on analysis since this was made.
    public private(set) var analysisSeconds = 0.0
    /// Seconds spent on inversion since this was made.
    public private(set) var inversionSeconds = 0.0

    private let analyzer: TextAnalyzer
    private var titleTokens = TokenBuffer()
    private var bodyTokens = TokenBuffer()
    private var table: PostingTable
    /// Id of the run's first document.
    private var firstID: Int64 = 0
    private(set) var lengths: [FieldLengths] = []
    private var order: [TermKey] = []

    /// Tokens in the fields of a document.
    struct FieldLengths {
        var id: Int64
        var title: UInt32
        var body: UInt32
    }

    /// A term by the first bytes of its name, which decide nearly all comparisons.
    struct TermKey {
        var prefix: UInt64
        var term: UInt32
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
            analysisSeconds += (analysed - start).seconds
            inversionSeconds += (end - analysed).seconds
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
        order = (0..<UInt32(analyzer.termCount)).map { TermKey(prefix: prefix(of: $0), term: $0) }
        order.sort { left, right in
            left.prefix == right.prefix
                ? name(of: left.term).lexicographicallyPrecedes(name(of: right.term)) : left.prefix < right.prefix
        }
    }

    /// Forgets the run.
    func removeAll() {
        table.removeAll()
        analyzer.removeAllTerms()
        lengths.removeAll(keepingCapacity: true)
        order = []
    }

    // MARK: A sealed run

    /// The terms in the order of their bytes.
    var terms: [TermKey] { order }

    /// The bytes of a term.
    func name(of term: UInt32) -> UnsafeBufferPointer<UInt8> { analyzer.bytes(of: TermID(rawValue: term)) }

    /// The postings of a term: how many, those of which documents, and their encoding.
    func postings(of term: UInt32) -> (count: Int, first: Int64, last: Int64, bytes: UnsafeRawBufferPointer) {
        let list = table[term]
        return (
            Int(list.count), firstID + Int64(list.first) - 1, firstID + Int64(list.last) - 1, table.bytes(of: list)
        )
    }

    /// The first eight bytes of a term as a number that sorts like them, zeros behind a shorter one.
    private func prefix(of term: UInt32) -> UInt64 {
        var prefix: UInt64 = 0
        let name = name(of: term)
        for index in 0..<8 { prefix = prefix << 8 | (index < name.count ? UInt64(name[index]) : 0) }
        return prefix
    }
}

extension Duration {
    /// In seconds.
    var seconds: Double {
        let (seconds, attoseconds) = components
        return Double(seconds) + Double(attoseconds) / 1e18
    }
}

import GRDB
import TextAnalysis

/// Takes texts out of the full-text table and the list of words: a few through FTS5, many by segments of their own, since FTS5
/// holds what it takes out in a table in memory that it empties between documents only, and has each text analysed by itself.
///
/// Documents come in any order. All is called inside `IndexConnection.access`.
final class DocumentRemoval {
    /// How much is gathered before it is written.
    struct Limits {
        /// Bytes of text up to which FTS5 takes documents out, and takes one in.
        var few = 1 << 20
        /// Bytes of text that are brought in the order of their ids together.
        var gathered = 16 << 20
        /// Bytes that an inverter holds before it becomes a segment.
        var memory = 64 << 20
    }

    private struct Removed {
        var id: Int64
        var title: String
        var body: String
    }

    private let fullText: FullTextTable
    private let specification: AnalyzerSpecification
    private let words: WordCounter
    private let limits: Limits
    private var waiting: [Removed] = []
    private var waitingBytes = 0
    private var inverter: RunInverter?
    /// First and last document of the inverter's.
    private var run: ClosedRange<Int64>?

    init(
        from fullText: FullTextTable, _ specification: AnalyzerSpecification, countedBy words: WordCounter,
        limits: Limits = Limits()
    ) {
        self.fullText = fullText
        self.specification = specification
        self.words = words
        self.limits = limits
    }

    /// Takes a document out, by ``finish(_:)`` at the latest.
    func add(_ id: Int64, _ texts: DocumentTable.Texts, _ db: Database) throws {
        let removed = Removed(id: id, title: texts.title ?? "", body: texts.body ?? "")
        waiting.append(removed)
        waitingBytes += removed.title.utf8.count + removed.body.utf8.count
        if waitingBytes > limits.gathered { try takeOut(db) }
    }

    /// Writes what is left. Has to be called before FTS5 is handed another document.
    func finish(_ db: Database) throws {
        try takeOut(db)
        try writeSegment(db)
    }

    private func takeOut(_ db: Database) throws {
        defer {
            waiting = []
            waitingBytes = 0
        }
        guard try run != nil || (waitingBytes > limits.few && FullTextTable.takesSegments(by: specification, db)) else {
            for removed in waiting {
                try fullText.unindex(removed.id, (removed.title, removed.body))
                try words.remove(title: removed.title, body: removed.body)
            }
            return
        }
        for removed in waiting.sorted(by: { $0.id < $1.id }) { try invert(removed, db) }
    }

    private func invert(_ removed: Removed, _ db: Database) throws {
        // A run's documents ascend, and their distances have 32 bits.
        if let run,
            removed.id <= run.upperBound || removed.id - run.lowerBound >= Int32.max
                || (inverter?.byteCount ?? 0) >= limits.memory
        {
            try writeSegment(db)
        }
        let inverter =
            try inverter
            ?? RunInverter(specification, memory: limits.memory, share: limits.memory)
        self.inverter = inverter
        let first = run?.lowerBound ?? removed.id
        inverter.invert(removed.id, title: removed.title, body: removed.body, runBeginning: first)
        run = first...removed.id
    }

    private func writeSegment(_ db: Database) throws {
        guard let inverter, run != nil else { return }
        try fullText.letGo(db)
        try FullTextTable.remove(inverter, db)
        run = nil
    }
}

import Documents
import IndexStore
import Ingestion

/// What is to be done next with the inputs of an index run, in their order.
///
/// `Batch` tells how far a part of a source has come: an `InputBatch` holds bytes, a `ParsedBatch` documents. Steps are handed on more often
/// than they are looked at, and each has many references.
indirect enum IndexingStep<Batch> {
    /// A source has not changed since it was read; it was touched when its recorded time is not the present one.
    case keep(IndexedSource, wasTouched: Bool)
    /// A source is new or has changed; `known` is how it was, `reading` the way it is read in.
    case begin(InputFile, known: IndexedSource?, reading: String)
    /// A part of the source that was begun last.
    case batch(Batch)
    /// The source has been read; the hash is nil when it could not be.
    case end(contentHash: UInt64?)
}

extension IndexingStep<ParsedBatch> {
    /// Bytes of the texts that it holds.
    var textBytes: Int {
        guard case .batch(let batch) = self else { return 0 }
        return batch.documents.reduce(0) { $0 + $1.textBytes }
    }
}

/// Where the steps of an index run come from, in order. For one thread at a time.
protocol StepFeed {
    /// What gives the next steps, on whatever thread; nil after the last. They are few enough to share the work, and as many as are
    /// worth the turn of a thread.
    func next() -> (() -> [IndexingStep<ParsedBatch>])?
}

/// What takes the steps of an index run, in order. For one thread at a time.
protocol StepRecorder {
    /// How far the run has come.
    var progress: IndexingProgress { get }
    /// Takes the next steps, stores the documents in them that are new, and returns them; they are still to be indexed.
    func record(_ steps: [IndexingStep<ParsedBatch>]) throws -> [NewDocument]
}

extension IndexingStep<InputBatch> {
    /// The step with its bytes turned into documents, which depends on no other one.
    func parsed(by reader: DocumentReader) -> IndexingStep<ParsedBatch> {
        switch self {
        case .keep(let known, let wasTouched): .keep(known, wasTouched: wasTouched)
        case .begin(let file, let known, let reading): .begin(file, known: known, reading: reading)
        case .batch(let batch): .batch(ParsedBatch(batch, reader: reader))
        case .end(let contentHash): .end(contentHash: contentHash)
        }
    }
}

/// What a part of a source gave.
struct ParsedBatch {
    /// Its documents, in their order.
    private(set) var documents: [NewDocument] = []
    /// What was left out.
    private(set) var skips = SkipList()
    /// What was read, but not as it stood.
    private(set) var remarks: [ReadingRemark] = []
    /// Whether reading ended before the source did.
    private(set) var isTorn = false

    /// Documents that need no reading.
    init(_ documents: [Document]) { self.documents = documents.map { NewDocument($0) } }

    /// Reads a batch.
    init(_ batch: InputBatch, reader: DocumentReader) {
        documents.reserveCapacity(batch.recordCount)
        reader.readEvents(of: batch) { event in
            switch consume event {
            case .document(let document): documents.append(NewDocument(document))
            case .skipped(let line, let reason): skips.add(line: line, reason: reason)
            case .warning(let remark): remarks.append(remark)
            case .stopped(let line, let reason):
                skips.add(line: line, reason: reason)
                isTorn = true
            }
        }
        // A record that could not be told apart may be any of those that the source gave before.
        if skips.all.contains(where: { $0.line == nil }) { isTorn = true }
    }
}

/// What was left out of a source: the first places by themselves, and how many more there are.
///
/// Memory: bounded, however many records are skipped.
struct SkipList {
    /// Each place that is named; the last may stand for others.
    private(set) var all: [IndexedSource.Skip] = []

    /// Places that are named: more than anybody reads, and enough to see what they have in common.
    static let maximumCount = 100

    /// Whether nothing was left out.
    var isEmpty: Bool { all.isEmpty }

    /// Adds a place that comes after the others.
    mutating func add(line: Int?, reason: String) { add(IndexedSource.Skip(line: line, reason: reason)) }

    /// Adds all places of another list, which come after these.
    mutating func add(_ later: SkipList) {
        for skip in later.all { add(skip) }
    }

    private mutating func add(_ skip: IndexedSource.Skip) {
        if all.count < Self.maximumCount {
            all.append(skip)
        } else {
            all[all.count - 1].count += skip.count
        }
    }
}

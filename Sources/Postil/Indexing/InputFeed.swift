import Documents
import IndexStore
import Ingestion

/// Goes through the inputs of an index run and reads those that have changed. For one thread at a time.
///
/// A source is taken as unchanged when its size and time are the recorded ones, or its size and hash.
final class InputFeed {
    private let files: [InputFile]
    private let reader: DocumentReader
    private let reading: String
    private var known: [ExactText: IndexedSource]
    private var nextFile = 0
    private var batches: InputBatches?

    /// A feed of `files`.
    ///
    /// - Parameters:
    ///   - known: What the index has recorded.
    ///   - reading: Fingerprint of the present way to read; sources that were read by another one count as changed.
    init(_ files: [InputFile], known: [IndexedSource], reader: DocumentReader, reading: String) {
        self.files = files
        self.known = Dictionary(
            known.map { (ExactText($0.path), $0) }, uniquingKeysWith: { first, _ in first })
        self.reader = reader
        self.reading = reading
    }

    /// Recorded sources that were not among the files.
    var unseen: [IndexedSource] { Array(known.values) }

    /// The next step, nil after the last.
    func next() -> IndexingStep<InputBatch>? {
        if let batches {
            if let batch = batches.next() { return .batch(batch) }
            self.batches = nil
            return .end(contentHash: batches.contentHash)
        }
        guard nextFile < files.count else { return nil }
        let file = files[nextFile]
        nextFile += 1
        let known = known.removeValue(forKey: ExactText(file.path))
        if let known, let unchanged = unchanged(known, file) {
            return .keep(unchanged, wasTouched: unchanged.modified != known.modified)
        }
        batches = reader.batches(of: file)
        return .begin(file, known: known)
    }

    /// The record of a source that need not be read again, with its present time.
    private func unchanged(_ known: IndexedSource, _ file: InputFile) -> IndexedSource? {
        guard known.reading == reading, known.size == file.size, !file.isStandardInput else { return nil }
        if known.modified == file.modificationTime { return known }
        guard hash(of: file) == known.hash else { return nil }
        var known = known
        known.modified = file.modificationTime
        return known
    }

    private func hash(of file: InputFile) -> [UInt8]? {
        do { return SourceHash.bytes(try ContentHash.of(file)) } catch {
            // Reading the file will meet the same error and report it.
            return nil
        }
    }
}

/// The stored form of a file's 64-bit content hash: eight bytes, big-endian.
enum SourceHash {
    static func bytes(_ hash: UInt64) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: hash >> UInt64(56 - 8 * $0)) }
    }
}

import Documents
import IndexStore
import Ingestion

/// Goes through the inputs of an index run and reads those that have changed. For one thread at a time.
///
/// A source is taken as unchanged when its size, times and number on the device are the recorded ones, or its size and hash.
final class InputFeed: StepFeed {
    private let files: [InputFile]
    private let readings: [CollectionRoots.Reading]
    private let numbers: [Int]
    private var known: [ExactText: IndexedSource]
    private var nextFile = 0
    private var batches: InputBatches?

    /// A feed of `files`, each with the number of its way to be read.
    ///
    /// - Parameter known: What the index has recorded.
    init(_ files: [InputFile], readings numbers: [Int], of readings: [CollectionRoots.Reading], known: [IndexedSource])
    {
        self.files = files
        self.numbers = numbers
        self.readings = readings
        self.known = Dictionary(
            known.map { (ExactText($0.path), $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Recorded sources that were not among the files.
    var unseen: [IndexedSource] { Array(known.values) }

    func next() -> (() -> IndexingStep<ParsedBatch>)? {
        nextInput().map { input in { input.step.parsed(by: input.reader) } }
    }

    /// The next step and what parses it, nil after the last.
    private func nextInput() -> (step: IndexingStep<InputBatch>, reader: DocumentReader)? {
        if let batches {
            let reader = readings[numbers[nextFile - 1]].reader
            if let batch = batches.next() { return (.batch(batch), reader) }
            self.batches = nil
            return (.end(contentHash: batches.contentHash), reader)
        }
        guard nextFile < files.count else { return nil }
        let reading = readings[numbers[nextFile]]
        let isDatabase = reading.reader.mapping.query != nil
        let file = isDatabase ? files[nextFile].withDatabaseLog : files[nextFile]
        nextFile += 1
        let known = known.removeValue(forKey: ExactText(file.path))
        if let known, let unchanged = unchanged(known, file, reading.fingerprint, isDatabase) {
            return (.keep(unchanged, wasTouched: unchanged != known), reading.reader)
        }
        batches = reading.reader.batches(of: file)
        return (.begin(file, known: known, reading: reading.fingerprint), reading.reader)
    }

    /// The source as it is now, when it need not be read again: nothing says that it has changed, or its content has not.
    private func unchanged(
        _ known: IndexedSource, _ file: InputFile, _ reading: String, _ isDatabase: Bool
    ) -> IndexedSource? {
        guard known.reading == reading, known.size == file.size, !file.isStandardInput,
            ExactText(known.name) == ExactText(file.relativePath)
        else { return nil }
        var now = known
        now.modified = file.modificationTime
        now.changed = file.changeTime
        now.node = Int64(bitPattern: file.node)
        // The hash of a database says nothing of its log.
        return now == known || (!isDatabase && hash(of: file) == known.hash) ? now : nil
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

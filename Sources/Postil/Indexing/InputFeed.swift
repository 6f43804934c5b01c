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
    /// Bytes of text after which steps are passed on.
    private let mostBytes: Int

    /// Most steps that are passed on together.
    private static let mostSteps = 512
    /// Bytes of text that are little beside what is inverted at a time, and much beside the turn of a thread, which takes as long as
    /// reading a note.
    private static let worthATurn = 64 << 10

    /// A feed of `files`, each with the number of its way to be read.
    ///
    /// - Parameters:
    ///   - known: What the index has recorded.
    ///   - batchBytes: Bytes of text that are inverted at a time.
    init(
        _ files: [InputFile], readings numbers: [Int], of readings: [CollectionRoots.Reading], known: [IndexedSource],
        batchBytes: Int
    ) {
        mostBytes = min(batchBytes, Self.worthATurn)
        self.files = files
        self.numbers = numbers
        self.readings = readings
        self.known = Dictionary(
            known.map { (ExactText($0.path), $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Recorded sources that were not among the files.
    var unseen: [IndexedSource] { Array(known.values) }

    func next() -> (() -> [IndexingStep<ParsedBatch>])? {
        var inputs: [(step: IndexingStep<InputBatch>, reading: CollectionRoots.Reading)] = []
        var bytes = 0
        while inputs.count < Self.mostSteps, bytes < mostBytes, let input = nextInput() {
            inputs.append(input)
            // What is no text takes long to become one, however small it is.
            if case .batch(let batch) = input.step { bytes += batch.isText ? batch.byteCount : mostBytes }
        }
        return inputs.isEmpty ? nil : { inputs.map { $0.step.parsed(by: $0.reading.reader) } }
    }

    /// The next step and what parses it, nil after the last.
    private func nextInput() -> (step: IndexingStep<InputBatch>, reading: CollectionRoots.Reading)? {
        if let batches {
            let reading = readings[numbers[nextFile - 1]]
            if let batch = batches.next() { return (.batch(batch), reading) }
            self.batches = nil
            return (.end(contentHash: batches.contentHash), reading)
        }
        guard nextFile < files.count else { return nil }
        let reading = readings[numbers[nextFile]]
        let isDatabase = reading.reader.mapping.query != nil
        let file = isDatabase ? files[nextFile].withDatabaseLog : files[nextFile]
        nextFile += 1
        let known = known.removeValue(forKey: ExactText(file.path))
        if let known, let step = unchanged(known, file, reading.fingerprint, isDatabase) { return (step, reading) }
        batches = reading.reader.batches(of: file)
        return (.begin(file, known: known, reading: reading.fingerprint), reading)
    }

    /// The step of a source that need not be read again: nothing says that it has changed, or its content has not.
    private func unchanged(
        _ known: IndexedSource, _ file: InputFile, _ reading: String, _ isDatabase: Bool
    ) -> IndexingStep<InputBatch>? {
        guard known.reading == reading, known.size == file.size, !file.isStandardInput,
            ExactText(known.name) == ExactText(file.relativePath)
        else { return nil }
        let node = Int64(bitPattern: file.node)
        if known.modified == file.modificationTime, known.changed == file.changeTime, known.node == node {
            return .keep(known, wasTouched: false)
        }
        // The hash of a database says nothing of its log.
        guard !isDatabase, hash(of: file) == known.hash else { return nil }
        var now = known
        now.modified = file.modificationTime
        now.changed = file.changeTime
        now.node = node
        return .keep(now, wasTouched: true)
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

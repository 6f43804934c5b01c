import DequeModule
import Documents
import IndexStore

/// What of an index run is done, what waits for what, and which job a free thread takes next.
struct IndexingSchedule {
    /// Recorded documents that are inverted, and with compression packed and stored, together.
    struct Batch {
        /// Which batch of the run it is, from 0 on: the order in which batches are stored.
        let number: Int
        let documents: [NewDocument]
        /// What compresses their texts; nil when they are stored already.
        let packer: TextFrameWriter?
    }

    enum Job {
        /// Read the next steps, and parse them.
        case read
        /// Record the steps whose turn it is.
        case record([IndexingStep<ParsedBatch>])
        /// Hand documents to FTS5.
        case index([NewDocument])
        /// Decide how the texts of a stretch of documents are compressed.
        case prepare([NewDocument])
        /// Compress documents if that is to be, and invert them into the run that begins with `first`.
        case invert(Batch, RunInverter, first: DocumentID)
        /// Store the compressed batch whose turn it is.
        case store(Batch)
        /// Write the run as a segment, behind which there may come no other.
        case flush([RunInverter], isLast: Bool)
        /// There is nothing left to do.
        case stop
    }

    var failure: (any Error)?
    /// Threads besides the caller's that have not ended.
    var otherThreads = 0
    private(set) var progress = IndexingProgress()
    private(set) var stages: [IndexingStage: Double] = [:]

    private let inverters: [RunInverter]
    /// Bytes that the inverters may hold together.
    private let memory: Int
    private let batchBytes: Int
    /// Bytes of text that are compressed alike; nil when texts are stored plainly, as soon as they are recorded.
    private let stretchBytes: Int?
    /// Reads and batches that may wait between two stages.
    private let queueLimit: Int
    /// Bytes of text that may wait between stages before more is read: long texts are few, and yet many.
    private let queueBytes: Int
    /// Bytes of text that do.
    private var bytesWaiting = 0
    /// Whether only the thread that called may read.
    private let readsOnCaller: Bool

    private var isReading = false
    private var isRead = false
    /// How often steps were read, and recorded: each time those that came together.
    private var timesRead = 0
    private var timesRecorded = 0
    private var timesInParsing = 0
    private var parsed: [Int: [IndexingStep<ParsedBatch>]] = [:]

    private var isRecording = false
    /// New documents that do not make a batch yet.
    private var gathered: [NewDocument] = []
    private var gatheredBytes = 0
    /// Gathered documents before it is decided how they are compressed.
    private var stretch: [NewDocument]?
    private var isPreparing = false
    private var waiting: Deque<Batch> = []
    private var batchesQueued = 0
    /// Compressed batches that wait for earlier ones to be stored.
    private var packed: [Int: Batch] = [:]
    private var batchesStored = 0

    private var idle: [RunInverter]
    /// Bytes that each inverter held after its last batch.
    private var sizes: [ObjectIdentifier: Int] = [:]
    private var isFlushDue = false
    private var runBeginning: DocumentID?
    /// Whether any segment is written: then what is left at the end becomes one, too.
    private var hasInverted = false

    init(
        inverters: [RunInverter], memory: Int, batchBytes: Int, stretchBytes: Int?, readsOnCaller: Bool = false
    ) {
        self.inverters = inverters
        self.readsOnCaller = readsOnCaller
        // What a run takes while it becomes a segment (its sorted terms, their grids) is about a third of its postings.
        self.memory = memory / 4 * 3
        queueBytes = memory / 4
        self.batchBytes = batchBytes
        self.stretchBytes = stretchBytes
        idle = inverters
        queueLimit = 2 * max(1, inverters.count) + 2
    }

    /// The job that brings the run on most; nil when all that is left waits for jobs that others are at. Jobs further down
    /// the line come first, so that little waits between stages.
    mutating func nextJob(isCaller: Bool = true) -> Job? {
        if failure != nil { return .stop }
        let isAllRead = isRead && timesRecorded == timesRead
        if !isRecording {
            if isFlushDue, idle.count == inverters.count { return flush(isLast: false) }
            if let batch = packed.removeValue(forKey: batchesStored) {
                isRecording = true
                return .store(batch)
            }
            if let steps = parsed[timesRecorded], waiting.count < queueLimit, stretch == nil {
                parsed[timesRecorded] = nil
                bytesWaiting -= steps.reduce(0) { $0 + $1.textBytes }
                isRecording = true
                return .record(steps)
            }
            let isDue = inverters.isEmpty && gatheredBytes >= stretchBytes ?? 0
            if !gathered.isEmpty, isDue || isAllRead, let job = indexGathered() { return job }
        }
        if let stretch, !isPreparing {
            isPreparing = true
            return .prepare(stretch)
        }
        if !isFlushDue, !waiting.isEmpty, let inverter = idle.popLast() {
            let batch = waiting.removeFirst()
            bytesWaiting -= batch.documents.reduce(0) { $0 + $1.textBytes }
            let first = runBeginning ?? batch.documents[0].id
            runBeginning = first
            return .invert(batch, inverter, first: first)
        }
        if isCaller || !readsOnCaller, !isReading, !isRead, timesInParsing + parsed.count < queueLimit,
            bytesWaiting <= queueBytes
        {
            isReading = true
            return .read
        }
        let isAllStored = stretchBytes == nil || batchesStored == batchesQueued
        guard isAllRead, !isRecording, stretch == nil, waiting.isEmpty, isAllStored, idle.count == inverters.count
        else { return nil }
        return runBeginning == nil ? .stop : flush(isLast: true)
    }

    mutating func endReading(isLast: Bool, seconds: Double) -> Int {
        add(seconds, to: .read)
        isReading = false
        isRead = isLast
        guard !isLast else { return timesRead }
        timesRead += 1
        timesInParsing += 1
        return timesRead - 1
    }

    mutating func endParsing(_ steps: [IndexingStep<ParsedBatch>], number: Int, seconds: Double) {
        add(seconds, to: .read)
        timesInParsing -= 1
        parsed[number] = steps
        bytesWaiting += steps.reduce(0) { $0 + $1.textBytes }
    }

    mutating func endRecording(_ documents: [NewDocument], _ progress: IndexingProgress, seconds: Double) {
        add(seconds, to: .write)
        self.progress = progress
        isRecording = false
        timesRecorded += 1
        gathered += documents
        for document in documents { gatheredBytes += document.textBytes }
        if gatheredBytes >= stretchBytes ?? batchBytes, !inverters.isEmpty { queueGathered() }
    }

    mutating func endIndexing(seconds: Double) {
        add(seconds, to: .index)
        isRecording = false
    }

    mutating func endPreparing(_ packer: TextFrameWriter, seconds: Double) {
        add(seconds, to: .pack)
        isPreparing = false
        let documents = stretch.take() ?? []
        var start = 0
        var bytes = 0
        for (index, document) in documents.enumerated() {
            bytes += document.textBytes
            guard bytes >= batchBytes || index == documents.count - 1 else { continue }
            queue(Array(documents[start...index]), packer)
            start = index + 1
            bytes = 0
        }
    }

    mutating func endStoring(seconds: Double) {
        add(seconds, to: .write)
        isRecording = false
        batchesStored += 1
    }

    mutating func endInversion(_ batch: Batch, _ inverter: RunInverter, packingSeconds: Double) {
        if batch.packer != nil {
            add(packingSeconds, to: .pack)
            packed[batch.number] = batch
        }
        idle.append(inverter)
        sizes[ObjectIdentifier(inverter)] = inverter.byteCount
        let isFull = inverter.byteCount >= RunInverter.maximumByteCount
        if isFull || sizes.values.reduce(0, +) >= memory { isFlushDue = true }
    }

    mutating func endFlush(seconds: Double) {
        add(seconds, to: .merge)
        isRecording = false
        isFlushDue = false
        runBeginning = nil
        sizes = [:]
        stages[.analyse] = inverters.reduce(0) { $0 + $1.analysisSeconds }
        stages[.invert] = inverters.reduce(0) { $0 + $1.inversionSeconds }
    }

    private mutating func flush(isLast: Bool) -> Job {
        isRecording = true
        return .flush(inverters, isLast: isLast)
    }

    /// Sends the last documents the way of the others, or through FTS5 when they are few.
    private mutating func indexGathered() -> Job? {
        guard inverters.isEmpty || !hasInverted && gatheredBytes < batchBytes else {
            queueGathered()
            return nil
        }
        let documents = gathered
        gathered = []
        gatheredBytes = 0
        isRecording = true
        return .index(documents)
    }

    private mutating func queueGathered() {
        if stretchBytes == nil { queue(gathered, nil) } else { stretch = gathered }
        gathered = []
        gatheredBytes = 0
        hasInverted = true
    }

    private mutating func queue(_ documents: [NewDocument], _ packer: TextFrameWriter?) {
        waiting.append(Batch(number: batchesQueued, documents: documents, packer: packer))
        bytesWaiting += documents.reduce(0) { $0 + $1.textBytes }
        batchesQueued += 1
    }

    private mutating func add(_ seconds: Double, to stage: IndexingStage) { stages[stage, default: 0] += seconds }
}

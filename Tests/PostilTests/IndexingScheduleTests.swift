import Documents
import PostilTestSupport
import Testing
import TextAnalysis

@testable import IndexStore
@testable import Postil

/// The schedule by itself: workers that take jobs and end them in any order, on one thread and by a seed.
@Suite struct IndexingScheduleTests {
    /// What is indexed, and with what.
    struct Work: CustomTestStringConvertible, Sendable {
        var workers: Int
        var inverters: Int
        /// Documents that each step brings.
        var steps: [Int]
        var memory = 1 << 20
        /// Documents of about 40 bytes.
        var batchBytes = 100
        var stretchBytes: Int?

        var testDescription: String {
            "workers: \(workers), inverters: \(inverters), steps: \(steps.count), memory: \(memory), "
                + "batch: \(batchBytes), stretch: \(stretchBytes ?? 0)"
        }

        static let many = [3, 0, 1, 7, 2, 2, 0, 12, 1, 1, 5, 4, 0, 9, 3, 6]
    }

    /// Everything that may go on at a time, done as threads would do it: a job begins when it is taken and ends some time later.
    private struct Simulation {
        var schedule: IndexingSchedule
        let work: Work
        let inverters: [RunInverter]
        private var random: SplitMix64
        private(set) var underWay: [IndexingSchedule.Job] = []
        private var readSteps = 0
        /// Numbers of steps whose parsing goes on, as the schedule gave them.
        private var inParsing: [Int] = []

        /// What was done, in order.
        private(set) var recorded: [UInt64] = []
        private(set) var indexed: [Int64] = []
        private(set) var inverted: [Int64] = []
        private(set) var stored: [Int] = []
        private(set) var flushes: [(first: Int64?, documents: Int, isLast: Bool)] = []
        private(set) var prepared = 0
        private var nextID: Int64 = 1
        private var inRun = 0
        private var firstOfRun: Int64?

        init(_ work: Work, seed: UInt64) throws {
            self.work = work
            random = SplitMix64(seed: seed)
            inverters = try (0..<work.inverters).map { _ in
                try RunInverter(AnalyzerSpecification("english"), memory: 1 << 20)
            }
            schedule = IndexingSchedule(
                inverters: inverters, memory: work.memory, batchBytes: work.batchBytes, stretchBytes: work.stretchBytes)
        }

        /// Jobs that only one worker may be at, by name: nil for those that any number may.
        private func exclusiveName(_ job: IndexingSchedule.Job) -> String? {
            switch job {
            case .read: "read"
            case .record, .index, .store, .flush: "record"
            case .prepare: "prepare"
            case .invert, .stop: nil
            }
        }

        /// Runs to the end; false when nobody has anything to do any more although there is something left.
        mutating func run(_ context: String) throws -> Bool {
            while true {
                let isFree = underWay.count + inParsing.count < work.workers
                if isFree, Bool.random(using: &random) || underWay.isEmpty && inParsing.isEmpty {
                    guard let job = schedule.nextJob() else {
                        if underWay.isEmpty && inParsing.isEmpty { return false }
                        try endOne()
                        continue
                    }
                    if case .stop = job {
                        #expect(underWay.isEmpty && inParsing.isEmpty, "stopped beside a job, \(context)")
                        return true
                    }
                    begin(job, context)
                } else {
                    try endOne()
                }
            }
        }

        private mutating func begin(_ job: IndexingSchedule.Job, _ context: String) {
            if let name = exclusiveName(job) {
                #expect(!underWay.contains { exclusiveName($0) == name }, "two at \(name), \(context)")
            }
            let busy = underWay.compactMap { if case .invert(_, let inverter, _) = $0 { inverter } else { nil } }
            switch job {
            case .flush: #expect(busy.isEmpty, "a flush beside an inversion, \(context)")
            case .invert(_, let inverter, let first):
                #expect(!busy.contains { $0 === inverter }, "an inverter used twice, \(context)")
                #expect(firstOfRun == nil || firstOfRun == first.rawValue, "two beginnings of a run, \(context)")
                firstOfRun = first.rawValue
            default: break
            }
            underWay.append(job)
        }

        /// Ends any of the jobs that go on.
        private mutating func endOne() throws {
            let choice = Int.random(in: 0..<underWay.count + inParsing.count, using: &random)
            guard choice < underWay.count else {
                let number = inParsing.remove(at: choice - underWay.count)
                return schedule.endParsing([.end(contentHash: UInt64(number))], number: number, seconds: 0)
            }
            switch underWay.remove(at: choice) {
            case .stop: break
            case .read:
                let isLast = readSteps == work.steps.count
                let number = schedule.endReading(isLast: isLast, seconds: 0)
                if !isLast {
                    readSteps += 1
                    inParsing.append(number)
                }
            case .record(let steps):
                guard steps.count == 1, case .end(let number?) = steps[0] else {
                    Issue.record("another step than any that was read")
                    return
                }
                recorded.append(number)
                let documents = (0..<work.steps[Int(number)]).map { _ in
                    let new = NewDocument(
                        Document(externalID: "\(nextID)", body: "reward hacking number \(nextID) of many"))
                    new.id = DocumentID(rawValue: nextID)
                    nextID += 1
                    return new
                }
                schedule.endRecording(documents, IndexingProgress(), seconds: 0)
            case .index(let documents):
                indexed += documents.map(\.id.rawValue)
                schedule.endIndexing(seconds: 0)
            case .prepare:
                prepared += 1
                schedule.endPreparing(try TextFrameWriter(nil), seconds: 0)
            case .invert(let batch, let inverter, let first):
                inverter.invert(batch.documents, runBeginning: first)
                inverted += batch.documents.map(\.id.rawValue)
                inRun += batch.documents.count
                schedule.endInversion(batch, inverter, packingSeconds: 0)
            case .store(let batch):
                stored.append(batch.number)
                schedule.endStoring(seconds: 0)
            case .flush(_, let isLast):
                flushes.append((firstOfRun, inRun, isLast))
                for inverter in inverters { inverter.removeAll() }
                inRun = 0
                firstOfRun = nil
                schedule.endFlush(seconds: 0)
            }
        }
    }

    @Test(arguments: [
        Work(workers: 1, inverters: 1, steps: Work.many), Work(workers: 4, inverters: 4, steps: Work.many),
        Work(workers: 3, inverters: 3, steps: Work.many, memory: 1),
        Work(workers: 4, inverters: 2, steps: Work.many, memory: 1, batchBytes: 1),
        Work(workers: 2, inverters: 2, steps: Work.many, stretchBytes: 500),
        Work(workers: 4, inverters: 4, steps: Work.many, memory: 1, batchBytes: 1, stretchBytes: 300),
        Work(workers: 3, inverters: 3, steps: []), Work(workers: 3, inverters: 3, steps: [0, 0, 0]),
        Work(workers: 2, inverters: 0, steps: Work.many), Work(workers: 2, inverters: 2, steps: [1, 1]),
    ])
    func everyDocumentGoesThroughOnceAndInOrder(work: Work) throws {
        let total = Int64(work.steps.reduce(0, +))
        for seed in UInt64(1)...30 {
            let context = "\(work.testDescription), seed: \(seed)"
            var simulation = try Simulation(work, seed: seed)
            try #require(try simulation.run(context), "nothing to do although something is left, \(context)")
            #expect(simulation.recorded == work.steps.indices.map(UInt64.init), "\(context)")
            let all = (simulation.indexed + simulation.inverted).sorted()
            #expect(all == Array(1..<total + 1), "\(context)")
            #expect(simulation.indexed.isEmpty || simulation.inverted.isEmpty, "\(context)")
            if work.stretchBytes == nil {
                #expect(simulation.stored.isEmpty && simulation.prepared == 0, "\(context)")
            } else {
                #expect(simulation.stored == Array(0..<simulation.stored.count), "\(context)")
                #expect(simulation.stored.isEmpty == simulation.inverted.isEmpty, "\(context)")
            }
            // Runs have ranges of ids to themselves, and only the last one is the last.
            var first: Int64 = 1
            for flush in simulation.flushes {
                #expect(flush.first == first, "\(context)")
                first += Int64(flush.documents)
            }
            #expect(first == (simulation.inverted.isEmpty ? 1 : total + 1), "\(context)")
            #expect(simulation.flushes.dropLast().allSatisfy { !$0.isLast }, "\(context)")
        }
    }

    @Test func littleTextGoesThroughFTS5() throws {
        var simulation = try Simulation(Work(workers: 2, inverters: 2, steps: [1, 1], batchBytes: 1000), seed: 1)
        #expect(try simulation.run("little"))
        #expect(simulation.indexed == [1, 2] && simulation.flushes.isEmpty)
    }

    @Test func fullMemoryEndsARun() throws {
        for (memory, expected) in [(1, 12...60), (64 << 20, 1...1)] {
            var simulation = try Simulation(
                Work(workers: 1, inverters: 1, steps: Work.many, memory: memory, batchBytes: 1), seed: 1)
            #expect(try simulation.run("memory: \(memory)"))
            let flushes = simulation.flushes.filter { $0.documents > 0 }
            #expect(expected.contains(flushes.count), "memory: \(memory), \(flushes)")
        }
    }

    @Test func aFailureStopsEveryWorker() throws {
        struct Failure: Error {}
        var schedule = IndexingSchedule(inverters: [], memory: 1, batchBytes: 1, stretchBytes: nil)
        guard case .read = schedule.nextJob() else {
            Issue.record("does not begin by reading")
            return
        }
        schedule.failure = Failure()
        for _ in 0..<3 {
            guard case .stop = schedule.nextJob() else {
                Issue.record("goes on after a failure")
                return
            }
        }
    }

    /// Texts of a kilobyte where a kilobyte may wait: no other is read before one of two has gone on.
    @Test func longTextsWaitWhereTheyStand() throws {
        var schedule = IndexingSchedule(
            inverters: [try RunInverter(AnalyzerSpecification("english"), memory: 1 << 20)], memory: 4096,
            batchBytes: 1,
            stretchBytes: nil)
        func read(_ number: Int) {
            guard case .read = schedule.nextJob() else {
                Issue.record("text \(number) is not read")
                return
            }
            let step = IndexingStep.batch(
                ParsedBatch([Document(externalID: "\(number)", body: String(repeating: "x", count: 1025))]))
            schedule.endParsing([step], number: schedule.endReading(isLast: false, seconds: 0), seconds: 0)
        }
        read(0)
        guard case .record(let steps) = schedule.nextJob() else {
            Issue.record("the text that was read is not recorded")
            return
        }
        read(1)
        // One more would be read for as many as there are threads.
        #expect(schedule.nextJob() == nil)
        guard case .batch(let batch) = steps[0] else { return }
        schedule.endRecording(batch.documents, IndexingProgress(), seconds: 0)
        // Both wait, in front of and behind the recording.
        guard case .record = schedule.nextJob(), case .invert = schedule.nextJob() else {
            Issue.record("nothing goes on")
            return
        }
        read(2)
    }
}

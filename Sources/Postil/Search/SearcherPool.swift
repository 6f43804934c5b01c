import Dispatch
import Documents
import Foundation
import IndexStore
import Threads

/// Searchers that any number of tasks share: each search has one to itself, and sees what was committed before it began.
///
///     let pool = SearcherPool(index)
///     async let first = pool.search(SearchRequest("reward hacking"))
///     async let second = pool.search(SearchRequest("mesa-optimizer"))
///     print(try await first.hits.count, try await second.hits.count)
///
/// Searches run on threads of their own, not on those of Swift's tasks, so that none of these is held up. Where more are asked for
/// than there are searchers, they wait their turn, first come, first served; a task that is cancelled meanwhile is done at once.
///
/// A pool keeps its searchers, with what they have read and the state of the index that they see, for the next search. While nobody
/// searches, SQLite's log of an index that others write to grows, as after any search; ``rest()`` lets go of them.
public final class SearcherPool: Sendable {
    private let path: String
    private let index: Index
    private let watch: IndexWatch
    private let size: Int
    private let queue = DispatchQueue(label: "postil.searchers", attributes: .concurrent)
    private let state = Locked(State())

    private struct State {
        var idle: [Slot] = []
        var running = 0
        var waiting: [(id: UUID, job: Job)] = []
    }

    /// A searcher and the state of the index that it sees.
    private final class Slot: @unchecked Sendable {
        // Safety: belongs to the one worker that has taken it out of `idle`, or to nobody.
        var searcher: Searcher?
        var seen: IndexWatch.State?
    }

    /// What is to be done, and how it is told that it was.
    private struct Job: Sendable {
        let run: @Sendable (Searcher) -> Void
        let fail: @Sendable (any Error) -> Void
    }

    /// Makes a pool on an index, whose searchers are opened as they are needed.
    ///
    /// - Parameters:
    ///   - index: What is searched.
    ///   - size: How many searches run at a time; 0 for one for each core.
    public init(_ index: Index, size: Int = 0) {
        self.index = index
        path = index.path
        watch = IndexWatch(index.file)
        self.size = size > 0 ? size : ProcessInfo.processInfo.activeProcessorCount
    }

    /// Runs a query; see ``Searcher/search(_:)``.
    ///
    /// - Throws: As that, and `CancellationError` when the task is cancelled before its turn.
    public func search(_ request: SearchRequest) async throws -> SearchResults {
        try await run { try $0.search(request) }
    }

    /// The documents that users know by an id; see ``Searcher/documents(externalID:)``.
    ///
    /// - Throws: As ``search(_:)``.
    public func documents(externalID: String) async throws -> [StoredDocument] {
        try await run { try $0.documents(externalID: externalID) }
    }

    /// All documents that a query finds, in order of their row ids and as they are when the first is asked for.
    ///
    /// - Returns: A sequence that reads on as it is gone through, and throws as ``search(_:)``.
    public func documents(matching query: String = "*") -> AsyncThrowingStream<StoredDocument, any Error> {
        let walk = SharedWalk(index, query)
        return AsyncThrowingStream { try await walk.next() }
    }

    /// Does something with a searcher, of which nobody else makes use meanwhile.
    ///
    /// - Throws: What `body` throws, and as ``search(_:)``.
    public func run<Value: Sendable>(_ body: @escaping @Sendable (Searcher) throws -> Value) async throws -> Value {
        try Task.checkCancellation()
        let id = UUID()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Value, any Error>) in
                add(
                    Job(
                        run: { searcher in continuation.resume(with: Result { try body(searcher) }) },
                        fail: { continuation.resume(throwing: $0) }),
                    id)
            }
        } onCancel: {
            cancel(id)
        }
    }

    /// Lets go of all searchers that nobody uses at the moment.
    public func rest() {
        let idle = state.withLock { state in
            defer { state.idle = [] }
            return state.idle
        }
        // Closed without the lock.
        withExtendedLifetime(idle) {}
    }

    /// Whether a searcher is at work.
    var isSearching: Bool { state.withLock { $0.running > 0 } }

    private func add(_ job: Job, _ id: UUID) {
        let slot = state.withLock { state -> Slot? in
            guard state.running < size else {
                state.waiting.append((id, job))
                return nil
            }
            state.running += 1
            return state.idle.popLast() ?? Slot()
        }
        if let slot { queue.async { [self] in work(job, slot) } }
    }

    private func cancel(_ id: UUID) {
        let job = state.withLock { state -> Job? in
            guard let place = state.waiting.firstIndex(where: { $0.id == id }) else { return nil }
            return state.waiting.remove(at: place).job
        }
        job?.fail(CancellationError())
    }

    /// Does jobs one after the other until none is left.
    private func work(_ first: Job, _ slot: Slot) {
        var next: Job? = first
        while let job = next {
            do { job.run(try searcher(slot)) } catch { job.fail(error) }
            next = state.withLock { state -> Job? in
                if !state.waiting.isEmpty { return state.waiting.removeFirst().job }
                state.running -= 1
                state.idle.append(slot)
                return nil
            }
        }
    }

    /// The slot's searcher, at the present state of the index.
    private func searcher(_ slot: Slot) throws -> Searcher {
        // Before the searcher moves on, so that what comes in between is seen the next time.
        let now = try watch.state()
        if let searcher = slot.searcher, slot.seen?.files == now.files {
            if slot.seen == now { return searcher }
            do {
                try searcher.refresh()
                slot.seen = now
                return searcher
            } catch is IndexError {
                // Another file has come in between, or what is there now is of no use, which opening it tells better.
            }
        }
        slot.searcher = nil
        let searcher = try Index.open(at: path).makeSearcher()
        (slot.searcher, slot.seen) = (searcher, now)
        return searcher
    }
}

/// Goes through documents for an asynchronous sequence, on a searcher of its own.
private actor SharedWalk {
    private let index: Index
    private let query: String
    private var walk: DocumentWalk?
    private var isOver = false

    init(_ index: Index, _ query: String) {
        self.index = index
        self.query = query
    }

    func next() throws -> StoredDocument? {
        guard !isOver else { return nil }
        var current = try walk ?? DocumentWalk(index.makeSearcher(), query)
        let document = try current.next()
        isOver = document == nil
        walk = isOver ? nil : current
        return document
    }
}

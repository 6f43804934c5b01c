import DequeModule
import FTS5Format
import Threads

/// The pages and index entries of a segment, on their way from the thread that lays them out to the one that has the connection.
///
/// One thread puts and one takes, in batches so that they seldom meet, whose memory is used again. Whoever puts does
/// something else, or waits, while ``limit`` bytes are under way.
final class SegmentPageQueue: FTS5DataSink, @unchecked Sendable {
    // Safety: `pending` and `meanwhile` belong to the thread that puts; the rest is in the monitor.
    private let monitor = Monitor(State())
    private var pending = Batch()
    /// What the thread that puts does while too much is under way; false when there is nothing left to do.
    private let meanwhile: () -> Bool

    /// An empty queue.
    init(meanwhile: @escaping () -> Bool) { self.meanwhile = meanwhile }

    /// Bytes of a batch: some pages of the file.
    static let batchBytes = 1 << 18
    /// Bytes that may be under way.
    static let limit = 1 << 24

    private enum Item {
        case data(FTS5DataID, byteCount: Int)
        case entry(SegmentID, byteCount: Int, page: Int64)
    }

    private struct Batch {
        var items: [Item] = []
        /// Pages and terms, one behind the other.
        var bytes: [UInt8] = []

        mutating func removeAll() {
            items.removeAll(keepingCapacity: true)
            bytes.removeAll(keepingCapacity: true)
        }
    }

    private struct State {
        var batches: Deque<Batch> = []
        var spare: [Batch] = []
        var byteCount = 0
        var isClosed = false
        var isAbandoned = false

        /// Adds a batch and gives an empty one; nil, and nothing is changed, while too much is under way.
        mutating func exchange(_ full: Batch) throws -> Batch? {
            if isAbandoned { throw Abandoned() }
            guard byteCount < SegmentPageQueue.limit else { return nil }
            batches.append(full)
            byteCount += full.bytes.count
            return spare.popLast() ?? Batch()
        }

        mutating func take() -> Batch? {
            guard let batch = batches.popFirst() else { return nil }
            byteCount -= batch.bytes.count
            return batch
        }
    }

    /// Nobody takes items any more.
    struct Abandoned: Error {}

    // MARK: The thread that puts

    func put(_ id: FTS5DataID, _ bytes: UnsafeRawBufferPointer) throws {
        try append(.data(id, byteCount: bytes.count), bytes)
    }

    func putIndexEntry(of segment: SegmentID, term: UnsafeRawBufferPointer, page: Int64) throws {
        try append(.entry(segment, byteCount: term.count, page: page), term)
    }

    func remove(_ segment: SegmentID) { preconditionFailure("a segment that is being written is not removed") }

    /// Ends the stream, whether all items were put or not.
    func close() {
        let last = pending
        pending = Batch()
        monitor.change {
            $0.batches.append(last)
            $0.isClosed = true
        }
    }

    private func append(_ item: Item, _ bytes: UnsafeRawBufferPointer) throws {
        pending.items.append(item)
        pending.bytes.append(contentsOf: bytes)
        guard pending.bytes.count >= Self.batchBytes else { return }
        let full = pending
        var next = try monitor.change { try $0.exchange(full) }
        while next == nil, meanwhile() { next = try monitor.change { try $0.exchange(full) } }
        if next == nil {
            next = try monitor.wait { try $0.exchange(full) }
            monitor.change { _ in }
        }
        pending = next ?? Batch()
    }

    // MARK: The thread that takes

    /// Writes all items to `sink` as they come, and calls `idle` while there is none, until it returns false.
    func drain(into sink: some FTS5DataSink, idle: () -> Bool) throws {
        var mayIdle = true
        while true {
            let (next, isClosed) = monitor.change { ($0.take(), $0.isClosed) }
            if var next {
                try write(next, to: sink)
                next.removeAll()
                monitor.change { $0.spare.append(next) }
            } else if isClosed {
                return
            } else if mayIdle {
                mayIdle = idle()
            } else {
                monitor.wait { $0.batches.isEmpty && !$0.isClosed ? nil : () }
            }
        }
    }

    /// Lets the thread that puts fail instead of waiting for ever.
    func abandon() { monitor.change { $0.isAbandoned = true } }

    private func write(_ batch: Batch, to sink: some FTS5DataSink) throws {
        try batch.bytes.withUnsafeBytes { bytes in
            var start = 0
            func next(_ count: Int) -> UnsafeRawBufferPointer {
                defer { start += count }
                return UnsafeRawBufferPointer(rebasing: bytes[start..<start + count])
            }
            for item in batch.items {
                switch item {
                case .data(let id, let count): try sink.put(id, next(count))
                case .entry(let segment, let count, let page):
                    try sink.putIndexEntry(of: segment, term: next(count), page: page)
                }
            }
        }
    }
}

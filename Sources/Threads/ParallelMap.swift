import Foundation

/// The same work on many things, on all cores.
package enum ParallelMap {
    /// What `body` gives of each item, in their order. Few items stay with the caller's thread, and so do all where there is no room for
    /// another one.
    ///
    /// - Parameter share: How many items a thread takes at a time; less work is done sooner than a thread is started.
    package static func run<Item: Sendable, Value: Sendable>(
        _ items: [Item], share: Int, _ body: @escaping @Sendable (Item) -> Value
    ) -> [Value] {
        let threads = min(ProcessInfo.processInfo.activeProcessorCount, items.count / share)
        guard threads > 1 else { return items.map(body) }
        let work = Monitor(Work<Item, Value>(items: items, share: share))
        for _ in 1..<threads {
            work.change { $0.workers += 1 }
            let isStarted = DetachedThread.start {
                Self.work(at: work, body)
                work.change { $0.workers -= 1 }
            }
            // Where there is no room for a thread, the others do its work.
            if !isStarted { work.change { $0.workers -= 1 } }
        }
        Self.work(at: work, body)
        return work.wait { $0.workers == 0 ? $0.done.sorted { $0.first < $1.first }.flatMap(\.values) : nil }
    }

    private struct Work<Item: Sendable, Value: Sendable> {
        let items: [Item]
        let share: Int
        /// The first that nobody has taken.
        var next = 0
        var done: [(first: Int, values: [Value])] = []
        /// Threads beside the caller's that are still at work.
        var workers = 0
    }

    private static func work<Item, Value>(at work: Monitor<Work<Item, Value>>, _ body: (Item) -> Value) {
        while true {
            let taken = work.change { state in
                let first = state.next
                state.next = min(state.items.count, first + state.share)
                return (first: first, items: state.items[first..<state.next])
            }
            guard !taken.items.isEmpty else { return }
            let values = taken.items.map(body)
            work.change { $0.done.append((taken.first, values)) }
        }
    }
}

import IndexStore

extension Index {
    /// Tells when documents or settings of the index have changed: by this process or another, by a transaction or because it was
    /// built anew.
    ///
    ///     for try await _ in index.changes() { showResults() }
    ///
    /// Changes that follow each other closely are told once, and so are those that nobody has waited for meanwhile. It ends when the
    /// task is cancelled that waits for it. ``optimize(progress:)`` and repairs are told, too.
    ///
    /// - Parameter interval: How often to look, which takes some microseconds.
    /// - Returns: A sequence that throws `IndexError` when the index is not there any more or cannot be read.
    public func changes(checkedEvery interval: Duration = .milliseconds(250)) -> AsyncThrowingStream<Void, any Error> {
        AsyncThrowingStream(bufferingPolicy: .bufferingNewest(1)) { continuation in
            let watch = IndexWatch(file)
            let first: IndexWatch.State
            do { first = try watch.state() } catch {
                continuation.finish(throwing: error)
                return
            }
            let task = Task {
                var last = first
                do {
                    while true {
                        try await Task.sleep(for: interval)
                        let now = try watch.state()
                        if now != last { continuation.yield() }
                        last = now
                    }
                } catch is CancellationError {
                    continuation.finish()
                } catch {
                    continuation.finish(throwing: error)
                }
            }
            continuation.onTermination = { _ in task.cancel() }
        }
    }
}

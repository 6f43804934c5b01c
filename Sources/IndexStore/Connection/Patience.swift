/// How long to wait for somebody else who is at work on an index, and whom to tell.
public struct Patience: Sendable {
    /// What is waited for.
    public enum Occasion: Sendable, Hashable, CustomStringConvertible {
        /// Another process or task has a transaction open that changes the index.
        case writer(path: String)
        /// Another process or task is building the index.
        case build(path: String)

        /// For users: what goes on.
        public var description: String {
            switch self {
            case .writer(let path): "waiting for another process that is writing to \(path)"
            case .build(let path): "waiting for another process that is building \(path)"
            }
        }

        /// What to say when it has gone on for too long.
        var error: IndexError {
            switch self {
            case .writer(let path): .busy(path: path)
            case .build(let path): .beingBuilt(path: path)
            }
        }
    }

    /// The longest wait.
    public var limit: Duration
    /// Is told once, when waiting begins to be noticeable.
    public var announce: @Sendable (Occasion) -> Void

    /// Waits up to `limit`.
    public init(_ limit: Duration, announce: @escaping @Sendable (Occasion) -> Void = { _ in }) {
        self.limit = limit
        self.announce = announce
    }

    /// Long enough for a small update to end.
    public static let short = Patience(.seconds(5))
    /// No wait.
    static let none = Patience(.zero)

    /// Time between two tries: short beside the time that a person notices.
    private static let interval = Duration.milliseconds(20)
    /// A wait that is not worth a word.
    private static let unnoticed = Duration.milliseconds(500)

    /// Tries until `attempt` gives a value.
    ///
    /// - Throws: The occasion's error after ``limit``, and what `attempt` throws.
    func wait<Value>(for occasion: Occasion, _ attempt: () throws -> Value?) throws -> Value {
        try wait(for: { occasion }, attempt)
    }

    /// The same where what is waited for can change from one try to the next.
    func wait<Value>(for occasion: () -> Occasion, _ attempt: () throws -> Value?) throws -> Value {
        let clock = ContinuousClock()
        let start = clock.now
        var isAnnounced = false
        while true {
            if let value = try attempt() { return value }
            let waited = clock.now - start
            guard waited < limit else { throw occasion().error }
            if !isAnnounced, waited >= Patience.unnoticed {
                isAnnounced = true
                announce(occasion())
            }
            sleepThread(Patience.interval)
        }
    }
}

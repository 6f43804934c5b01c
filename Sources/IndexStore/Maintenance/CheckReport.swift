/// What a check of an index found.
public struct CheckReport: Sendable, Hashable {
    /// Something that is not as it should be.
    public struct Finding: Sendable, Hashable {
        /// How bad it is.
        public enum Severity: String, Sendable {
            /// Answers can be wrong.
            case error
            /// Answers are right, but something is lost or slow.
            case warning
            /// It was mended.
            case repaired
        }

        /// How bad it is.
        public let severity: Severity
        /// What is wrong, and where.
        public let what: String
        /// What to do.
        public let wayOut: String

        /// Creates a finding.
        public init(severity: Severity, what: String, wayOut: String) {
            self.severity = severity
            self.what = what
            self.wayOut = wayOut
        }
    }

    /// In the order they were found.
    public internal(set) var findings: [Finding] = []

    /// Whether answers are right.
    public var isSound: Bool { !findings.contains { $0.severity == .error } }
}

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

        /// What mends something.
        public enum Remedy: Sendable, Hashable {
            /// Nothing is left to do by hand: what was done, or the next index run does.
            case done(String)
            /// A check that repairs.
            case repair
            /// Optimizing the index.
            case optimization
            /// Building the index anew.
            case rebuild
            /// A version of the library that knows what this one does not, or building the index anew.
            case newerVersion
            /// A check of a copy, or where the file can be written to.
            case writableCopy
            /// An index run that names the places.
            case namedPlaces
        }

        /// How bad it is.
        public let severity: Severity
        /// What is wrong, and where.
        public let what: String
        /// What mends it, or has.
        public let remedy: Remedy

        /// Creates a finding.
        package init(severity: Severity, what: String, remedy: Remedy) {
            self.severity = severity
            self.what = what
            self.remedy = remedy
        }
    }

    /// In the order they were found.
    public internal(set) var findings: [Finding] = []

    /// Whether answers are right.
    public var isSound: Bool { !findings.contains { $0.severity == .error } }
}

/// Something that a check has found, and what would mend it.
struct IndexFault: Hashable {
    /// A part of an index that is mended as a whole.
    enum Part: Int, Hashable, CaseIterable, Comparable {
        /// The settings: from their copy.
        case settings
        /// SQLite's pages: what can be read goes into a new file.
        case pages
        /// A document's row: it is brought to say what it has, and its source is read again.
        case documents
        /// A source's row: it is read again.
        case sources
        /// The names of metadata: from the documents.
        case names
        /// FTS5's index: from the documents.
        case fullText
        /// The list of words: from the documents.
        case words
        /// The score tables: from FTS5's index.
        case grids
        /// The columns: from the documents.
        case columns

        static func < (one: Part, other: Part) -> Bool { one.rawValue < other.rawValue }

        /// What a repair did, for users.
        var repair: String {
            switch self {
            case .settings: "they were restored from their copy"
            case .pages: "what could be read was put into a new file"
            case .documents: "its source will be read again by the next index run"
            case .sources: "it will be read again by the next index run"
            case .names: "it was added"
            case .fullText: "the inverted index was rebuilt from the documents"
            case .words: "it was made anew from the documents"
            case .grids, .columns: "they were made anew"
            }
        }
    }

    var part: Part
    var severity: CheckReport.Finding.Severity
    var what: String

    init(_ part: Part, _ what: String, severity: CheckReport.Finding.Severity = .error) {
        self.part = part
        self.severity = severity
        self.what = what
    }
}

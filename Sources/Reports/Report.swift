/// An answer of Postil, described once: facts about the whole, and entries with fields. Every ``OutputFormat`` prints any
/// report from this description.
///
///     {"format_version":1, facts…, "hits":[{fields of an entry…}, …], closing facts…}
public protocol Report {
    /// What it can be printed as beside text and JSON.
    static var shape: ReportShape { get }
    /// The name under which JSON lists the entries; nil where the facts are all there is.
    static var listName: String? { get }

    /// What is known of the whole, in the order in which it is documented; JSON puts it before the entries.
    var facts: [ReportValue.Member] { get }
    /// The same, behind the entries.
    var closingFacts: [ReportValue.Member] { get }
    /// Names of the columns of ``ReportEntry/rows``, for reports that are a table.
    var columns: [String] { get }
    /// Hands out the entries in order, so that no more than one need be held.
    func forEachEntry(_ body: (any ReportEntry) throws -> Void) throws

    /// Writes it for people.
    func writeText(in layout: TextLayout, to write: (String) throws -> Void) throws
    /// What is said beside the text, and not printed with it.
    var remarks: [String] { get }
}

extension Report {
    public static var shape: ReportShape { [] }
    public static var listName: String? { nil }
    public var closingFacts: [ReportValue.Member] { [] }
    public var columns: [String] { [] }
    public var remarks: [String] { [] }
    public func forEachEntry(_ body: (any ReportEntry) throws -> Void) throws {}
}

/// One entry of a report: a hit, a document, a setting.
public protocol ReportEntry {
    /// Its fields, as JSON shows them.
    var value: ReportValue { get }
    /// Its rows in a table, one value a column.
    var rows: [[ReportValue]] { get }
    /// The ids it stands for.
    var ids: [String] { get }
    /// Its line in a run.
    var runLine: RunLine? { get }
}

extension ReportEntry {
    public var rows: [[ReportValue]] { [] }
    public var ids: [String] { [] }
    public var runLine: RunLine? { nil }
}

/// What a report can be printed as, beside text and JSON, which all can.
public struct ReportShape: OptionSet, Sendable {
    public let rawValue: Int

    public init(rawValue: Int) { self.rawValue = rawValue }

    /// Rows under columns.
    public static let table = ReportShape(rawValue: 1)
    /// Ids of documents.
    public static let ids = ReportShape(rawValue: 2)
    /// Ranked hits of a topic, as evaluation tools read them.
    public static let run = ReportShape(rawValue: 4)
}

/// A ranked hit for evaluation tools.
public struct RunLine: Sendable, Equatable {
    public var topic: String
    public var id: String
    /// 1 for the best.
    public var rank: Int
    public var score: Double
    /// The name of the run.
    public var tag: String
}

import Postil

/// An answer of Postil, described once: facts about the whole, and entries with fields. Every ``OutputFormat`` prints any
/// report from this description.
///
///     {"format_version":1, facts…, "hits":[{fields of an entry…}, …], closing facts…}
package protocol Report {
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
    package static var shape: ReportShape { [] }
    package static var listName: String? { nil }
    package var closingFacts: [ReportValue.Member] { [] }
    package var columns: [String] { [] }
    package var remarks: [String] { [] }
    package func forEachEntry(_ body: (any ReportEntry) throws -> Void) throws {}
}

/// One entry of a report: a hit, a document, a setting.
package protocol ReportEntry {
    /// Its fields, as JSON shows them.
    var value: ReportValue { get }
    /// Its rows in a table, one value a column.
    var rows: [[ReportValue]] { get }
    /// The ids it stands for.
    var ids: [String] { get }
    /// Its line in a run.
    var runLine: RunLine? { get }
    /// What a bibliography says of it.
    var citation: Citation? { get }
}

extension ReportEntry {
    package var rows: [[ReportValue]] { [] }
    package var ids: [String] { [] }
    package var runLine: RunLine? { nil }
    package var citation: Citation? { nil }
}

/// What a report can be printed as, beside text and JSON, which all can.
package struct ReportShape: OptionSet, Sendable {
    package let rawValue: Int

    package init(rawValue: Int) { self.rawValue = rawValue }

    /// Rows under columns.
    package static let table = ReportShape(rawValue: 1)
    /// Ids of documents.
    package static let ids = ReportShape(rawValue: 2)
    /// Ranked hits of a topic, as evaluation tools read them.
    package static let run = ReportShape(rawValue: 4)
    /// Entries of a bibliography.
    package static let bibliography = ReportShape(rawValue: 8)
}

/// A ranked hit for evaluation tools.
package struct RunLine: Sendable, Equatable {
    package var topic: String
    package var id: String
    /// 1 for the best.
    package var rank: Int
    package var score: Double
    /// The name of the run.
    package var tag: String
}

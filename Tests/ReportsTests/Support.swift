import Ranking
import Reports

@testable import Postil

/// A search hit that a test describes by what matters to it.
func hit(
    _ rank: Int, _ id: String, score: Double = 1, title: String = "", author: String? = nil, date: String? = nil,
    url: String? = nil, tags: [String] = [], metadata: [String: String] = [:], source: String? = nil, line: Int = 1,
    snippet: Snippet? = nil, explanation: Explanation? = nil, duplicateOf: Int? = nil,
    duplicates: [SearchHit.Copy] = [], quotes: [Int] = [], missingWords: [String] = []
) -> SearchHit {
    SearchHit(
        rank: rank, id: DocumentID(rawValue: Int64(rank)), externalID: id, score: score, title: title, author: author,
        date: date, url: url, tags: tags, metadata: metadata, source: source, line: line, snippet: snippet,
        explanation: explanation, duplicateOf: duplicateOf, duplicates: duplicates, quotes: quotes,
        missingWords: missingWords)
}

/// The answer to a query that found `hits`.
func results(
    _ hits: [SearchHit], query: String = "learned optimization", total: Int = 1_000, isExact: Bool = false,
    withAllWords: MatchCount? = nil, hints: [QueryHint] = [],
    statistics: EvaluationStatistics = EvaluationStatistics()
) -> SearchResults {
    SearchResults(
        query: query, hits: hits, total: MatchCount(value: total, isExact: isExact), withAllWords: withAllWords,
        hints: hints,
        duration: .microseconds(210), statistics: statistics)
}

/// What people see: no terminal unless one is asked for.
func layout(width: Int = 60, color: Bool = false, isTerminal: Bool = false) -> TextLayout {
    TextLayout(isTerminal: isTerminal, usesColor: color, width: width)
}

/// A report in a format, and the ids that were left out.
func printed(
    _ report: any Report, as format: OutputFormat, in layout: TextLayout = layout(), endsIDsWithNull: Bool = false
) throws -> (text: String, leftOut: [String]) {
    var text = ""
    var leftOut: [String] = []
    let output = ReportOutput(
        layout: layout, endsIDsWithNull: endsIDsWithNull, leaveOut: { leftOut.append($0) }, write: { text += $0 })
    try format.print(report, to: output)
    return (text, leftOut)
}

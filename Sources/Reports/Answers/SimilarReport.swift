import Postil

/// Documents that are about what a text is about.
package struct SimilarReport: Report {
    package static let shape: ReportShape = [.table, .ids, .bibliography]
    package static let listName: String? = "hits"

    let similar: SimilarDocuments
    let microseconds: Int
    /// The day that a bibliography names.
    let today: String?

    /// Describes what was found in some time.
    package init(_ similar: SimilarDocuments, microseconds: Int, today: String?) {
        self.similar = similar
        self.microseconds = microseconds
        self.today = today
    }

    package var facts: [ReportValue.Member] {
        let words = similar.words.map { word in
            ReportValue.members(["word": .string(word.word), "weight": .number(word.weight)])
        }
        return .members(["took_us": .count(microseconds), "words": .array(words)])
    }

    package var columns: [String] { Self.fields.map(\.name) }

    /// `shared` are the telling words that a hit has, the most telling first.
    static let fields: [ReportField<SimilarDocuments.Match>] = [
        ReportField("rank") { .count($0.hit.rank) },
        ReportField("id") { .string($0.hit.externalID) },
        ReportField("score") { .number($0.hit.score) },
        ReportField("title") { .string($0.hit.title) },
        ReportField("author") { .optional($0.hit.author) },
        ReportField("date") { .optional($0.hit.date) },
        ReportField("url") { .optional($0.hit.url) },
        ReportField("source") { .optional($0.hit.source) },
        ReportField("line") { .count($0.hit.line) },
        ReportField("shared") { .strings($0.shared) },
        ReportField("snippet", cell: { .optional($0.hit.snippet?.text) }) { .optional($0.hit.snippet?.text) },
    ]

    package func forEachEntry(_ body: (any ReportEntry) throws -> Void) rethrows {
        for match in similar.matches { try body(Entry(match: match, today: today)) }
    }

    private struct Entry: ReportEntry {
        let match: SimilarDocuments.Match
        let today: String?

        var value: ReportValue { SimilarReport.fields.object(of: match) }
        var rows: [[ReportValue]] { [SimilarReport.fields.row(of: match)] }
        var ids: [String] { [match.hit.externalID] }
        var citation: Citation? { Citation(of: match.hit, accessed: today) }
    }

    /// Shared words that are named: these say it.
    private static let mostShared = 10

    package func writeText(in layout: TextLayout, to write: (String) throws -> Void) throws {
        let indent = "    "
        for match in similar.matches {
            if match.hit.rank > 1 { try write("\n") }
            let hit = match.hit
            var heading = StyledText()
            heading.append(hit.title.isEmpty ? hit.externalID : hit.title, style: .heading)
            let width = max(layout.width - indent.count, 20)
            var lines = heading.lines(width: width, color: layout.usesColor)
            let facts = [
                hit.author ?? "", hit.date.map { String($0.prefix(10)) } ?? "",
                "score " + Quantity.decimal(hit.score, places: 2),
            ]
            lines.append(layout.line(facts.filter { !$0.isEmpty }.joined(separator: " · "), .secondary))
            var shared = StyledText()
            shared.append("shares: " + match.shared.prefix(Self.mostShared).joined(separator: ", "), style: .plain)
            lines += shared.lines(width: width, color: layout.usesColor)
            if let url = hit.url, !url.isEmpty { lines.append(layout.line(url, .link)) }
            if !hit.title.isEmpty { lines.append(layout.line(hit.externalID, .secondary)) }
            let number = String(hit.rank)
            let label = String(repeating: " ", count: max(0, 2 - number.count)) + number + "  "
            try write(lines.enumerated().map { ($0.offset == 0 ? label : indent) + $0.element + "\n" }.joined())
        }
    }

    package var remarks: [String] {
        let words = similar.words.prefix(Self.mostShared).map(\.word).joined(separator: ", ")
        guard !similar.matches.isEmpty else {
            return [
                "Nothing is like it"
                    + (words.isEmpty ? "; it has no telling words" : "; its telling words are \(words)")
            ]
        }
        return ["\nTelling words: \(words) (\(Quantity.duration(microseconds: microseconds)))"]
    }
}

import Postil

extension SearchReport {
    /// What can be said of a hit, in the order in which JSON and tables say it. New fields go to the end, so that columns stay
    /// where they are.
    ///
    ///     {"rank":1,"id":"a","score":2.5,"title":"A","author":null,"date":"2019","url":null,"source":"a.md",
    ///      "snippet":{"text":"a b","highlights":[[0,1]]},"line":1,"tags":["x"],"kind":null,"metadata":{},
    ///      "duplicates":[{"id":"b","title":"A","url":null,"source":"b.md","line":1,"similarity":0.97}],"quotes":[3],
    ///      "citation":"2019. A. [a]"}
    ///
    /// Highlights are ranges of Unicode scalars of the snippet's text. `duplicate_of` is there when the hit of that rank has
    /// its text already, `page` when the snippet stands on one; `duplicates` are the copies that were collapsed into the hit,
    /// and `quotes` the ranks of hits whose texts stand whole in it. `without` are words of the query that are not in the hit,
    /// where no document has all of them. `index` is the file that has the hit, where several were searched. `passages` are
    /// there when several were asked for. `citation` is the line to cite the hit by, as `postil cite` prints it.
    static let hitFields: [ReportField<SearchHit>] = [
        ReportField("rank") { .count($0.rank) },
        ReportField("id") { .string($0.externalID) },
        ReportField("score") { .number($0.score) },
        ReportField("title") { .string($0.title) },
        ReportField("author") { .optional($0.author) },
        ReportField("date") { .optional($0.date) },
        ReportField("url") { .optional($0.url) },
        ReportField("source") { .optional($0.source) },
        ReportField("snippet", cell: { .optional($0.snippet?.text) }) { $0.snippet?.reportValue ?? .null },
        ReportField("explanation", isOptional: true) { $0.explanation?.reportValue ?? .null },
        ReportField("duplicate_of", isOptional: true) { $0.duplicateOf.map { .count($0) } ?? .null },
        ReportField("line") { .count($0.line) },
        ReportField("tags") { .strings($0.tags) },
        ReportField("kind") { .optional($0.metadata["kind"]) },
        ReportField("metadata") { .strings($0.metadata) },
        ReportField("duplicates", cell: { .strings($0.duplicates.map(\.externalID)) }) {
            .array($0.duplicates.map(\.reportValue))
        },
        ReportField("quotes") { .array($0.quotes.map { .count($0) }) },
        ReportField("without", isOptional: true, cell: { .strings($0.missingWords) }) {
            $0.missingWords.isEmpty ? .null : .strings($0.missingWords)
        },
        ReportField("passages", cell: { .strings($0.passages.map(\.address)) }) {
            .array($0.passages.map(\.reportValue))
        },
        ReportField("page", isOptional: true) { $0.snippet?.page.map { .count($0) } ?? .null },
        ReportField("index", isOptional: true) { .optional($0.index) },
        ReportField("citation") { .string($0.citationLine) },
    ]

    /// Names of the fields of a hit.
    package static let fieldNames = hitFields.map(\.name)

    /// What leads to one value of a hit's metadata: `metadata.venue`.
    package static let metadataPrefix = "metadata."

    /// Whether a hit has a field of this name. Any name may stand behind `metadata.`.
    package static func hasField(_ name: String) -> Bool { field(name) != nil }

    static func field(_ name: String) -> ReportField<SearchHit>? {
        if let field = hitFields.first(where: { $0.name == name }) { return field }
        let key = String(name.dropFirst(metadataPrefix.count))
        guard name.hasPrefix(metadataPrefix), !key.isEmpty else { return nil }
        return ReportField(name) { .optional($0.metadataText(of: key)) }
    }
}

extension SearchHit {
    /// The line to cite the hit by; that of a passage has its headings and address.
    var citationLine: String {
        let passage = passages.count == 1 ? passages[0] : nil
        return Citation(of: self).line(
            author: author, headings: passage?.headings ?? [],
            address: externalID + (passage.map { "#" + $0.address } ?? ""))
    }
}

extension SearchHit.Copy {
    fileprivate var reportValue: ReportValue {
        .members([
            "id": .string(externalID), "title": .string(title), "url": .optional(url), "source": .optional(source),
            "line": .count(line), "similarity": .number(similarity),
        ])
    }
}

extension SearchHit.Passage {
    /// `{"passage":"p12-k3f9","headings":["Part"],"score":1.5,"text":"a b","highlights":[[0,1]]}`
    fileprivate var reportValue: ReportValue {
        .members([
            "passage": .string(address), "headings": .strings(headings), "score": .number(score),
            "text": .string(snippet.text),
            "highlights": .array(snippet.highlights.map { .array([.count($0.lowerBound), .count($0.upperBound)]) }),
        ])
    }
}

extension Snippet {
    fileprivate var reportValue: ReportValue {
        .members([
            "text": .string(text),
            "highlights": .array(highlights.map { .array([.count($0.lowerBound), .count($0.upperBound)]) }),
        ])
    }
}

extension SearchRecord {
    /// One JSON object a hit.
    var jsonLines: String { hits.map { $0.json.text + "\n" }.joined() }

    /// The header of ``csvRows``.
    static let csvHeader = [
        "rank", "id", "score", "title", "author", "date", "url", "source", "snippet", "duplicate_of",
    ]

    /// A header and one record a hit.
    var csvRows: String {
        CSVRow.text(Self.csvHeader)
            + hits.map { hit in
                CSVRow.text([
                    String(hit.rank), hit.id, String(hit.score), hit.title, hit.author ?? "", hit.date ?? "",
                    hit.url ?? "", hit.source ?? "", hit.snippet?.text ?? "",
                    hit.duplicateOf.map(String.init) ?? "",
                ])
            }.joined()
    }

    /// One id a line.
    var idLines: String { hits.map { $0.id + "\n" }.joined() }

    /// The lines of a TREC run: `qid Q0 id rank score tag`. Fields are apart by single blanks, so white space inside an
    /// id or `topic` is written `%20`, as in a URL.
    func trecLines(topic: String, tag: String) -> String {
        hits.map { hit in
            "\(Self.trecField(topic)) Q0 \(Self.trecField(hit.id)) \(hit.rank) \(hit.score) \(Self.trecField(tag))\n"
        }.joined()
    }

    private static func trecField(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            if scalar.properties.isWhitespace { result += "%20" } else { result.unicodeScalars.append(scalar) }
        }
        return result.isEmpty ? "%20" : result
    }
}

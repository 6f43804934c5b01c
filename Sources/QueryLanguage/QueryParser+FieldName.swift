extension QueryParser {
    /// The known field that `written` names: in that very case, or else in any.
    mutating func fieldName(_ written: String) -> String? {
        if knownFields.contains(written) { return written }
        let folded = written.lowercased()
        if knownFields.contains(folded) { return folded }
        if let known = foldedFields[folded] { return known }
        if let other = Self.otherNames[folded], knownFields.contains(other) { return other }
        // `obj.k` is within the metadata `obj`.
        var end = written.lastIndex(of: ".")
        while let dot = end {
            let outer = written[..<dot].lowercased()
            if dot != written.startIndex, written.last != ".", !Self.ownFields.contains(outer),
                foldedFields[outer] != nil
            {
                return written
            }
            end = written[..<dot].lastIndex(of: ".")
        }
        return nil
    }

    /// What people call fields elsewhere, where documents have nothing of that name.
    private static let otherNames = [
        "authors": "author", "by": "author", "content": "body", "file": "source", "path": "source", "text": "body",
    ]

    /// Fields that are no metadata, within which there is nothing.
    private static let ownFields = textFields.union(["date", "year"])

    /// Whether a user who wrote `name:value` is likely to have meant a field. `https://…`, `std::sort`, `10:30` and
    /// a colon at the end of a word are not, nor what stands before an identifier (`arXiv:1906.01820`).
    func looksLikeField(_ name: Range<Int>, value: Range<Int>, opensValue: Bool) -> Bool {
        guard text.scalars[name.lowerBound].isASCIILetter,
            text.scalars[name].allSatisfy({ $0.isASCIILetter || $0.isASCIIDigit || "_-.".unicodeScalars.contains($0) })
        else { return false }
        if Self.schemes.contains(text.string(name).lowercased()) { return false }
        return value.isEmpty ? opensValue : !"/:".unicodeScalars.contains(text.scalars[value.lowerBound])
    }

    private static let schemes: Set<String> = ["arxiv", "doi", "isbn", "issn", "mailto", "pmid", "urn"]

    /// A sentence that names the known fields like `written`, or else all of them, some if there are many.
    func fieldList(like written: String) -> String {
        let names = knownFields.sorted()
        guard !names.isEmpty else { return "This index has no fields" }
        let limit = written.count <= 4 ? 1 : 2
        let near = names.filter { Self.isWithin(limit, written.lowercased(), $0.lowercased()) }
        if !near.isEmpty { return "Did you mean " + near.map { $0 + ":" }.joined(separator: " or ") + "?" }
        let shown = names.prefix(12).joined(separator: ", ")
        return "Fields: " + shown + (names.count > 12 ? " and \(names.count - 12) more" : "")
    }

    /// Whether one name becomes the other with at most `limit` insertions, deletions, substitutions and swaps of neighbours
    /// (optimal string alignment, Damerau 1964).
    private static func isWithin(_ limit: Int, _ first: String, _ second: String) -> Bool {
        let (first, second) = (Array(first.unicodeScalars), Array(second.unicodeScalars))
        guard abs(first.count - second.count) <= limit else { return false }
        var rows = [Array(0...second.count)]
        for (i, a) in first.enumerated() {
            var row = [i + 1]
            for (j, b) in second.enumerated() {
                var cost = min(rows[i][j + 1] + 1, row[j] + 1, rows[i][j] + (a == b ? 0 : 1))
                if i > 0, j > 0, a == second[j - 1], first[i - 1] == b { cost = min(cost, rows[i - 1][j - 1] + 1) }
                row.append(cost)
            }
            rows.append(row)
        }
        return rows[first.count][second.count] <= limit
    }
}

/// Names of fields as `--facet` and `--fields` list them: `author,year`, `title date`, `"Publication Year",tags`.
enum NameList {
    /// The names: between commas, and also between blanks where the words are no name together.
    ///
    /// - Parameter known: Names that there are; they may have blanks, and count in any case, also behind `metadata.`.
    static func names(in list: String, known: [String]) -> [String] {
        let known = Set(known.map { $0.lowercased() })
        let prefix = "metadata."
        func isKnown(_ name: String) -> Bool {
            let name = name.lowercased()
            return known.contains(name)
                || name.hasPrefix(prefix) && known.contains(String(name.dropFirst(prefix.count)))
        }
        return list.split(separator: ",").flatMap { part -> [String] in
            var words = part.split(separator: " ")
            let whole = words.joined(separator: " ")
            if whole.count > 2, whole.hasPrefix("\""), whole.hasSuffix("\"") {
                return [String(whole.dropFirst().dropLast())]
            }
            var names: [String] = []
            while !words.isEmpty {
                let count = (1...words.count).reversed().first { isKnown(words[..<$0].joined(separator: " ")) } ?? 1
                names.append(words[..<count].joined(separator: " "))
                words.removeFirst(count)
            }
            return names
        }
    }
}

import Reports

/// What `postil search` is asked for.
struct SearchOptions: Equatable {
    /// Words and operators of the query, as they stand on the command line.
    var query: [String] = []
    /// The indexes that are named.
    var indexes: [String] = []
    /// The settings that the command line gives, the first index among them.
    var flags: FlagValues = [:]

    var offset = 0
    var exact = false
    var all = false
    var explain = false
    var showQuery = false
    var null = false
    var fields: String?
    var sort: String?
    var facet: String?
    var facetLimit: Int?
    var groupBy: String?
    var perGroup: Int?
    var since: String?
    var save: String?
    var passages: Int?
    var by: Unit?
    var topics: String?
    var tag: String?

    /// What a hit is.
    enum Unit: String, CaseIterable { case document, passage }
}

extension SearchOptions {
    /// Settings that may stand with a value in a command line that ``init(plain:)`` reads.
    static let valueSettings: [Setting] = [
        .index, .limit, .format, .color, .snippetLength, .stopWords, .match, .expand, .synonyms, .strategy, .profile,
    ]

    /// Reads a command line of words and of settings with their values, as nearly all are: `reward hacking -i reviews.db -n 5`. Nil
    /// for any other, which the parser has to read; it takes as long as the search itself.
    ///
    /// Equivalent to: ``SearchCommand/asked`` of what the parser makes of the arguments.
    init?(plain arguments: [String]) {
        self.init()
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            guard argument.utf8.first == UInt8(ascii: "-") else {
                query.append(argument)
                continue
            }
            let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let setting = Self.valueSettings.first(where: { $0.isOption(parts[0], hasValue: parts.count > 1) }),
                let value = parts.count > 1 ? String(parts[1]) : rest.popFirst(), !value.isEmpty,
                value.utf8.first != UInt8(ascii: "-")
            else { return nil }
            if setting == .index {
                indexes.append(value)
                flags.set(.index, indexes[0])
            } else {
                flags.set(setting, value)
            }
        }
        // Without one there is more to see to.
        guard !query.isEmpty else { return nil }
    }
}

extension Setting {
    /// Whether a word of the command line is the setting's option: `--limit`, with its value behind a sign or not, or `-n`.
    fileprivate func isOption(_ word: Substring, hasValue: Bool) -> Bool {
        guard let flag else { return false }
        let isLetter = word.utf8.count == 2
        return isLetter ? !hasValue && word.last == flag.letter : word.hasPrefix("--") && word.dropFirst(2) == flag.name
    }
}

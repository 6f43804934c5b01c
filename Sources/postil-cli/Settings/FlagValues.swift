/// The settings that a command line gives: `[.limit: limit, .strategy: strategy]`, nil for those that it does not.
struct FlagValues: ExpressibleByDictionaryLiteral, Equatable {
    /// Texts by key.
    private(set) var texts: [String: String] = [:]

    init(dictionaryLiteral elements: (Setting, String?)...) {
        for (setting, text) in elements { texts[setting.key] = text }
    }

    mutating func set(_ setting: Setting, _ text: String) { texts[setting.key] = text }

    /// These, and those of `others`.
    func merging(_ others: FlagValues) -> FlagValues {
        var result = self
        result.texts.merge(others.texts) { $1 }
        return result
    }
}

extension [String] {
    /// The one index of a command line that may name it once, or nil where it names none.
    func onlyIndex() throws(UsageError) -> String? {
        guard count < 2 else {
            throw UsageError(
                "--index is given \(count) times, but this command works with one index; search, show, cite, open and list take several"
            )
        }
        return first
    }
}

import QueryLanguage

extension Synonyms {
    /// Names of the lists that are compiled in, ascending: those of Config/synonyms.
    public static var builtInNames: [String] { BuiltInSynonyms.texts.keys.sorted() }

    /// A list that is compiled in.
    ///
    /// - Throws: ``UnknownSynonyms``.
    public static func named(_ name: String) throws -> Synonyms {
        try Synonyms(try builtInText(named: name), path: "\(name).txt")
    }

    static func builtInText(named name: String) throws(UnknownSynonyms) -> String {
        guard let text = BuiltInSynonyms.texts[name] else { throw UnknownSynonyms(name: name) }
        return text
    }
}

/// A list of synonyms was asked for that is not compiled in.
public struct UnknownSynonyms: Error, Sendable, Hashable, CustomStringConvertible {
    /// What was asked for.
    public let name: String

    /// Says which there are, and what an entry looks like.
    public var description: String {
        "no list of synonyms is called \(name); there is \(Synonyms.builtInNames.joined(separator: ", ")), and an entry says "
            + "“RLHF = human feedback” or “a => b”"
    }
}

/// Objects that stand where a text is expected, and hold it.
enum HeldText {
    /// Names under which programs keep the text itself, the best first: WordPress, converters of XML, MongoDB, Notion and others.
    private static let names = [
        "rendered", "#text", "$t", "_text", "__text", "$date", "$oid", "value", "text", "plain", "markdown", "html",
        "raw",
        "start", "href",
    ]
    /// Of languages that a text is kept in, one is among these.
    private static let languages: Set = ["en", "de", "fr", "es", "it", "pt", "ru", "zh", "ja"]
    /// Letters of the name of a language: `en`, `gsw`, `pt-BR`.
    private static let longestLanguage = 8

    /// The texts that an object holds, of its members that are texts, numbers or booleans: the one under a name for that, or those in all
    /// languages, where its names are those of languages.
    static func texts(among members: [(name: String, text: String)]) -> [String] {
        for name in names { if let found = members.last(where: { $0.name == name }) { return [found.text] } }
        let areLanguages = members.allSatisfy { member in
            let code = member.name.prefix { $0 != "-" && $0 != "_" }
            return (2...3).contains(code.utf8.count) && member.name.utf8.count <= longestLanguage
                && code.allSatisfy { $0.isASCII && $0.isLowercase }
        }
        let isOfLanguages = areLanguages && members.contains { languages.contains(String($0.name.prefix(2))) }
        return isOfLanguages ? members.map(\.text) : []
    }
}

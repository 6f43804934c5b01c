import Documents

/// A person as programs write one: an object of a name, or of the parts of one.
///
///     {"name": "Ann Bee"}  {"given": "Juan", "family": "de la Cruz"}  {"first_name": "Zoe", "lastName": "Dee"}
///
/// Also `{"literal": "ACME"}` of CSL, `{"author": {"display_name": "Ann Bee"}}` of OpenAlex and `{"username": "gwern"}`.
struct PersonParts {
    /// Texts by the names of their members, in lower case and without what joins words.
    private var texts: [String: String] = [:]
    /// The person within, where the object says how somebody took part.
    private var inner: String?

    /// Names of members that hold another object.
    private static let inners: Set = ["author", "person", "user", "agent"]

    /// Whether a member holds the person itself.
    static func isPerson(_ name: String) -> Bool { inners.contains(name.lowercased()) }

    /// Adds a member that is a text.
    mutating func add(_ name: String, _ text: String) {
        let key = name.lowercased().filter { $0.isLetter }
        if texts[key] == nil { texts[key] = text.collapsed }
    }

    /// Adds a member that holds the person itself.
    mutating func add(person: String?) { inner = inner ?? person }

    /// The name, in the order of catalogues where its parts are known, and in braces where it must not be taken apart; nil if the
    /// object names nobody.
    var name: String? {
        func first(_ keys: String...) -> String? { keys.lazy.compactMap { texts[$0] }.first { !$0.isEmpty } }
        if let literal = first("literal") { return "{\(literal)}" }
        let own = first("family", "familyname", "last", "lastname", "surname")
        let given = [
            first("given", "givenname", "givennames", "first", "firstname", "forename"), first("middle", "middlename"),
        ]
        .compactMap(\.self).joined(separator: " ")
        if let own {
            let particles = [first("droppingparticle"), first("nondroppingparticle", "particle")].compactMap(\.self)
            let family = (particles + [own]).joined(separator: " ")
            return [family, first("suffix") ?? "", given].filter { !$0.isEmpty }.joined(separator: ", ")
        }
        return first("name", "fullname", "displayname", "label", "title") ?? inner ?? (given.isEmpty ? nil : given)
            ?? first("username", "login", "nickname", "handle", "slug", "value", "email")
    }
}

extension [String] {
    /// The names of people of a field, of which some were made of parts: a single one becomes as people say it, since nothing else
    /// tells the order.
    func asPeople(ofParts: Bool) -> [String] { ofParts && count == 1 ? [PersonNames.text(of: self)] : self }
}

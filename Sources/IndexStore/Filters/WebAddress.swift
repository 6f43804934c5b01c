import Foundation

/// The forms in which one address is written.
enum WebAddress {
    /// An address without scheme, `www.` and the slash at its end, the host in small letters.
    static func bare(_ text: String) -> String {
        var rest = text[...]
        var isURL = false
        if let scheme = rest.range(of: "://") {
            rest = rest[scheme.upperBound...]
            isURL = true
        }
        if rest.prefix(4).lowercased() == "www." {
            rest = rest.dropFirst(4)
            isURL = true
        }
        while rest.last == "/" { rest.removeLast() }
        guard isURL else { return String(rest) }
        let host = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        return host.lowercased() + rest[host.endIndex...]
    }

    /// The names of parameters that say where a reader came from or looks, apart from those that begin with `utm_`.
    private static let trackingParameters: Set<Substring> = [
        "fbclid", "gclid", "mc_cid", "mc_eid", "igshid", "ref", "ref_src", "commentId",
    ]

    /// An address without parameters that only track readers.
    static func withoutTracking(_ address: String) -> String {
        guard let mark = address.firstIndex(of: "?") else { return address }
        let fragment = address[mark...].firstIndex(of: "#") ?? address.endIndex
        let parameters = address[address.index(after: mark)..<fragment].split(separator: "&").filter {
            let name = $0.prefix { $0 != "=" }
            return !name.hasPrefix("utm_") && !trackingParameters.contains(name)
        }
        var rest = String(address[..<mark])
        while parameters.isEmpty, rest.last == "/" { rest.removeLast() }
        return rest + (parameters.isEmpty ? "" : "?" + parameters.joined(separator: "&")) + address[fragment...]
    }

    /// What an address without a scheme may be stored as.
    static func withSchemes(_ place: String) -> [String] {
        ["https://", "http://", "https://www.", "http://www.", ""].map { $0 + place }
    }

    /// What a bare address may be stored as, without a scheme: with its escapes and without, without the place on the page, with
    /// another slash before its parameters; and where a part of the path is an id (`/posts/2jfiMgKkuw7/some-title`), without the
    /// title behind that.
    static func places(of bare: String) -> [String] {
        // A place on the page is of no account, in what is pasted or in what is stored.
        let page = page(of: bare)
        var places = [bare, page, bare.removingPercentEncoding ?? bare]
        if let mark = page.firstIndex(of: "?") {
            let (path, rest) = (withoutSlash(page[..<mark]), page[mark...])
            places += [path + rest, path + "/" + rest]
        }
        if let slash = page.lastIndex(of: "/"), endsInID(page[..<slash]) { places.append(String(page[..<slash])) }
        return places.flatMap { [$0, $0.addingPercentEncoding(withAllowedCharacters: urlCharacters) ?? $0] }
    }

    /// What stored addresses of the same page begin with that go on: with a place on the page, with what tracks readers, or with
    /// a title behind an id.
    static func beginnings(of bare: String) -> [String] {
        let page = page(of: bare)
        let goingOn =
            ["?utm_", "/?utm_"] + (page.contains("/") ? ["#", "/#"] : []) + (endsInID(page[...]) ? ["/"] : [])
        return [page, page.removingPercentEncoding ?? page].flatMap { place in goingOn.map { place + $0 } }
    }

    private static func page(of bare: String) -> String {
        bare.firstIndex(of: "#").map { withoutSlash(bare[..<$0]) } ?? bare
    }

    /// Whether the last part of a path is an id: letters and digits mixed, of which no word is made.
    private static func endsInID(_ address: Substring) -> Bool {
        guard let slash = address.lastIndex(of: "/") else { return false }
        let last = address[address.index(after: slash)...]
        return last.utf8.count >= shortestID && last.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
            && last.contains(where: \.isNumber) && last.contains(where: \.isLetter)
    }

    /// Shorter parts of paths may be words.
    private static let shortestID = 8

    private static func withoutSlash(_ address: Substring) -> String {
        var rest = address
        while rest.last == "/" { rest.removeLast() }
        return String(rest)
    }

    /// What stands as it is in a URL; percent signs are escapes already.
    private static let urlCharacters = CharacterSet.urlQueryAllowed.union(CharacterSet(charactersIn: "#%"))
}

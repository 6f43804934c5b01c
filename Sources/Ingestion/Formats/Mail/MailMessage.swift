/// A message: its fields, its text, and what is attached to it.
struct MailMessage {
    private(set) var title: String?
    private(set) var fields: [FieldValue.Member] = []
    private(set) var attachments: [AttachedFile] = []
    /// Where its text leads.
    private(set) var links = TextLinks()
    /// Its text, and what of it is matched.
    private(set) var text = MarkedText(plain: "")
    /// What was odd.
    private(set) var problem: String?
    private var partCount = 0

    /// Parts of parts, and parts in all: what programs send has five and a hundred.
    private static let maximumDepth = 20
    private static let maximumParts = 1000

    /// Reads a message.
    init(_ bytes: ArraySlice<UInt8>, tally: BatchTally) {
        var header = MailHeader(bytes)
        // A text that begins with a word and a colon is none the less a text.
        if !header.hasAny(of: Self.usualFields) { header = MailHeader(before: bytes) }
        header.set = header.isInOtherSet ? Self.set(of: header, bytes, tally: tally) : tally.encoding
        readFields(header)
        var texts: [String] = []
        read(bytes, header: header, depth: 0, into: &texts, tally: tally)
        text = MailQuotes.marked(texts.map(\.trimmed).filter { !$0.isEmpty }.joined(separator: "\n\n"))
    }

    /// Of these a message has at least one.
    private static let usualFields = [
        "from", "to", "cc", "bcc", "subject", "date", "message-id", "received", "return-path", "sender", "reply-to",
        "delivered-to", "content-type", "mime-version", "in-reply-to", "references", "newsgroups", "x-gmail-labels",
    ]

    /// Whether bytes begin with the header of a message.
    static func isMessage(_ bytes: ArraySlice<UInt8>) -> Bool {
        let header = MailHeader(bytes.prefix(ByteStream.prefixLength))
        return header.hasAny(of: ["from", "sender"])
            && header.hasAny(of: ["date", "received", "message-id", "subject", "to"])
    }

    private mutating func add(_ name: String, _ values: [String]) {
        guard let first = values.first else { return }
        let value = values.count == 1 ? FieldValue.text(first) : .list(values.map { .text($0) })
        fields.append(FieldValue.Member(name: name, value: value))
    }

    private mutating func readFields(_ header: MailHeader) {
        title = header.value("subject")?.collapsed
        // A browser that saves a page is none of its authors.
        let from = header.all("from").flatMap(Self.addresses).filter { !$0.address.hasPrefix("Saved by ") }
        add("author", from.map { $0.name ?? $0.address })
        add("from", from.map(\.address))
        for name in ["to", "cc"] {
            add(
                name,
                header.all(name).flatMap(Self.addresses).map { person in
                    person.name.map { "\($0) <\(person.address)>" } ?? person.address
                })
        }
        add("date", Array(header.all("date").prefix(1)))
        add("message_id", header.value("message-id").map { [Self.unbracketed($0)] } ?? [])
        add("in_reply_to", header.value("in-reply-to").map { [Self.unbracketed($0)] } ?? [])
        add("list", header.value("list-id").map { [Self.unbracketed($0)] } ?? [])
        let place = header.value("archived-at") ?? header.value("snapshot-content-location")
        add("url", place.map { [Self.unbracketed($0)] } ?? [])
        let tags = (header.all("keywords") + header.all("x-gmail-labels") + header.all("x-keywords"))
            .flatMap { $0.split(separator: ",").map { String($0).trimmed } }
        add("tags", tags.filter { !$0.isEmpty })
    }

    private static func unbracketed(_ text: String) -> String {
        guard let open = text.firstIndex(of: "<"), let close = text[open...].firstIndex(of: ">") else {
            return text.trimmed
        }
        return String(text[text.index(after: open)..<close])
    }

    /// `Ada Example <ada@example.org>, "Roe, Jane" <jane@example.org>, bob@example.org (Bob)`.
    static func addresses(_ text: String) -> [(name: String?, address: String)] {
        var people: [(name: String?, address: String)] = []
        var (name, address, comment) = ("", "", "")
        var (isQuoted, isAddress, depth) = (false, false, 0)
        func person() -> (name: String?, address: String)? {
            let shown = name.collapsed
            if !address.isEmpty { return (shown.isEmpty ? (comment.isEmpty ? nil : comment) : shown, address.trimmed) }
            return shown.isEmpty ? nil : (comment.isEmpty ? nil : comment, shown)
        }
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"" where depth == 0: isQuoted.toggle()
            case "(" where !isQuoted: depth += 1
            case ")" where !isQuoted && depth > 0: depth -= 1
            case _ where depth > 0: comment.unicodeScalars.append(scalar)
            case "<" where !isQuoted: isAddress = true
            // The name of a group: `undisclosed-recipients:;`.
            case ":" where !isQuoted && !isAddress: name = ""
            case ">" where isAddress: isAddress = false
            case ",", ";":
                if isQuoted {
                    name.unicodeScalars.append(scalar)
                } else {
                    if let person = person() { people.append(person) }
                    (name, address, comment, isAddress) = ("", "", "", false)
                }
            default: if isAddress { address.unicodeScalars.append(scalar) } else { name.unicodeScalars.append(scalar) }
            }
        }
        return people + [person()].compactMap(\.self)
    }

    /// The character set of a header that names none: that of the text, the profile's, or the one that the message looks like.
    private static func set(of header: MailHeader, _ bytes: ArraySlice<UInt8>, tally: BatchTally) -> String? {
        let named = header.parameters(of: "content-type").parameters["charset"].map(CharacterSet.usual)
        if let named, !["us-ascii", "utf-8"].contains(named), CharacterSet.isKnown(named) { return named }
        return tally.encoding ?? bytes.withUnsafeBytes(CharacterSetGuess.set(ofAll:))
    }

    // MARK: Parts

    /// Types of parts that say who wrote the others, and hold no text.
    private static let signatures: Set = [
        "application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature",
        "application/pgp-encrypted", "application/pgp-keys",
    ]

    private mutating func read(
        _ bytes: ArraySlice<UInt8>, header: MailHeader, depth: Int, into texts: inout [String], tally: BatchTally
    ) {
        partCount += 1
        guard depth <= Self.maximumDepth, partCount <= Self.maximumParts else {
            problem =
                "has more than \(Self.maximumParts) parts, or parts nested deeper than \(Self.maximumDepth); the others were left out"
            return
        }
        let body = bytes[min(header.end, bytes.endIndex)...]
        let (type, parameters) = header.parameters(of: "content-type")
        let disposition = header.parameters(of: "content-disposition")
        let encoding = header.raw("content-transfer-encoding") ?? ""
        let parts = type.hasPrefix("multipart/") ? Self.parts(of: body, boundary: parameters["boundary"]) : []
        if !parts.isEmpty {
            if type == "multipart/alternative" {
                return readBest(of: parts, header: header, depth: depth, into: &texts, tally: tally)
            }
            for part in parts {
                read(part, header: MailHeader(part, in: header), depth: depth + 1, into: &texts, tally: tally)
            }
            return
        }
        let name = (disposition.parameters["filename"] ?? parameters["name"]).flatMap { $0.isBlank ? nil : $0 }
        // One that shall have parts and has none is a text after all.
        let isPlain =
            type.isEmpty || type == "text" || type.hasPrefix("text/plain") || type.hasPrefix("multipart/")
        // Other texts are files, if they have a name.
        let isText = isPlain || type.hasPrefix("text/html") || name == nil && Self.isText(type)
        if type == "message/rfc822" {
            let content = MailEncoding.decoded(body, by: encoding)[...]
            let inner = MailHeader(content, in: header)
            let senders = inner.all("from").flatMap(Self.addresses).map { $0.name ?? $0.address }
            texts.append((([inner.value("subject")].compactMap(\.self)) + senders).joined(separator: "\n"))
            return read(content, header: inner, depth: depth + 1, into: &texts, tally: tally)
        }
        if !isText || disposition.value == "attachment" && name != nil {
            if !Self.signatures.contains(type), let name = name ?? AttachedFile.name(ofType: type) {
                attachments.append(AttachedFile(name: name, bytes: MailEncoding.decoded(body, by: encoding)))
            }
            return
        }
        let content = MailEncoding.decoded(body, by: encoding)
        let text = content.withUnsafeBytes { bytes in
            if type.hasPrefix("text/html") {
                let page = Self.html(bytes, set: parameters["charset"], tally: tally)
                links.add(page.links())
                return page.text
            }
            let text = Self.text(bytes, set: parameters["charset"], tally: tally)
            links.add(addressesIn: text.utf8)
            if parameters["format"]?.lowercased() == "flowed" {
                return FlowedText.paragraphs(
                    of: text.replacing("\r\n", with: "\n"), deletesBlanks: parameters["delsp"]?.lowercased() == "yes")
            }
            return type == "text/calendar" ? Self.calendarText(text) : text
        }
        texts.append(text.replacing("\r\n", with: "\n"))
    }

    /// Whether a part without a name is a text, of which its type says how it is written or what it is for.
    private static func isText(_ type: String) -> Bool {
        type.hasPrefix("text/") && !["text/rtf", "text/css", "text/javascript"].contains(type)
            || type.hasPrefix("message/")
    }

    /// Words of a plain text beyond which it is surely none that only says that there is another one.
    private static let mostWordsOfStub = 60

    /// Of several forms of one text the plain one, unless it says nothing, or little and another more than twice as much: some
    /// programs write there that the message needs another program.
    private mutating func readBest(
        of parts: [ArraySlice<UInt8>], header: MailHeader, depth: Int, into texts: inout [String], tally: BatchTally
    ) {
        let headers = parts.map { ($0, MailHeader($0, in: header)) }
        let isPlain = headers.map { $0.1.parameters(of: "content-type").value.hasPrefix("text/plain") }
        let plain = zip(headers, isPlain).filter(\.1).map(\.0)
        let others = zip(headers, isPlain).filter { !$0.1 }.map(\.0)
        var best: (texts: [String], attachments: [AttachedFile], links: TextLinks, words: Int)?
        let before = (attachments: attachments, links: links)
        for (part, header) in plain + others.reversed() {
            var found: [String] = []
            (attachments, links) = before
            read(part, header: header, depth: depth + 1, into: &found, tally: tally)
            let words = found.reduce(0) { $0 + $1.split(whereSeparator: \.isWhitespace).count }
            if words == 0, attachments.count == before.attachments.count { continue }
            if words > 2 * (best?.words ?? 0) || best == nil { best = (found, attachments, links, words) }
            if best?.words ?? 0 > Self.mostWordsOfStub { break }
        }
        attachments = best?.attachments ?? before.attachments
        links = best?.links ?? before.links
        texts += best?.texts ?? []
    }

    private static func text(_ bytes: UnsafeRawBufferPointer, set: String?, tally: BatchTally) -> String {
        // Sets of several bytes a letter and escaped ones are believed at once: few other texts are possible in them.
        if let set, !CharacterSet.isOneByte(set), let (text, damages) = CharacterSet.text(bytes, in: set), damages == 0
        {
            return text
        }
        return TextDecoding.text(bytes, declared: set, tally: tally)
    }

    private static func html(_ bytes: UnsafeRawBufferPointer, set: String?, tally: BatchTally) -> HTMLPage {
        // Without a set of its own the part is in the one that the page names.
        guard let set, CharacterSet.isKnown(set), !["us-ascii", "utf-8"].contains(CharacterSet.usual(set)) else {
            return HTMLPage(bytes: bytes, tally: tally, marksQuotes: true)
        }
        return HTMLPage(fragment: text(bytes, set: set, tally: tally), marksQuotes: true)
    }

    /// What people read of an invitation (RFC 5545).
    private static func calendarText(_ text: String) -> String {
        // A line that begins with a blank goes on with the one before.
        let lines = text.replacing("\r\n", with: "\n").replacing("\n ", with: "").replacing("\n\t", with: "")
        var said: [String] = []
        for line in lines.split(separator: "\n") {
            let name = line.prefix { $0 != ":" && $0 != ";" }.uppercased()
            guard ["SUMMARY", "DESCRIPTION", "LOCATION", "COMMENT", "CATEGORIES"].contains(name),
                let colon = line.firstIndex(of: ":")
            else { continue }
            let value = line[line.index(after: colon)...]
            let text = value.replacing("\\n", with: "\n").replacing("\\N", with: "\n")
            said.append(String(text.replacing("\\,", with: ",").replacing("\\;", with: ";")))
        }
        return said.isEmpty ? text : said.joined(separator: "\n")
    }

    /// The parts between lines of `--boundary`; without a boundary that is there, between lines that are the first to look so.
    private static func parts(of body: ArraySlice<UInt8>, boundary: String?) -> [ArraySlice<UInt8>] {
        if let boundary, !boundary.isEmpty {
            let parts = parts(of: body, mark: Array("--\(boundary)".utf8))
            if !parts.isEmpty { return parts }
        }
        // A header stands behind it.
        var place = body.startIndex
        while place < body.endIndex {
            let lineEnd = body[place...].firstIndex(of: 0x0A) ?? body.endIndex
            let line = body[place..<lineEnd].trimmedBlanks
            let next = body[min(lineEnd + 1, body.endIndex)...].prefix { $0 != 0x0A }
            if line.count > 2, line.hasPrefix("--"), MailHeader.endOfName(next) != nil {
                return parts(of: body, mark: Array(line))
            }
            place = lineEnd + 1
        }
        return []
    }

    private static func parts(of body: ArraySlice<UInt8>, mark: [UInt8]) -> [ArraySlice<UInt8>] {
        var parts: [ArraySlice<UInt8>] = []
        var start: Int?
        var place = body.startIndex
        while place < body.endIndex {
            let lineEnd = body[place...].firstIndex(of: 0x0A) ?? body.endIndex
            let line = body[place..<lineEnd]
            if line.first == 0x2D, line.starts(with: mark) {
                let rest = line.dropFirst(mark.count).trimmedBlanks
                if rest.isEmpty || rest.elementsEqual([0x2D, 0x2D]) {
                    if let start { parts.append(body[start..<place]) }
                    start = min(lineEnd + 1, body.endIndex)
                    if !rest.isEmpty { return parts }
                }
            }
            place = lineEnd + 1
        }
        if let start, start < body.endIndex { parts.append(body[start...]) }
        return parts
    }
}

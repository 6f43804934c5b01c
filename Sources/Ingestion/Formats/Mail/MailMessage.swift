/// A message: its fields, its text, and what is attached to it.
struct MailMessage {
    /// A file that came with it.
    struct Attachment {
        let name: String
        let bytes: [UInt8]
    }

    private(set) var title: String?
    private(set) var fields: [FieldValue.Member] = []
    private(set) var attachments: [Attachment] = []
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
        let from = header.all("from").flatMap(Self.addresses)
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
        add("url", header.value("archived-at").map { [Self.unbracketed($0)] } ?? [])
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
    private static func addresses(_ text: String) -> [(name: String?, address: String)] {
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
        if type.hasPrefix("multipart/"), let boundary = parameters["boundary"], !boundary.isEmpty {
            let parts = Self.parts(of: body, boundary: boundary)
            if type == "multipart/alternative" { return readBest(of: parts, depth: depth, into: &texts, tally: tally) }
            for part in parts {
                read(part, header: MailHeader(part), depth: depth + 1, into: &texts, tally: tally)
            }
            return
        }
        let name = disposition.parameters["filename"] ?? parameters["name"]
        let isText = type.isEmpty || type.hasPrefix("text/plain") || type.hasPrefix("text/html") || type == "text"
        if type == "message/rfc822" {
            let content = MailEncoding.decoded(body, by: encoding)[...]
            let inner = MailHeader(content)
            if let subject = inner.value("subject") { texts.append(subject) }
            return read(content, header: inner, depth: depth + 1, into: &texts, tally: tally)
        }
        if disposition.value == "attachment" || !isText {
            if let name, !name.isEmpty, !Self.signatures.contains(type) {
                attachments.append(Attachment(name: name, bytes: MailEncoding.decoded(body, by: encoding)))
            }
            return
        }
        let content = MailEncoding.decoded(body, by: encoding)
        let text = content.withUnsafeBytes { bytes in
            if type.hasPrefix("text/html") {
                return Self.html(bytes, set: parameters["charset"], tally: tally)
            }
            return Self.text(bytes, set: parameters["charset"], tally: tally)
        }
        texts.append(text.replacing("\r\n", with: "\n"))
    }

    /// Of several forms of one text the plain one, unless it says nothing.
    private mutating func readBest(
        of parts: [ArraySlice<UInt8>], depth: Int, into texts: inout [String], tally: BatchTally
    ) {
        let headers = parts.map { ($0, MailHeader($0)) }
        let isPlain = headers.filter { $0.1.parameters(of: "content-type").value.hasPrefix("text/plain") }
        for (part, header) in isPlain + headers.reversed() {
            var found: [String] = []
            let before = attachments.count
            read(part, header: header, depth: depth + 1, into: &found, tally: tally)
            if found.contains(where: { !$0.isBlank }) || attachments.count > before {
                texts += found
                return
            }
        }
    }

    private static func text(_ bytes: UnsafeRawBufferPointer, set: String?, tally: BatchTally) -> String {
        guard let set, let (text, damages) = CharacterSet.text(bytes, in: set) else {
            return TextDecoding.text(bytes, tally: tally)
        }
        tally.replaced += damages
        return text
    }

    private static func html(_ bytes: UnsafeRawBufferPointer, set: String?, tally: BatchTally) -> String {
        if let set, !TextDecoding.isUTF8(bytes), let (text, damages) = CharacterSet.text(bytes, in: set) {
            tally.replaced += damages
            return HTMLPage(fragment: text, marksQuotes: true).text
        }
        return HTMLPage(bytes: bytes, tally: tally, marksQuotes: true).text
    }

    /// The parts between lines of `--boundary`.
    private static func parts(of body: ArraySlice<UInt8>, boundary: String) -> [ArraySlice<UInt8>] {
        let mark = Array("--\(boundary)".utf8)
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

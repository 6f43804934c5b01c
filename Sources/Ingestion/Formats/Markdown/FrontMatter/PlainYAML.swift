/// YAML as nearly all front matter has it, where each value is what stands on its line:
///
///     title: Risks from learned optimisation
///     tags: [inner alignment, "mesa, optimisers"]
///     authors:
///       - Ann Bee
///       - 'Juan de la Cruz'
///     draft:
///
/// Yams takes longer for such lines than all else that is done with a short note. So they are read here, and everything whose
/// meaning is not plain goes to it: marks of YAML, comments, tabs, escapes, values of several lines, names that are there twice.
/// What is read here it reads alike (`PlainYAMLTests`).
struct PlainYAML {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var place = 0

    /// The values of YAML that is plain; nil when it is not.
    static func members(of yaml: String) -> [FieldValue.Member]? {
        var yaml = yaml
        return yaml.withUTF8 { bytes in
            guard arePlain(bytes) else { return nil }
            var reader = PlainYAML(bytes)
            return reader.members()
        }
    }

    private init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    /// Whether no byte means something else in YAML than it does elsewhere, wherever it stands.
    private static func arePlain(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        for (index, byte) in bytes.enumerated() {
            switch byte {
            case 0x0A: continue
            // Control characters, tabs and ends of lines among them; comments and escapes.
            case ..<0x20, 0x7F, UInt8(ascii: "#"), UInt8(ascii: "\\"): return false
            // More control characters and another blank; byte order marks and what is no character.
            case 0xC2, 0xEF: return false
            // Ends of lines and paragraphs.
            case 0xE2 where index + 2 < bytes.count && bytes[index + 1] == 0x80 && bytes[index + 2] & 0xFE == 0xA8:
                return false
            default: continue
            }
        }
        return true
    }

    private mutating func members() -> [FieldValue.Member]? {
        var members: [FieldValue.Member] = []
        var names: Set<String> = []
        var values = 1
        while place < bytes.count {
            if bytes[place] == 0x0A {
                place += 1
                continue
            }
            guard let name = name(), names.insert(name).inserted, let value = value() else { return nil }
            members.append(FieldValue.Member(name: name, value: value))
            if case .list(let elements) = value { values += elements.count }
            values += 1
            if values > FrontMatter.mostValues { return nil }
        }
        return members.isEmpty ? nil : members
    }

    /// A name at the beginning of a line, with its colon.
    private mutating func name() -> String? {
        let start = place
        guard Self.isLetter(bytes[start]) else { return nil }
        while place < bytes.count, Self.isNameByte(bytes[place]) { place += 1 }
        guard place < bytes.count, place - start < 100, bytes[place] == UInt8(ascii: ":") else { return nil }
        let name = String(decoding: bytes[start..<place], as: UTF8.self)
        place += 1
        return place == bytes.count || bytes[place] == 0x20 || bytes[place] == 0x0A ? name : nil
    }

    /// The value behind a colon, with the end of its last line.
    private mutating func value() -> FieldValue? {
        skipBlanks()
        guard !takeLineEnd() else { return items() }
        if bytes[place] == UInt8(ascii: "[") { return flow() }
        let text = isQuote(bytes[place]) ? quoted() : plain(until: [])
        skipBlanks()
        return takeLineEnd() ? text.map { .text($0) } : nil
    }

    /// The items of a list on lines of their own, all with the same indentation; an empty text when there are none.
    private mutating func items() -> FieldValue? {
        var values: [FieldValue] = []
        var indentation: Int?
        while place < bytes.count {
            let start = place
            skipBlanks()
            let depth = place - start
            guard place + 1 < bytes.count, bytes[place] == UInt8(ascii: "-"), bytes[place + 1] == 0x20 else {
                // Blank lines among items, and what is indented and no item, are not plain.
                guard depth == 0 else { return nil }
                break
            }
            guard depth == indentation ?? depth else { return nil }
            indentation = depth
            place += 2
            skipBlanks()
            guard place < bytes.count, let text = isQuote(bytes[place]) ? quoted() : plain(until: []) else {
                return nil
            }
            skipBlanks()
            guard takeLineEnd() else { return nil }
            values.append(.text(text))
        }
        return values.isEmpty ? .text("") : .list(values)
    }

    /// A list on one line: `[a, "b, c"]`.
    private mutating func flow() -> FieldValue? {
        place += 1
        var values: [FieldValue] = []
        skipBlanks()
        if place < bytes.count, bytes[place] == UInt8(ascii: "]") {
            place += 1
        } else {
            while true {
                skipBlanks()
                guard place < bytes.count,
                    let text = isQuote(bytes[place]) ? quoted() : plain(until: [UInt8(ascii: ","), UInt8(ascii: "]")])
                else { return nil }
                values.append(.text(text))
                skipBlanks()
                guard place < bytes.count else { return nil }
                let mark = bytes[place]
                place += 1
                if mark == UInt8(ascii: "]") { break }
                guard mark == UInt8(ascii: ",") else { return nil }
            }
        }
        skipBlanks()
        return takeLineEnd() ? .list(values) : nil
    }

    /// A text without quotes, up to the end of the line or to one of some marks; empty for what YAML says is nothing.
    private mutating func plain(until ends: [UInt8]) -> String? {
        let start = place
        let first = bytes[start]
        guard Self.isLetter(first) || Self.isDigit(first) || first >= 0x80 || "(/._$+".utf8.contains(first) else {
            return nil
        }
        while place < bytes.count, bytes[place] != 0x0A, !ends.contains(bytes[place]) {
            switch bytes[place] {
            // A mapping within, in a list also without a blank.
            case UInt8(ascii: ":")
            where !ends.isEmpty || place + 1 == bytes.count || bytes[place + 1] == 0x20 || bytes[place + 1] == 0x0A:
                return nil
            case UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: "}"):
                if !ends.isEmpty { return nil }
            default: break
            }
            place += 1
        }
        var end = place
        while bytes[end - 1] == 0x20 { end -= 1 }
        let text = String(decoding: bytes[start..<end], as: UTF8.self)
        return ["null", "Null", "NULL"].contains(text) ? "" : text
    }

    /// A text in quotes of either kind, which has none of them in it.
    private mutating func quoted() -> String? {
        let quote = bytes[place]
        let start = place + 1
        guard let end = bytes[start...].firstIndex(where: { $0 == quote || $0 == 0x0A }), bytes[end] == quote,
            // Two of them stand for one.
            end + 1 == bytes.count || bytes[end + 1] != quote
        else { return nil }
        place = end + 1
        return String(decoding: bytes[start..<end], as: UTF8.self)
    }

    private mutating func skipBlanks() {
        while place < bytes.count, bytes[place] == 0x20 { place += 1 }
    }

    /// Goes behind the end of a line; false when there is more on it.
    private mutating func takeLineEnd() -> Bool {
        guard place < bytes.count else { return true }
        guard bytes[place] == 0x0A else { return false }
        place += 1
        return true
    }

    private func isQuote(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") }

    private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        isLetter(byte) || isDigit(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
    }
}

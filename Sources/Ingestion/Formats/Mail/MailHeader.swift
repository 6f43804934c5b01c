/// The header of a message or of a part of one (RFC 5322, 2045, 2047, 2231).
struct MailHeader {
    /// Names in lower case, and values on one line as they are written.
    private var lines: [(name: String, value: ArraySlice<UInt8>)] = []
    /// Where the body begins.
    let end: Int
    /// The character set of values that are neither ASCII nor UTF-8, as old programs write them.
    var set: String?

    /// Lines that a header may have: more are somebody's joke.
    private static let maximumLines = 2000

    init(_ bytes: ArraySlice<UInt8>) {
        var place = bytes.startIndex
        while place < bytes.endIndex {
            let lineEnd = bytes[place...].firstIndex(of: 0x0A) ?? bytes.endIndex
            var line = bytes[place..<lineEnd]
            if line.last == 0x0D { line = line.dropLast() }
            let next = min(lineEnd + 1, bytes.endIndex)
            if line.isEmpty {
                place = next
                break
            }
            if (line.first == 0x20 || line.first == 0x09) && !lines.isEmpty {
                // A line goes on.
                lines[lines.count - 1].value += [0x20] + line.trimmedBlanks
            } else if let colon = Self.endOfName(line) {
                if lines.count < Self.maximumLines {
                    lines.append((line[..<colon].trimmedBlanks.asText.lowercased(), line[(colon + 1)...].trimmedBlanks))
                }
            } else if !line.hasPrefix("From "), !line.hasPrefix(">From "),
                lines.isEmpty || Self.endOfName(bytes[next...].prefix { $0 != 0x0A }) == nil
            {
                // The text, without an empty line before it.
                break
            }
            place = next
        }
        end = place
    }

    /// The header of a part, or of a message within one, whose raw values are in the set of those around it.
    init(_ part: ArraySlice<UInt8>, in outer: MailHeader) {
        self.init(part)
        set = outer.set
    }

    /// A header of no lines, before a text that has none.
    init(before bytes: ArraySlice<UInt8>) { end = bytes.startIndex }

    /// Where a field's name ends in a line that has one: signs without blanks, and a colon.
    static func endOfName(_ line: ArraySlice<UInt8>) -> Int? {
        guard let colon = line.prefix(longestName).firstIndex(of: UInt8(ascii: ":")) else { return nil }
        let name = line[..<colon].trimmedBlanks
        return !name.isEmpty && name.allSatisfy { (0x21...0x7E).contains($0) } ? colon : nil
    }

    /// Bytes of a field's name; those in use have half as many.
    private static let longestName = 76

    /// Whether there is any of some names.
    func hasAny(of names: [String]) -> Bool { lines.contains { names.contains($0.name) } }

    /// A value as it is written; the first of its name.
    func raw(_ name: String) -> String? { lines.first { $0.name == name }.map { text($0.value) } }

    /// All values of a name, decoded.
    func all(_ name: String) -> [String] {
        lines.filter { $0.name == name }.map { decoded(text($0.value)) }.filter { !$0.isBlank }
    }

    /// The first value of a name, decoded.
    func value(_ name: String) -> String? { all(name).first }

    /// Whether any value is neither ASCII nor UTF-8.
    var isInOtherSet: Bool { lines.contains { !$0.value.withUnsafeBytes(TextDecoding.isUTF8) } }

    private func text(_ bytes: ArraySlice<UInt8>) -> String {
        bytes.withUnsafeBytes { bytes in
            String(validating: bytes, as: UTF8.self) ?? set.flatMap { CharacterSet.text(bytes, in: $0)?.text }
                ?? TextDecoding.windows1252(bytes)?.text ?? String(decoding: bytes, as: UTF8.self)
        }
    }

    /// A value with its parameters: `text/plain; charset=utf-8`.
    func parameters(of name: String) -> (value: String, parameters: [String: String]) {
        guard let raw = raw(name) else { return ("", [:]) }
        var parts: [String] = []
        var part = ""
        var isQuoted = false
        var isEscaped = false
        for character in raw.unicodeScalars {
            if isEscaped {
                part.unicodeScalars.append(character)
                isEscaped = false
            } else if isQuoted, character == "\\" {
                isEscaped = true
            } else if character == "\"" {
                isQuoted.toggle()
            } else if character == ";", !isQuoted {
                parts.append(part)
                part = ""
            } else {
                part.unicodeScalars.append(character)
            }
        }
        parts.append(part)
        var parameters: [String: String] = [:]
        // name*0=…; name*1=… are one value; name*=charset'language'%41 is an encoded one.
        for part in parts.dropFirst().prefix(100) {
            guard let equals = part.firstIndex(of: "=") else { continue }
            var key = String(part[..<equals]).trimmed.lowercased()
            var value = String(part[part.index(after: equals)...]).trimmed
            let isEncoded = key.hasSuffix("*")
            if isEncoded { key.removeLast() }
            if let star = key.lastIndex(of: "*") { key = String(key[..<star]) }
            if isEncoded { value = Self.percentDecoded(value, isFirst: parameters[key] == nil) }
            parameters[key, default: ""] += value
        }
        for (key, value) in parameters { parameters[key] = decoded(value) }
        return (parts[0].trimmed.lowercased(), parameters)
    }

    private static func percentDecoded(_ text: String, isFirst: Bool) -> String {
        let parts = text.split(separator: "'", maxSplits: 2, omittingEmptySubsequences: false)
        let (set, rest) = isFirst && parts.count == 3 ? (String(parts[0]), parts[2]) : ("utf-8", text[...])
        var bytes: [UInt8] = []
        var index = rest.utf8.startIndex
        let utf8 = rest.utf8
        while index < utf8.endIndex {
            if utf8[index] == UInt8(ascii: "%"),
                let value = UInt8(String(decoding: utf8[index...].dropFirst().prefix(2), as: UTF8.self), radix: 16)
            {
                bytes.append(value)
                index = utf8.index(index, offsetBy: 3, limitedBy: utf8.endIndex) ?? utf8.endIndex
            } else {
                bytes.append(utf8[index])
                index = utf8.index(after: index)
            }
        }
        return bytes.withUnsafeBytes { CharacterSet.text($0, in: set)?.text } ?? bytes.asText
    }

    /// A text with its encoded words read: `=?UTF-8?Q?caf=C3=A9?=`. One in a set that nobody knows (`unknown-8bit`) is read like a
    /// text that names none.
    private func decoded(_ text: String) -> String {
        guard text.contains("=?") else { return text }
        let bytes = Array(text.utf8)
        var output: [UInt8] = []
        // Neighbours of one set may have a character cut between them.
        var pending: (set: String, bytes: [UInt8])?
        var index = 0
        func flush() {
            guard let word = pending else { return }
            output += word.bytes.withUnsafeBytes {
                let known = CharacterSet.text($0, in: word.set)?.text
                return Array((known ?? TextDecoding.text($0, declared: nil, tally: BatchTally(encoding: set))).utf8)
            }
            pending = nil
        }
        while index < bytes.count {
            if let (set, content, end) = Self.encodedWord(bytes, index) {
                if pending?.set != set { flush() }
                pending = (set, (pending?.bytes ?? []) + content)
                index = end
                // Blanks between encoded words are none.
                var next = index
                while next < bytes.count, bytes[next] <= 0x20 { next += 1 }
                if Self.encodedWord(bytes, next) != nil { index = next }
                continue
            }
            flush()
            output.append(bytes[index])
            index += 1
        }
        flush()
        return output.asText
    }

    private static func encodedWord(_ bytes: [UInt8], _ start: Int) -> (set: String, content: [UInt8], end: Int)? {
        guard start + 8 < bytes.count, bytes[start] == UInt8(ascii: "="), bytes[start + 1] == UInt8(ascii: "?") else {
            return nil
        }
        let rest = bytes[(start + 2)...].prefix(1000)
        guard let first = rest.firstIndex(of: UInt8(ascii: "?")), first + 2 < rest.endIndex,
            bytes[first + 2] == UInt8(ascii: "?")
        else { return nil }
        var end = first + 3
        while end + 1 < rest.endIndex, bytes[end] != UInt8(ascii: "?") || bytes[end + 1] != UInt8(ascii: "=") {
            end += 1
        }
        guard end + 1 < rest.endIndex else { return nil }
        let set = bytes[(start + 2)..<first].asText.split(separator: "*").first.map(String.init)?.lowercased() ?? ""
        let content = bytes[(first + 3)..<end]
        switch bytes[first + 1] | 0x20 {
        case UInt8(ascii: "b"): return (set, MailEncoding.base64(content), end + 2)
        case UInt8(ascii: "q"): return (set, MailEncoding.quotedPrintable(content, isHeader: true), end + 2)
        default: return nil
        }
    }
}

/// How the bytes of a part are written as text.
enum MailEncoding {
    /// The bytes of a part by the name of its encoding.
    static func decoded(_ bytes: ArraySlice<UInt8>, by name: String) -> [UInt8] {
        switch name.lowercased().trimmed {
        case "base64": base64(bytes)
        case "quoted-printable": quotedPrintable(bytes, isHeader: false)
        default: Array(bytes)
        }
    }

    /// Base64; what is no letter of it is passed over, as RFC 2045 asks.
    static func base64(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count / 4 * 3)
        var bits: UInt32 = 0
        var count = 0
        for byte in bytes {
            let value: UInt32
            switch byte {
            case 0x41...0x5A: value = UInt32(byte - 0x41)
            case 0x61...0x7A: value = UInt32(byte - 0x61 + 26)
            case 0x30...0x39: value = UInt32(byte - 0x30 + 52)
            case UInt8(ascii: "+"), UInt8(ascii: "-"): value = 62
            case UInt8(ascii: "/"), UInt8(ascii: "_"): value = 63
            case UInt8(ascii: "="):
                // The end of a run; another may follow it.
                bits = 0
                count = 0
                continue
            default: continue
            }
            bits = bits << 6 | value
            count += 6
            if count >= 8 {
                count -= 8
                output.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
            }
        }
        return output
    }

    /// Quoted-printable; what is none stays.
    static func quotedPrintable(_ bytes: ArraySlice<UInt8>, isHeader: Bool) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let byte = bytes[index]
            index += 1
            if isHeader, byte == UInt8(ascii: "_") {
                output.append(0x20)
            } else if byte == UInt8(ascii: "=") {
                if let value = UInt8(bytes[index...].prefix(2).asText, radix: 16), index + 2 <= bytes.endIndex {
                    output.append(value)
                    index += 2
                    continue
                }
                // A line that is broken only here.
                var end = index
                while end < bytes.endIndex, bytes[end] == 0x20 || bytes[end] == 0x09 || bytes[end] == 0x0D { end += 1 }
                if end < bytes.endIndex, bytes[end] == 0x0A { index = end + 1 } else { output.append(byte) }
            } else {
                output.append(byte)
            }
        }
        return output
    }
}

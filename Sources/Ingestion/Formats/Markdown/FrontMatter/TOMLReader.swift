/// TOML 1.0 as front matter has it: strings of all four kinds, lists, tables within a line, `[tables]` and dotted names.
///
/// Numbers, dates and truth values are kept as they are written, since that is what becomes of them anyway. It is more
/// lenient than TOML in what a bare value may be, and takes a name that is given twice. TOMLKit reads TOML, too, but brings a
/// C++ library that takes longer to build than all of Postil, for the front matter of one site generator.
struct TOMLReader {
    private let bytes: [UInt8]
    private var index = 0
    private var budget = FrontMatter.mostValues

    /// How deep values may nest, and tables.
    private static let deepest = 32
    /// Tables there may be: each is looked up among those before it.
    private static let mostTables = 1000

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Whether no line of a name and a value has been read.
    private(set) var isEmpty = true

    /// Reads all of it.
    mutating func members() throws(TOMLError) -> [FieldValue.Member] {
        var root: [FieldValue.Member] = []
        var path: [String] = []
        var tables = 0
        while true {
            skipBlank(lines: true)
            guard index < bytes.count else { return root }
            if take("[") {
                let isElement = take("[")
                path = try name()
                guard take("]"), !isElement || take("]") else { throw failure("a ] is missing") }
                tables += 1
                if tables > Self.mostTables { throw failure("it has more than \(Self.mostTables) tables") }
                Self.insert(nil, at: path[...], in: &root)
            } else {
                let name = try name()
                skipBlank(lines: false)
                guard take("=") else { throw failure("an = is missing") }
                isEmpty = false
                Self.insert(try value(depth: 0), at: (path + name)[...], in: &root)
            }
            skipBlank(lines: false)
            guard index >= bytes.count || bytes[index] == 0x0A else { throw failure("more text behind a value") }
        }
    }

    private func failure(_ reason: String) -> TOMLError {
        TOMLError(line: 1 + bytes[..<min(index, bytes.count)].count { $0 == 0x0A }, reason: reason)
    }

    /// Puts a value where its path leads, or makes the table there.
    private static func insert(_ value: FieldValue?, at path: ArraySlice<String>, in members: inout [FieldValue.Member])
    {
        guard let name = path.first else { return }
        let rest = path.dropFirst()
        if rest.isEmpty, let value {
            members.append(FieldValue.Member(name: name, value: value))
            return
        }
        // A table that was begun is mostly the last.
        let place = members.lastIndex { $0.name == name }
        var inner: [FieldValue.Member] = []
        if let place, case .object(let existing) = members[place].value { inner = existing }
        insert(value, at: rest, in: &inner)
        if let place {
            members[place].value = .object(inner)
        } else {
            members.append(FieldValue.Member(name: name, value: .object(inner)))
        }
    }

    /// A name, or several with dots between them.
    private mutating func name() throws(TOMLError) -> [String] {
        var path: [String] = []
        repeat {
            skipBlank(lines: false)
            if index < bytes.count, bytes[index] == 0x22 || bytes[index] == 0x27 {
                path.append(try string())
            } else {
                let start = index
                while index < bytes.count, Self.isNameByte(bytes[index]) { index += 1 }
                guard index > start else { throw failure("a name is missing") }
                path.append(String(decoding: bytes[start..<index], as: UTF8.self))
            }
            skipBlank(lines: false)
            if path.count > Self.deepest { throw failure("its tables nest deeper than \(Self.deepest)") }
        } while take(".")
        return path
    }

    private mutating func value(depth: Int) throws(TOMLError) -> FieldValue {
        budget -= 1
        guard budget >= 0 else { throw failure("it has more than \(FrontMatter.mostValues) values") }
        guard depth < Self.deepest else { throw failure("its values nest deeper than \(Self.deepest)") }
        skipBlank(lines: false)
        guard index < bytes.count else { throw failure("a value is missing") }
        switch bytes[index] {
        case 0x22, 0x27: return .text(try string())
        case UInt8(ascii: "["): return .list(try list(depth: depth))
        case UInt8(ascii: "{"): return .object(try table(depth: depth))
        default:
            let start = index
            while index < bytes.count, bytes[index] != 0x0A, !",]}#".utf8.contains(bytes[index]) { index += 1 }
            let text = String(decoding: bytes[start..<index], as: UTF8.self).trimmed
            guard !text.isEmpty else { throw failure("a value is missing") }
            return .text(text)
        }
    }

    private mutating func list(depth: Int) throws(TOMLError) -> [FieldValue] {
        var values: [FieldValue] = []
        index += 1
        while true {
            skipBlank(lines: true)
            if take("]") { return values }
            values.append(try value(depth: depth + 1))
            skipBlank(lines: true)
            if !take(",") {
                guard take("]") else { throw failure("a ] is missing") }
                return values
            }
        }
    }

    private mutating func table(depth: Int) throws(TOMLError) -> [FieldValue.Member] {
        var members: [FieldValue.Member] = []
        index += 1
        skipBlank(lines: true)
        if take("}") { return members }
        while true {
            let name = try name()
            guard take("=") else { throw failure("an = is missing") }
            Self.insert(try value(depth: depth + 1), at: name[...], in: &members)
            skipBlank(lines: true)
            if !take(",") {
                guard take("}") else { throw failure("a } is missing") }
                return members
            }
        }
    }

    private mutating func string() throws(TOMLError) -> String {
        let quote = bytes[index]
        let isLong = bytes[index...].starts(with: [quote, quote, quote])
        index += isLong ? 3 : 1
        if isLong, index < bytes.count, bytes[index] == 0x0A { index += 1 }
        var text: [UInt8] = []
        while index < bytes.count {
            let byte = bytes[index]
            if byte == quote, !isLong || bytes[index...].starts(with: [quote, quote, quote]) {
                index += isLong ? 3 : 1
                return String(decoding: text, as: UTF8.self)
            }
            if byte == 0x0A, !isLong { break }
            index += 1
            if byte == UInt8(ascii: "\\"), quote == 0x22 {
                appendEscape(to: &text)
            } else {
                text.append(byte)
            }
        }
        throw failure("a quotation mark is missing")
    }

    /// What stands behind a backslash. One that means nothing stands for itself.
    private mutating func appendEscape(to text: inout [UInt8]) {
        guard index < bytes.count else { return }
        let byte = bytes[index]
        index += 1
        switch byte {
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "b"), UInt8(ascii: "f"): text.append(0x20)
        case UInt8(ascii: "u"), UInt8(ascii: "U"):
            let digits = bytes[index...].prefix(byte == UInt8(ascii: "u") ? 4 : 8)
            let value = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
            text += Array(String(Character(value.flatMap(Unicode.Scalar.init) ?? "\u{FFFD}")).utf8)
            index += digits.count
        case 0x0A, 0x20, 0x09:
            // The line goes on with the next text.
            while index < bytes.count, bytes[index] <= 0x20 { index += 1 }
        default: text.append(byte)
        }
    }

    private mutating func take(_ mark: Unicode.Scalar) -> Bool {
        guard index < bytes.count, bytes[index] == UInt8(ascii: mark) else { return false }
        index += 1
        return true
    }

    /// Passes blanks and a comment, and with `lines` ends of lines, too.
    private mutating func skipBlank(lines: Bool) {
        while index < bytes.count {
            switch bytes[index] {
            case 0x20, 0x09, 0x0D: index += 1
            case 0x0A where lines: index += 1
            case UInt8(ascii: "#"):
                while index < bytes.count, bytes[index] != 0x0A { index += 1 }
            default: return
            }
        }
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-") || byte >= 0x80
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }
}

/// What is wrong with TOML, and on which of its lines.
struct TOMLError: Error {
    var line: Int
    var reason: String
}

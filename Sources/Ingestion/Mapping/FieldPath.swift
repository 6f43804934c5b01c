/// Where a value lies in a record: `title`, `user.displayName`, `tags[].name`, `pages.*.text`, or a name of what the
/// reader itself knows: `$path`.
///
/// - `a.b` is the value `b` of the object `a`. In CSV a path is one column name.
/// - `a[]` is each element of the list `a`, `a.*` each value of the object `a`.
/// - A name with a dot, bracket or quote in it stands in double quotes: `"dc.title"`.
/// - A list at the end of a path counts as its elements.
public struct FieldPath: Sendable, Hashable, CustomStringConvertible {
    enum Step: Sendable, Hashable {
        case name(FieldName)
        case elements
        case values
    }

    /// Whether it leads into lists or objects, to what is in them one by one.
    var namesElements: Bool { steps.contains { $0 == .elements || $0 == .values } }

    /// A key, with its UTF-8 bytes at hand for comparison with JSON, and its lower case for the header of a table.
    struct FieldName: Sendable, Hashable {
        let text: String
        let bytes: [UInt8]
        let folded: String
        private let isASCII: Bool

        init(_ text: String) {
            self.text = text
            bytes = Array(text.utf8)
            folded = text.lowercased()
            isASCII = bytes.allSatisfy { $0 < 0x80 }
        }

        /// Whether a name is this one, letter case aside.
        func isName(_ name: String) -> Bool {
            // Beyond ASCII one name can be written in several ways.
            guard name.utf8.count == folded.utf8.count else { return !isASCII && name == text }
            for (own, other) in zip(folded.utf8, name.utf8) where own != other {
                // Beyond ASCII letters have their own rules.
                if own >= 0x80 || other >= 0x80 { return name == text || name.lowercased() == folded }
                if !(0x41...0x5A).contains(other) || own != other | 0x20 { return false }
            }
            return true
        }
    }

    /// What the reader knows about a record besides its fields.
    enum Known: String, Sendable, CaseIterable {
        /// Path below the indexed folder.
        case path = "$path"
        /// File name without its extensions.
        case name = "$name"
        /// The line the record starts on.
        case line = "$line"
        /// The record's number in its source, from 1.
        case row = "$row"
        /// The text of a text, Markdown or HTML file.
        case text = "$text"
        /// The first heading of a Markdown file, the title of a page.
        case title = "$title"
    }

    let steps: [Step]
    let known: Known?
    /// The path as it was written.
    public let description: String

    /// Parses a path; throws a `ReadingError` that says what is wrong.
    init(parsing text: String) throws {
        description = text
        if text.hasPrefix("$") {
            guard let known = Known(rawValue: text) else {
                let names = Known.allCases.map(\.rawValue).joined(separator: ", ")
                throw ReadingError("there is no \(text); what the reader knows is \(names)")
            }
            self.known = known
            steps = []
            return
        }
        known = nil
        var rest = text[...]
        var steps: [Step] = []
        while true {
            if rest == "*" || rest.hasPrefix("*.") {
                rest.removeFirst()
                steps.append(.values)
            } else {
                steps.append(.name(FieldName(try Self.takeName(from: &rest, of: text))))
            }
            while rest.hasPrefix("[]") {
                rest.removeFirst(2)
                steps.append(.elements)
            }
            if rest.isEmpty { break }
            guard rest.hasPrefix("."), rest.count > 1 else {
                throw ReadingError("\"\(text)\" is no path; write it like user.displayName or tags[].name")
            }
            rest.removeFirst()
        }
        self.steps = steps
    }

    /// The first name, which the record's own fields are told from when "all others" are asked for.
    var firstName: String? {
        if case .name(let name) = steps.first { return name.text }
        return nil
    }

    /// The only name of a path without further steps.
    @inline(__always)
    var onlyName: FieldName? {
        guard steps.count == 1, case .name(let name) = steps[0] else { return nil }
        return name
    }

    private static func takeName(from rest: inout Substring, of text: String) throws -> String {
        if rest.hasPrefix("\"") {
            guard let end = rest.dropFirst().firstIndex(of: "\"") else {
                throw ReadingError("a double quote is missing in \(text)")
            }
            let name = rest[rest.index(after: rest.startIndex)..<end]
            rest = rest[rest.index(after: end)...]
            return String(name)
        }
        let name = rest.prefix { $0 != "." && $0 != "[" }
        if name.isEmpty { throw ReadingError("\"\(text)\" has an empty name in it") }
        rest = rest[name.endIndex...]
        return String(name)
    }
}

extension FieldPath: ExpressibleByStringLiteral {
    /// Parses a path.
    ///
    /// - Throws: ``ProfileError`` that says what is wrong.
    public init(_ text: String) throws(ProfileError) {
        do { try self.init(parsing: text) } catch {
            throw ProfileError(path: "path “\(text)”", line: nil, message: "\(error)")
        }
    }

    /// Takes a path that stands in code; traps when the literal is none.
    public init(stringLiteral text: String) {
        do { try self.init(parsing: text) } catch { preconditionFailure("\(text): \(error)") }
    }
}

/// A text with fields of the record in braces: `{URL}#summary`, `{Email:slug}/{Title:slug}`.
///
/// `:slug` turns a value into lower-case letters and digits joined by single hyphens. `{{` is a brace. A template with an
/// absent field gives nothing, so that the next alternative is taken.
public struct TextTemplate: Sendable, Hashable {
    enum Part: Sendable, Hashable {
        case literal(String)
        case field(FieldPath, isSlug: Bool)
    }

    let parts: [Part]

    /// Parses a template; throws a `ReadingError`.
    init(parsing text: String) throws {
        var parts: [Part] = []
        var literal = ""
        var rest = text[...]
        while let character = rest.popFirst() {
            if character == "{", rest.first == "{" {
                rest.removeFirst()
                literal.append("{")
            } else if character == "{" {
                guard let end = rest.firstIndex(of: "}") else {
                    throw ReadingError("a } is missing in \"\(text)\"")
                }
                if !literal.isEmpty { parts.append(.literal(literal)) }
                literal = ""
                var path = rest[..<end]
                let isSlug = path.hasSuffix(":slug")
                if isSlug { path.removeLast(5) }
                parts.append(.field(try FieldPath(parsing: String(path)), isSlug: isSlug))
                rest = rest[rest.index(after: end)...]
            } else {
                literal.append(character)
            }
        }
        if !literal.isEmpty { parts.append(.literal(literal)) }
        self.parts = parts
    }

    /// The paths in it.
    var paths: [FieldPath] {
        parts.compactMap { if case .field(let path, _) = $0 { path } else { nil } }
    }

    /// A name fit for ids: `Robust Program Equilibrium?` gives `robust-program-equilibrium`.
    static func slug(_ text: String) -> String {
        text.lowercased().split { !$0.isLetter && !$0.isNumber }.joined(separator: "-")
    }
}

extension TextTemplate: ExpressibleByStringLiteral, CustomStringConvertible {
    /// Parses a template.
    ///
    /// - Throws: ``ProfileError`` that says what is wrong.
    public init(_ text: String) throws(ProfileError) {
        do { try self.init(parsing: text) } catch {
            throw ProfileError(path: "template “\(text)”", line: nil, message: "\(error)")
        }
    }

    /// Takes a template that stands in code; traps when the literal is none.
    public init(stringLiteral text: String) {
        do { try self.init(parsing: text) } catch { preconditionFailure("\(text): \(error)") }
    }

    /// The template as it is written.
    public var description: String {
        parts.map { part in
            switch part {
            case .literal(let text): text.replacing("{", with: "{{")
            case .field(let path, let isSlug): "{" + path.description + (isSlug ? ":slug" : "") + "}"
            }
        }.joined()
    }
}

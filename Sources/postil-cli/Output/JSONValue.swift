/// A JSON value that keeps the order of its members, so that output reads as it is documented.
enum JSONValue: Sendable, Equatable {
    case null
    case boolean(Bool)
    case integer(Int64)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([Member])

    /// One member of an object.
    struct Member: Sendable, Equatable {
        var name: String
        var value: JSONValue
    }

    /// An object of `members` in this order.
    static func members(_ members: KeyValuePairs<String, JSONValue>) -> JSONValue {
        .object(members.map { Member(name: $0.key, value: $0.value) })
    }

    /// A string, or null.
    static func optional(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }

    /// A number of things.
    static func count(_ count: Int) -> JSONValue { .integer(Int64(count)) }

    /// RFC 8259 text on one line.
    var text: String {
        var result = ""
        append(to: &result, indentation: nil)
        return result
    }

    /// RFC 8259 text for people: one member a line, two spaces deeper each.
    var indentedText: String {
        var result = ""
        append(to: &result, indentation: 0)
        return result
    }

    private func append(to result: inout String, indentation: Int?) {
        switch self {
        case .null: result += "null"
        case .boolean(let value): result += value ? "true" : "false"
        case .integer(let value): result += String(value)
        // JSON has no infinities and no NaN.
        case .number(let value): result += value.isFinite ? "\(value)" : "null"
        case .string(let value): JSONValue.append(value, to: &result)
        case .array(let values):
            // Pairs of offsets stay on one line.
            let inner = values.allSatisfy(\.isScalar) ? nil : indentation
            JSONValue.append("[", values, "]", to: &result, indentation: inner) { value, result, deeper in
                value.append(to: &result, indentation: deeper)
            }
        case .object(let members):
            JSONValue.append("{", members, "}", to: &result, indentation: indentation) { member, result, deeper in
                JSONValue.append(member.name, to: &result)
                result += deeper == nil ? ":" : ": "
                member.value.append(to: &result, indentation: deeper)
            }
        }
    }

    private var isScalar: Bool {
        switch self {
        case .array, .object: false
        default: true
        }
    }

    private static func append<Element>(
        _ opening: String, _ elements: [Element], _ closing: String, to result: inout String, indentation: Int?,
        element append: (Element, inout String, Int?) -> Void
    ) {
        result += opening
        let deeper = indentation.map { $0 + 2 }
        for (number, element) in elements.enumerated() {
            if number > 0 { result += "," }
            if let deeper { result += "\n" + String(repeating: " ", count: deeper) }
            append(element, &result, deeper)
        }
        if let indentation, !elements.isEmpty { result += "\n" + String(repeating: " ", count: indentation) }
        result += closing
    }

    private static func append(_ text: String, to result: inout String) {
        result += "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            // Line separators end a line for some readers of JSON Lines; DEL and C1 would reach a terminal.
            case "\0"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}":
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        result += "\""
    }
}

/// What a field of a report holds. Objects keep the order of their members, so that output reads as it is documented.
package enum ReportValue: Sendable, Equatable {
    case null
    case boolean(Bool)
    case integer(Int64)
    case number(Double)
    case string(String)
    case array([ReportValue])
    case object([Member])

    /// One member of an object.
    package struct Member: Sendable, Equatable {
        package var name: String
        package var value: ReportValue

        /// Names a value.
        package init(name: String, value: ReportValue) {
            self.name = name
            self.value = value
        }
    }

    /// An object of `members` in this order.
    package static func members(_ members: KeyValuePairs<String, ReportValue>) -> ReportValue {
        .object(.members(members))
    }

    /// A string, or null.
    package static func optional(_ text: String?) -> ReportValue { text.map { .string($0) } ?? .null }

    /// A number of things.
    package static func count(_ count: Int) -> ReportValue { .integer(Int64(count)) }

    /// A list of texts.
    package static func strings(_ texts: [String]) -> ReportValue { .array(texts.map { .string($0) }) }

    /// An object of texts, by name.
    package static func strings(_ texts: [String: String]) -> ReportValue {
        .object(texts.sorted { $0.key < $1.key }.map { Member(name: $0.key, value: .string($0.value)) })
    }

    /// Whether it is no list and no object.
    var isScalar: Bool {
        switch self {
        case .array, .object: false
        default: true
        }
    }

    /// As a cell of a table: nothing for null, texts of a list behind one another, anything deeper as JSON.
    var cell: String {
        switch self {
        case .null: ""
        case .string(let text): text
        case .array(let values) where values.allSatisfy(\.isScalar): values.map(\.cell).joined(separator: "; ")
        case .object(let members) where members.isEmpty: ""
        default: text
        }
    }
}

extension [ReportValue.Member] {
    /// Members in this order.
    package static func members(_ members: KeyValuePairs<String, ReportValue>) -> [ReportValue.Member] {
        members.map { ReportValue.Member(name: $0.key, value: $0.value) }
    }
}

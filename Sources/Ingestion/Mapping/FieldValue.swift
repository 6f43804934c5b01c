/// A value of a record that is held as a tree: front matter, or what a page's head says.
enum FieldValue: Hashable, Sendable {
    case text(String)
    case list([FieldValue])
    case object([Member])

    struct Member: Hashable, Sendable {
        var name: String
        var value: FieldValue
    }

    /// The texts of a scalar or of a list of scalars, without blank ones.
    var texts: [String] {
        switch self {
        case .text(let text):
            return text.isBlank ? [] : [text]
        case .list(let values):
            return values.compactMap { value in
                guard case .text(let text) = value, !text.isBlank else { return nil }
                return text
            }
        case .object:
            return []
        }
    }

    /// Everything in it in one line of text.
    var summary: String {
        switch self {
        case .text(let text): text
        case .list(let values): values.map(\.summary).filter { !$0.isBlank }.joined(separator: ", ")
        case .object(let members): members.map { "\($0.name): \($0.value.summary)" }.joined(separator: "; ")
        }
    }

    /// The values that a path leads to.
    func values(at steps: ArraySlice<FieldPath.Step>) -> [FieldValue] {
        guard let step = steps.first else { return [self] }
        let rest = steps.dropFirst()
        switch (step, self) {
        case (.name(let name), .object(let members)):
            let member = members.last { $0.name == name.text } ?? members.last { name.isName($0.name) }
            return member?.value.values(at: rest) ?? []
        case (.elements, .list(let values)):
            return values.flatMap { $0.values(at: rest) }
        case (.values, .object(let members)):
            return members.flatMap { $0.value.values(at: rest) }
        default:
            return []
        }
    }
}

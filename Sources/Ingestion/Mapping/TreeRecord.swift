import Documents

/// The fields of a file that is one document. People write their names in any case; one in the very case is preferred.
struct TreeRecord: Record {
    private let names: FieldNames
    private let members: [FieldValue.Member]
    /// For each field of ``names`` whether there is a member of its name.
    private let present: [Bool]
    /// Members whose name no field has.
    private let others: [Int]

    /// A record of these members. Their names are compared once, since a mapping asks for many fields that hardly any record has.
    init(names: FieldNames, members: [FieldValue.Member]) {
        self.names = names
        self.members = members
        var present = [Bool](repeating: false, count: names.count)
        var others: [Int] = []
        for index in members.indices where !names.mark(members[index].name, in: &present) { others.append(index) }
        self.present = present
        self.others = others
    }

    func has(_ field: Int) -> Bool { present[field] }

    func text(of field: Int, joinedBy separator: String) -> String? {
        guard present[field] else { return nil }
        return text(in: FieldValue.object(members).values(at: [.name(names.names[field])]), joinedBy: separator)
    }

    func text(at path: FieldPath, joinedBy separator: String) -> String? {
        text(in: FieldValue.object(members).values(at: path.steps[...]), joinedBy: separator)
    }

    func texts(at path: FieldPath) -> [String] {
        FieldValue.object(members).values(at: path.steps[...]).flatMap(\.texts)
    }

    func labels(at path: FieldPath) -> [String] {
        var labels: [String] = []
        for value in FieldValue.object(members).values(at: path.steps[...]) { value.append(labelsTo: &labels) }
        return labels
    }

    func isList(at path: FieldPath) -> Bool {
        path.namesElements || FieldValue.object(members).values(at: path.steps[...]).contains(where: \.isList)
    }

    func people(at path: FieldPath) -> [String] {
        let values = FieldValue.object(members).values(at: path.steps[...])
        return values.flatMap(\.people).asPeople(ofParts: values.contains(where: \.holdsObjects))
    }

    func otherText(of field: Int) -> String? {
        let texts = members.filter { names.names[field].isName($0.name) }.map(\.value.summary).filter { !$0.isBlank }
        return texts.isEmpty ? nil : texts.joined(separator: ", ")
    }

    func otherFields(atMost limit: Int) -> (fields: [OtherField], isCut: Bool) {
        var fields: [OtherField] = []
        for index in others {
            let member = members[index]
            let text = member.value.summary
            if text.isBlank { continue }
            if fields.count == limit { return (fields, true) }
            fields.append(OtherField(name: member.name, text: text, isList: member.value.isList))
        }
        return (fields, false)
    }

    var fieldNames: [String] { members.map(\.name).filter { !$0.isEmpty } }

    private func text(in values: [FieldValue], joinedBy separator: String) -> String? {
        let texts = values.flatMap(\.texts)
        return texts.isEmpty ? nil : texts.joined(separator: separator)
    }
}

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
        case .object(let members):
            return HeldText.texts(
                among: members.compactMap { member in
                    guard case .text(let text) = member.value, !text.isBlank else { return nil }
                    return (member.name, text)
                })
        }
    }

    /// The texts, where objects count by their names.
    var labels: [String] {
        var labels: [String] = []
        append(labelsTo: &labels)
        return labels
    }

    /// Adds the texts, where objects count by their names (see `MetadataLists.nameKeys`).
    func append(labelsTo labels: inout [String]) {
        switch self {
        case .text(let text): if !text.isBlank { labels.append(text) }
        case .list(let values): for value in values { value.append(labelsTo: &labels) }
        case .object(let members):
            let label = MetadataLists.nameKeys.lazy.compactMap { key in
                members.last { $0.name == key }?.value.texts.first
            }.first
            if let label { labels.append(label) }
        }
    }

    /// The texts, where objects count as the people that they name (see `PersonParts`).
    var people: [String] {
        switch self {
        case .text: return texts
        case .list(let values): return values.flatMap(\.people)
        case .object(let members):
            var parts = PersonParts()
            for member in members {
                if case .text(let text) = member.value {
                    parts.add(member.name, text)
                } else if case .object = member.value, PersonParts.isPerson(member.name) {
                    parts.add(person: member.value.people.first)
                }
            }
            return [parts.name].compactMap(\.self)
        }
    }

    /// Whether it is an object or a list with one.
    var holdsObjects: Bool {
        switch self {
        case .text: false
        case .list(let values): values.contains(where: \.holdsObjects)
        case .object: true
        }
    }

    var isList: Bool { if case .list = self { true } else { false } }

    /// Everything in it in one line of text.
    var summary: String {
        switch self {
        case .text(let text): text
        case .list(let values):
            MetadataLists.text(
                of: values.map(\.summary).filter { !$0.isBlank },
                isFlat: values.allSatisfy { if case .text = $0 { true } else { false } })
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

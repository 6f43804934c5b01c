/// The fields of a file that is one document. People write their names in any case; one in the very case is preferred.
struct TreeRecord: Record {
    let names: FieldNames
    var members: [FieldValue.Member] = []

    func has(_ field: Int) -> Bool { members.contains { names.names[field].isName($0.name) } }

    func text(of field: Int, joinedBy separator: String) -> String? {
        text(in: FieldValue.object(members).values(at: [.name(names.names[field])]), joinedBy: separator)
    }

    func text(at path: FieldPath, joinedBy separator: String) -> String? {
        text(in: FieldValue.object(members).values(at: path.steps[...]), joinedBy: separator)
    }

    func texts(at path: FieldPath) -> [String] {
        FieldValue.object(members).values(at: path.steps[...]).flatMap(\.texts)
    }

    var otherFields: [(name: String, text: String)] {
        members.compactMap { member in
            let text = member.value.summary
            return names.names.contains { $0.isName(member.name) } || text.isBlank ? nil : (member.name, text)
        }
    }

    var fieldNames: [String] { members.map(\.name) }

    private func text(in values: [FieldValue], joinedBy separator: String) -> String? {
        let texts = values.flatMap(\.texts)
        return texts.isEmpty ? nil : texts.joined(separator: separator)
    }
}

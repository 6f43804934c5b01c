/// The fields of a file that is one document.
struct TreeRecord: Record {
    var members: [FieldValue.Member] = []

    func text(at path: FieldPath, joinedBy separator: String) -> String? {
        let texts = texts(at: path)
        return texts.isEmpty ? nil : texts.joined(separator: separator)
    }

    func texts(at path: FieldPath) -> [String] {
        FieldValue.object(members).values(at: path.steps[...]).flatMap(\.texts)
    }

    func fields(except excluded: Set<String>) -> [(name: String, text: String)] {
        members.compactMap { member in
            let text = member.value.summary
            return excluded.contains(member.name) || text.isBlank ? nil : (member.name, text)
        }
    }

    var fieldNames: [String] { members.map(\.name) }
}

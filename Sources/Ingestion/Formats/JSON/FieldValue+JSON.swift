extension FieldValue {
    /// A value of a tape. Recursive, no deeper than the tape allows.
    ///
    /// - Parameter names: Members of objects that are not taken.
    init(_ nodes: [JSONTape.Node], _ node: Int, in bytes: UnsafeRawBufferPointer, leavingOut names: Set<String> = []) {
        func text(_ node: Int) -> String {
            let place = nodes[node]
            let slice = UnsafeRawBufferPointer(rebasing: bytes[Int(place.start)..<Int(place.end)])
            return place.kind == .escapedString
                ? JSONStringDecoder.unescaped(slice) : String(decoding: slice, as: UTF8.self)
        }
        switch nodes[node].kind {
        case .object:
            var members: [Member] = []
            var key = node + 1
            while key < Int(nodes[node].next) {
                let name = text(key)
                if !names.contains(name) {
                    members.append(Member(name: name, value: FieldValue(nodes, key + 1, in: bytes, leavingOut: names)))
                }
                key = Int(nodes[key + 1].next)
            }
            self = .object(members)
        case .array:
            var values: [FieldValue] = []
            var element = node + 1
            while element < Int(nodes[node].next) {
                values.append(FieldValue(nodes, element, in: bytes, leavingOut: names))
                element = Int(nodes[element].next)
            }
            self = .list(values)
        case .null: self = .text("")
        case .string, .escapedString, .number, .trueLiteral, .falseLiteral: self = .text(text(node))
        }
    }
}

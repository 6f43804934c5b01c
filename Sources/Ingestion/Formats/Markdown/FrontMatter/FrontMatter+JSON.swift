extension FrontMatter {
    /// Reads an object whose `}` ends a line; nil when there is none.
    init?(json bytes: UnsafeBufferPointer<UInt8>, from start: Int) {
        guard let objectEnd = Self.objectEnd(bytes, from: start) else { return nil }
        var lines = TextLines(bytes, from: objectEnd)
        if let rest = lines.next(), !bytes[rest].allSatisfy({ $0 <= 0x20 }) { return nil }
        let object = UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: bytes[start..<objectEnd]))
        var tape = JSONTape()
        guard tape.failure(scanning: object) == nil, tape.nodes.count <= Self.mostValues,
            case .object(let members) = Self.value(0, of: tape.nodes, in: object)
        else { return nil }
        fields = members
        end = lines.place
    }

    /// The byte behind the `}` that closes the first `{`.
    private static func objectEnd(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
        var depth = 0
        var isString = false
        var index = start
        while index < min(bytes.count, start + longest) {
            switch bytes[index] {
            case UInt8(ascii: "\\") where isString: index += 1
            case UInt8(ascii: "\""): isString.toggle()
            case UInt8(ascii: "{") where !isString: depth += 1
            case UInt8(ascii: "}") where !isString:
                depth -= 1
                if depth == 0 { return index + 1 }
            default: break
            }
            index += 1
        }
        return nil
    }

    /// A value of the tape. Recursive, no deeper than the tape allows.
    private static func value(
        _ node: Int, of nodes: [JSONTape.Node], in bytes: UnsafeRawBufferPointer
    ) -> FieldValue {
        func text(_ node: Int) -> String {
            let place = nodes[node]
            let slice = UnsafeRawBufferPointer(rebasing: bytes[Int(place.start)..<Int(place.end)])
            return place.kind == .escapedString
                ? JSONStringDecoder.unescaped(slice) : String(decoding: slice, as: UTF8.self)
        }
        switch nodes[node].kind {
        case .object:
            var members: [FieldValue.Member] = []
            var key = node + 1
            while key < Int(nodes[node].next) {
                members.append(FieldValue.Member(name: text(key), value: value(key + 1, of: nodes, in: bytes)))
                key = Int(nodes[key + 1].next)
            }
            return .object(members)
        case .array:
            var values: [FieldValue] = []
            var element = node + 1
            while element < Int(nodes[node].next) {
                values.append(value(element, of: nodes, in: bytes))
                element = Int(nodes[element].next)
            }
            return .list(values)
        case .null: return .text("")
        case .string, .escapedString, .number, .trueLiteral, .falseLiteral: return .text(text(node))
        }
    }
}

extension FrontMatter {
    /// Reads an object whose `}` ends a line; nil when there is none.
    init?(json bytes: UnsafeBufferPointer<UInt8>, from start: Int) {
        guard let objectEnd = Self.objectEnd(bytes, from: start) else { return nil }
        var lines = TextLines(bytes, from: objectEnd)
        if let rest = lines.next(), !bytes[rest].allSatisfy({ $0 <= 0x20 }) { return nil }
        let object = UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: bytes[start..<objectEnd]))
        var tape = JSONTape()
        guard tape.failure(scanning: object) == nil, tape.nodes.count <= Self.mostValues,
            case .object(let members) = FieldValue(tape.nodes, 0, in: object)
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
}

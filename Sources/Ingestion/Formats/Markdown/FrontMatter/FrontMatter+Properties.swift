extension FrontMatter {
    /// Reads the properties of a page of Logseq, or Dataview's fields: lines of `name:: value` at the beginning, up to the first other one.
    ///
    ///     tags:: [[sea animals]], arctic, #[[big game]]
    ///
    /// is a list of three. No sentence begins so; C++ has no blank behind its colons.
    init?(properties bytes: UnsafeBufferPointer<UInt8>, from start: Int) {
        var lines = TextLines(bytes, from: start)
        var members: [FieldValue.Member] = []
        var end = start
        while let line = lines.next(), let name = Self.propertyName(bytes, line) {
            guard lines.place - start <= Self.longest, members.count < Self.mostValues else { return nil }
            let value = lines.text(line.dropFirst(name.count + 2)).trimmed
            members.append(FieldValue.Member(name: lines.text(name), value: Self.propertyValue(value)))
            end = lines.place
        }
        if members.isEmpty { return nil }
        fields = members
        self.end = end
    }

    /// The name with which a line begins, when it is a property.
    private static func propertyName(_ bytes: UnsafeBufferPointer<UInt8>, _ line: Range<Int>) -> Range<Int>? {
        guard let first = line.first, isLetter(bytes[first]),
            let colon = line.prefix(longestPropertyName + 1).first(where: { bytes[$0] == UInt8(ascii: ":") }),
            colon + 1 < line.upperBound, bytes[colon + 1] == UInt8(ascii: ":"),
            colon + 2 == line.upperBound || bytes[colon + 2] <= 0x20,
            bytes[line.lowerBound..<colon].allSatisfy({ isNameByte($0) && $0 != 0x20 })
        else { return nil }
        return line.lowerBound..<colon
    }

    private static let longestPropertyName = 60

    /// A list where pages stand between commas or blanks, `[[a b]]` or `#[[a b]]`, else the text, in which they are named without brackets.
    private static func propertyValue(_ text: String) -> FieldValue {
        guard text.contains("[[") else { return .text(text) }
        let said = FieldValue.text(text.replacing("#[[", with: "").replacing("[[", with: "").replacing("]]", with: ""))
        var values: [FieldValue] = []
        var rest = text[...]
        while true {
            rest = rest.drop { $0 == "," || $0.isWhitespace }
            if rest.isEmpty { return .list(values) }
            if let open = ["[[", "#[["].first(where: rest.hasPrefix) {
                guard let close = rest.firstRange(of: "]]") else { return said }
                values.append(.text(String(rest[..<close.lowerBound].dropFirst(open.count))))
                rest = rest[close.upperBound...]
                guard rest.isEmpty || rest.hasPrefix(",") || rest.hasPrefix(" ") else { return said }
            } else {
                let part = rest.prefix { $0 != "," }
                // A sentence that names a page.
                if part.contains("[[") { return said }
                values.append(.text(String(part).trimmed))
                rest = rest[part.endIndex...]
            }
        }
    }
}

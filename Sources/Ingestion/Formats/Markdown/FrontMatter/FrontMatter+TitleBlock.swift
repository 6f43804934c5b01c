extension FrontMatter {
    /// Reads pandoc's title block: up to three lines that begin with `%`, the title, authors and date, each with indented lines
    /// that go on; nil when there is none. `%%` begins a comment.
    init?(titleBlock bytes: UnsafeBufferPointer<UInt8>, from start: Int) {
        var lines = TextLines(bytes, from: start)
        var parts: [[String]] = []
        var matterEnd = start
        while let line = lines.next(), lines.place - start <= Self.longest {
            let isPart = bytes[line].first == UInt8(ascii: "%")
            let goesOn = bytes[line].first.map { $0 <= 0x20 } ?? false && !bytes[line].allSatisfy { $0 <= 0x20 }
            guard isPart && parts.count < 3 || goesOn && !parts.isEmpty else { break }
            let text = lines.text(line.dropFirst(isPart ? 1 : 0))
            if isPart {
                guard text.isEmpty || text.first?.isWhitespace ?? false else { return nil }
                parts.append([text.trimmed])
            } else {
                parts[parts.count - 1].append(text.trimmed)
            }
            matterEnd = lines.place
        }
        guard parts.contains(where: { $0.contains { !$0.isEmpty } }) else { return nil }
        func add(_ name: String, _ values: [String]) {
            let values = values.map(\.trimmed).filter { !$0.isEmpty }
            guard let first = values.first else { return }
            fields.append(
                FieldValue.Member(
                    name: name, value: values.count == 1 ? .text(first) : .list(values.map { .text($0) })))
        }
        add("title", [parts[0].joined(separator: " ")])
        if parts.count > 1 { add("author", parts[1].flatMap { $0.split(separator: ";").map(String.init) }) }
        if parts.count > 2 { add("date", [parts[2].joined(separator: " ")]) }
        end = matterEnd
    }
}

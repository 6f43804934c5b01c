extension SyntheticCollection {
    /// Writes all documents as JSON Lines, in order: {"id","title","text","date","tags"}.
    ///
    /// - Parameters:
    ///   - chunkSize: bytes collected before `sink` is called.
    ///   - sink: takes each chunk; its errors end the writing.
    /// - Complexity: O(text); above 50 MB/s on one core.
    public func writeJSONLines(chunkSize: Int = 1 << 20, to sink: ([UInt8]) throws -> Void) rethrows {
        var composition = Composition()
        var chunk: [UInt8] = []
        chunk.reserveCapacity(chunkSize + chunkSize / 4)
        for number in 0..<documentCount {
            compose(number, into: &composition)
            appendJSON(composition, to: &chunk)
            if chunk.count >= chunkSize {
                try sink(chunk)
                chunk.removeAll(keepingCapacity: true)
            }
        }
        if !chunk.isEmpty { try sink(chunk) }
    }

    /// Nothing written here needs escaping: words, punctuation and digits only.
    private func appendJSON(_ composition: Composition, to output: inout [UInt8]) {
        output.append(#"{"id":"d"#)
        output.append(number: composition.number, width: 7)
        output.append(#"","title":""#)
        appendTitle(composition, to: &output)
        output.append(#"","text":""#)
        appendText(composition, to: &output)
        output.append(#"","date":""#)
        appendDate(composition.salt, to: &output)
        output.append(#"","tags":[""#)
        appendTags(composition, to: &output)
        output.append("\"]}\n")
    }

    func appendTitle(_ composition: Composition, to output: inout [UInt8]) {
        let start = output.count
        for rank in composition.title {
            if output.count > start { output.append(UInt8(ascii: " ")) }
            vocabulary.withWord(Int(rank)) { output.append(contentsOf: $0) }
        }
        if output.count > start { output[start] ^= 0x20 }  // words begin with a lower-case ASCII letter
    }

    func appendText(_ composition: Composition, to output: inout [UInt8]) {
        var startsSentence = true
        for position in composition.body.indices {
            let start = output.count
            vocabulary.withWord(Int(composition.body[position])) { output.append(contentsOf: $0) }
            if startsSentence { output[start] ^= 0x20 }
            startsSentence = false
            switch composition.marks[position] {
            case .space: output.append(UInt8(ascii: " "))
            case .comma: output.append(", ")
            case .hyphen: output.append(UInt8(ascii: "-"))
            case .accent: output.append("é ")
            case .number:
                output.append(UInt8(ascii: " "))
                output.append(number: Int(composition.salt % 9973) + position, width: 1)
                output.append(UInt8(ascii: " "))
            case .stop:
                output.append(position == composition.body.count - 1 ? "." : ". ")
                startsSentence = true
            }
        }
    }

    /// A day of the years 1992 to 2023, as ISO 8601.
    private func appendDate(_ salt: UInt64, to output: inout [UInt8]) {
        output.append(number: 1992 + Int(salt >> 59), width: 4)
        output.append(UInt8(ascii: "-"))
        output.append(number: 1 + ((Int(salt >> 48 & 0x7FF) * 12) >> 11), width: 2)
        output.append(UInt8(ascii: "-"))
        output.append(number: 1 + ((Int(salt >> 37 & 0x7FF) * 28) >> 11), width: 2)
    }

    /// The topic, and for half of the documents a second label out of eight.
    private func appendTags(_ composition: Composition, to output: inout [UInt8]) {
        output.append("topic-")
        output.append(number: composition.topic, width: 1)
        if composition.salt & 1 == 1 {
            output.append(#"",""#)
            output.append("label-")
            output.append(number: Int(composition.salt >> 1 & 7), width: 1)
        }
    }
}

extension [UInt8] {
    mutating func append(_ text: StaticString) {
        text.withUTF8Buffer { append(contentsOf: $0) }
    }

    /// Appends a number in decimal, with leading zeros up to `width`.
    mutating func append(number: Int, width: Int) {
        var digits: (UInt64, Int) = (0, 0)
        var rest = number
        while rest > 0 || digits.1 < width {
            assert(digits.1 < 16, "number \(number) has too many digits")
            digits.0 = digits.0 << 4 | UInt64(rest % 10)
            digits.1 += 1
            rest /= 10
        }
        for _ in 0..<Swift.max(digits.1, 1) {
            append(UInt8(ascii: "0") + UInt8(digits.0 & 15))
            digits.0 >>= 4
        }
    }
}

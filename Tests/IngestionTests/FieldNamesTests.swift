import PostilTestSupport
import Testing

@testable import Ingestion

/// Fields found by number are those found by name.
@Suite struct FieldNamesTests {
    /// Names that are equal in their first bytes, as long as a key's, longer, empty, or with escapes.
    private static let words = [
        "", "a", "ab", "abcdefg", "abcdefgh", "abcdefgi", "abc\u{0}", "é", "id", "text", "published", "published_at",
        "x\"y", String(repeating: "n", count: 256), String(repeating: "n", count: 300),
    ]

    private func quoted(_ text: String, _ random: inout SplitMix64) -> String {
        var json = "\""
        for scalar in text.unicodeScalars {
            let isEscaped = scalar.value < 0x20 || scalar == "\"" || scalar == "\\"
            if isEscaped || Int.random(in: 0..<8, using: &random) == 0, scalar.value < 0x100 {
                let digits = String(scalar.value, radix: 16)
                json += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            } else {
                json.unicodeScalars.append(scalar)
            }
        }
        return json + "\""
    }

    private func value(_ random: inout SplitMix64) -> String {
        switch Int.random(in: 0..<8, using: &random) {
        case 0: "null"
        case 1: "[1, \"two\", [], \" \"]"
        case 2: "{\"a\": 1}"
        case 3: "\"  \""
        case 4: "[]"
        default: quoted("v\(random.next() % 100)", &random)
        }
    }

    @Test(arguments: 1...200)
    func fieldsByNumberEqualFieldsByName(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let known = Self.words.filter { !$0.isEmpty && Bool.random(using: &random) }
        let paths = try known.map { try FieldPath(parsing: $0.contains("\"") ? $0 : "\"\($0)\"") }
        let names = FieldNames(paths)
        let members = (0..<Int.random(in: 0...12, using: &random)).map { _ in
            (Self.words.randomElement(using: &random) ?? "", value(&random))
        }
        let json = "{" + members.map { "\(quoted($0.0, &random)): \($0.1)" }.joined(separator: ", ") + "}"
        let comment: Comment = "seed: \(seed), \(json)"
        var tape = JSONTape()
        var places = [Int](repeating: 4711, count: names.count)
        try Array(json.utf8).withUnsafeBytes { bytes in
            try tape.scan(bytes)
            tape.nodes.withUnsafeBufferPointer { nodes in
                places.withUnsafeMutableBufferPointer { places in
                    let record = JSONRecord(
                        bytes: bytes, nodes: nodes, names: names, places: places, tally: BatchTally())
                    for path in paths {
                        guard let name = path.firstName, let number = names.number(of: name) else {
                            Issue.record("\(path) has no number")
                            continue
                        }
                        #expect(record.has(number) == members.contains { $0.0 == name }, comment)
                        #expect(
                            record.text(of: number, joinedBy: "; ") == record.text(at: path, joinedBy: "; "), comment)
                    }
                    #expect(
                        record.otherFields(atMost: .max).fields.map(\.name).allSatisfy {
                            !known.contains($0) && Self.words.contains($0)
                        },
                        comment)
                    let others = members.filter { !known.contains($0.0) && !["null", "\"  \"", "[]"].contains($0.1) }
                    #expect(record.otherFields(atMost: .max).fields.map(\.name) == others.map(\.0), comment)
                }
            }
        }
    }

    @Test(arguments: [
        ("title", "Title", true), ("title", "TITLE", true), ("title", "pages", false), ("Title", "tiTle", true),
        ("tit\u{60}e", "tit@e", false), ("größe", "GRÖSSE", false), ("größe", "GRÖßE", true), ("é", "É", true),
        ("a[b", "A{B", false), ("a", "", false), ("", "", true),
    ])
    func aNameIsTheSameInAnyLetterCase(own: String, other: String, isSame: Bool) {
        #expect(FieldPath.FieldName(own).isName(other) == isSame)
    }
}

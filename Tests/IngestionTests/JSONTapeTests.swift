import Foundation
import PostilTestSupport
import Testing

@testable import Ingestion

/// A JSON value as a tree, to compare two readers by.
private indirect enum Tree: Equatable {
    case object([String: Tree])
    case array([Tree])
    case text(String)
    case number(Double)
    case truth(Bool)
    case null

    init(tape: JSONTape, bytes: UnsafeRawBufferPointer, node: Int = 0) {
        let value = tape.nodes[node]
        let slice = UnsafeRawBufferPointer(rebasing: bytes[Int(value.start)..<Int(value.end)])
        switch value.kind {
        case .object:
            var members: [String: Tree] = [:]
            var key = node + 1
            while key < Int(value.next) {
                let keyNode = tape.nodes[key]
                let keySlice = UnsafeRawBufferPointer(rebasing: bytes[Int(keyNode.start)..<Int(keyNode.end)])
                members[JSONStringDecoder.unescaped(keySlice)] = Tree(tape: tape, bytes: bytes, node: key + 1)
                key = Int(tape.nodes[key + 1].next)
            }
            self = .object(members)
        case .array:
            var elements: [Tree] = []
            var child = node + 1
            while child < Int(value.next) {
                elements.append(Tree(tape: tape, bytes: bytes, node: child))
                child = Int(tape.nodes[child].next)
            }
            self = .array(elements)
        case .string: self = .text(String(decoding: slice, as: UTF8.self))
        case .escapedString: self = .text(JSONStringDecoder.unescaped(slice))
        case .number: self = .number(Double(String(decoding: slice, as: UTF8.self)) ?? .nan)
        case .trueLiteral: self = .truth(true)
        case .falseLiteral: self = .truth(false)
        case .null: self = .null
        }
    }

    init(foundation value: Any) {
        switch value {
        case let members as [String: Any]: self = .object(members.mapValues { Tree(foundation: $0) })
        case let elements as [Any]: self = .array(elements.map { Tree(foundation: $0) })
        case let text as String: self = .text(text)
        case let truth as Bool: self = .truth(truth)
        case let number as NSNumber: self = .number(number.doubleValue)
        default: self = .null
        }
    }

    /// JSON for the value, with white space and escapes where chance puts them.
    func write(with random: inout SplitMix64) -> String {
        func space(_ random: inout SplitMix64) -> String {
            ["", "", "", " ", "\n", "\t "].randomElement(using: &random) ?? ""
        }
        switch self {
        case .object(let members):
            let parts = members.map { name, value in
                "\(space(&random))\(Tree.text(name).write(with: &random))\(space(&random)):\(space(&random))"
                    + value.write(with: &random) + space(&random)
            }
            return "{" + (parts.isEmpty ? space(&random) : parts.joined(separator: ",")) + "}"
        case .array(let elements):
            let parts = elements.map { space(&random) + $0.write(with: &random) + space(&random) }
            return "[" + (parts.isEmpty ? space(&random) : parts.joined(separator: ",")) + "]"
        case .text(let text):
            var written = "\""
            for scalar in text.unicodeScalars {
                switch scalar {
                case "\"": written += "\\\""
                case "\\": written += "\\\\"
                case "\n": written += "\\n"
                case "\t": written += "\\t"
                case "/" where Bool.random(using: &random): written += "\\/"
                case _ where scalar.value < 0x20 || Int.random(in: 0..<8, using: &random) == 0:
                    for unit in String(scalar).utf16 { written += String(format: "\\u%04x", Int(unit)) }
                default: written.unicodeScalars.append(scalar)
                }
            }
            return written + "\""
        case .number(let number): return number == number.rounded() ? String(Int(number)) : String(number)
        case .truth(let truth): return truth ? "true" : "false"
        case .null: return "null"
        }
    }

    static func random(depth: Int, with random: inout SplitMix64) -> Tree {
        switch Int.random(in: 0..<(depth > 0 ? 8 : 6), using: &random) {
        case 0: return .null
        case 1: return .truth(Bool.random(using: &random))
        case 2: return .number(Double(Int.random(in: -100_000...100_000, using: &random)) / 8)
        case 3...5:
            let letters: [Character] = ["a", "b", "\"", "\\", "\n", "/", "é", "語", "😀", "\u{1}", " "]
            let length = Int.random(in: 0..<20, using: &random)
            return .text(String((0..<length).map { _ in letters.randomElement(using: &random) ?? "x" }))
        case 6:
            return .array(
                (0..<Int.random(in: 0..<4, using: &random)).map { _ in Tree.random(depth: depth - 1, with: &random) })
        default:
            let members = (0..<Int.random(in: 0..<4, using: &random)).map {
                ("k\($0)" + (Bool.random(using: &random) ? "\"é" : ""), Tree.random(depth: depth - 1, with: &random))
            }
            return .object(Dictionary(members, uniquingKeysWith: { $1 }))
        }
    }
}

/// The scanner of JSON and its tape, beside Foundation's parser.
@Suite struct JSONTapeTests {
    /// Python and pandas write these, and `json-seq` has a separator before each record.
    @Test func numbersThatJSONHasNotAreNoValue() throws {
        let folder = try TemporaryFolder()
        let lines = """
            {"id":"a","text":"x","v":NaN,"list":[1,Infinity,-Infinity]}
            \u{1E}{"id":"b","text":"y","v":-1}
            {"id":"c","text":"z","v":Nan}
            """
        let outcome = ReadOutcome(try folder.input(lines, to: "a.jsonl"))
        #expect(outcome.documents.map(\.externalID) == ["a", "b"] && outcome.skips.map(\.line) == [3])
        #expect(outcome.documents.map { $0.metadata["v"] } == [nil, "-1"])
        #expect(outcome.documents.first?.metadata["list"] == "1")
        #expect(outcome.warnings == ["1: NaN and Infinity are no numbers of JSON; they were read as no value"])
        let array = ReadOutcome(try folder.input(#"[{"id":"a","text":"x","v":NaN}]"#, to: "b.json"))
        #expect(array.documents.count == 1 && array.warnings.count == 1)
        #expect(!JSONTape.isJSON("-Inf".utf8) && !JSONTape.isJSON("-".utf8) && !JSONTape.isJSON("-NaN".utf8))
    }

    private func tree(of text: String) throws(JSONError) -> Tree {
        let bytes = Array(text.utf8)
        var tape = JSONTape()
        let result = bytes.withUnsafeBytes { buffer -> Result<Tree, JSONError> in
            do throws(JSONError) {
                try tape.scan(buffer)
                return .success(Tree(tape: tape, bytes: buffer))
            } catch { return .failure(error) }
        }
        return try result.get()
    }

    @Test func documentedTapeDecodes() throws {
        let text = Array(#"{"a":[1,true]}"#.utf8)
        var tape = JSONTape()
        try text.withUnsafeBytes { try tape.scan($0) }
        #expect(tape.nodes.map(\.kind) == [.object, .string, .array, .number, .trueLiteral])
        #expect(tape.nodes.map(\.next) == [5, 2, 5, 4, 5])
    }

    @Test(arguments: 0..<40)
    func tapesAgreeWithFoundationOnRandomValues(seed: Int) throws {
        var random = SplitMix64(seed: UInt64(seed))
        for round in 0..<50 {
            let value = Tree.random(depth: 5, with: &random)
            let text = value.write(with: &random)
            let expected = try JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)
            let found = try tree(of: text)
            #expect(found == Tree(foundation: expected), "seed: \(seed), round: \(round), text: \(text)")
        }
    }

    @Test(arguments: 0..<40)
    func damagedTextIsRefusedOrReadAsFoundationDoes(seed: Int) {
        var random = SplitMix64(seed: UInt64(1000 + seed))
        var tape = JSONTape()
        for round in 0..<100 {
            var bytes = Array(Tree.random(depth: 4, with: &random).write(with: &random).utf8)
            for _ in 0..<Int.random(in: 1...3, using: &random) where !bytes.isEmpty {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: bytes[place] = UInt8.random(in: 1...255, using: &random)
                case 1: bytes.remove(at: place)
                default: bytes.removeSubrange(place...)
                }
            }
            let isAccepted = bytes.withUnsafeBytes { buffer in
                do throws(JSONError) {
                    try tape.scan(buffer)
                    _ = Tree(tape: tape, bytes: buffer)
                    return true
                } catch {
                    #expect((0...buffer.count).contains(error.offset))
                    return false
                }
            }
            guard String(validating: bytes, as: UTF8.self) != nil else { continue }
            let text = String(decoding: bytes, as: UTF8.self)
            let isFoundations =
                (try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)) != nil
            // Foundation refuses an unpaired surrogate, which RFC 8259 lets a reader replace.
            if isAccepted != isFoundations, !text.contains("\\u") {
                Issue.record("seed: \(seed), round: \(round), accepted: \(isAccepted), text: \(text)")
            }
        }
    }

    @Test(arguments: [
        ("", 0), ("  ", 2), ("{", 1), ("[1,]", 3), ("{\"a\" 1}", 5), ("{\"a\":1,}", 7), ("tru", 0), ("01", 1),
        ("-", 0),
        ("1.", 0), ("\"a", 0), ("\"\\x\"", 1), ("\"\\u12G4\"", 1), ("\"\u{1}\"", 1), ("1 2", 2), ("[1 2]", 3),
        ("{1:2}", 1),
        ("nul", 0), ("'a'", 0), ("\"\\", 1),
    ])
    func whatIsNoJSONIsRefusedWithItsPlace(text: String, offset: Int) {
        do {
            _ = try tree(of: text)
            Issue.record("accepted: \(text)")
        } catch {
            #expect(error.offset == offset, "\(text): \(error.reason)")
        }
    }

    @Test func nestingIsBounded() throws {
        let limit = JSONTape.maximumDepth
        _ = try tree(of: String(repeating: "[", count: limit) + String(repeating: "]", count: limit))
        #expect(throws: JSONError.self) { try tree(of: String(repeating: "[", count: limit + 1)) }
    }

    @Test func loneSurrogatesBecomeReplacementCharacters() throws {
        #expect(try tree(of: #""\ud83d\ude00""#) == .text("😀"))
        #expect(try tree(of: #""a\ud83d b""#) == .text("a\u{FFFD} b"))
        #expect(try tree(of: #""\ude00\ud83d""#) == .text("\u{FFFD}\u{FFFD}"))
        #expect(try tree(of: #""\ud83d\u0041""#) == .text("\u{FFFD}A"))
    }
}

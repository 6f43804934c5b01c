import Foundation
import PostilTestSupport
import Testing

/// Whatever stands in names, texts, settings or arguments, a terminal is sent nothing that it would obey.
struct TerminalTests {
    /// Sets the title, clears the screen (in one byte, as some terminals take it), colours, goes back, and turns the direction.
    private static let hostile = "\u{1B}]0;owned\u{7}\u{9B}2J\u{1B}[31m\u{8}\u{202E}x\u{7F}"

    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        let hostile = Self.hostile
        let text = try JSONEncoder().encode("reward \(hostile) hacking")
        let json = String(decoding: text, as: UTF8.self)
        let records = (0..<2).map {
            #"{"id": "\#($0)", "title": \#(json), "text": \#(json), "author": \#(json), "date": "2019", "url": \#(json), "tags": [\#(json)], \#(json): \#(json)}"#
        }
        try folder.file("in/\(hostile).jsonl", records.joined(separator: "\n") + "\n{\(hostile)\n")
        try folder.file("in/id.jsonl", #"{"id": \#(json), "text": "an unlike word"}"#)
        try folder.file("in/\(hostile).md", "---\ndate: \(hostile)\n\(hostile): [\n---\nfront \(hostile)\n")
        try folder.file("in/\(hostile).html", "<title>\(hostile)</title><p>page \(hostile)")
        try folder.file("in/\(hostile).csv", "id,\(hostile),text\n1,2,3\n\"1\(hostile)\n")
        try folder.file("broken.yaml", "\(hostile): \(hostile)\nreading: {\(hostile): 1}\n")
    }

    private func sent(_ arguments: [String]) throws -> [UInt8] {
        try PseudoTerminal().run(
            PostilBinary.process(arguments, in: folder.url, environment: ["TERM": "xterm", "COLUMNS": "80"]))
    }

    /// What of the bytes a terminal would obey, apart from what the program itself sends: ends of lines, and the line of
    /// progress that it takes back.
    private func obeyed(_ bytes: [UInt8]) -> [String] {
        var text = String(decoding: bytes, as: UTF8.self)
        text = text.replacing("\r\u{1B}[K", with: "")
        let found = text.unicodeScalars.filter { scalar in
            switch scalar.value {
            case 0x09, 0x0A, 0x0D: false
            case 0..<0x20, 0x7F..<0xA0, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
            default: false
            }
        }
        return found.map { String($0.value, radix: 16) }
    }

    private func expectHarmless(_ arguments: [String]) throws {
        let bytes = try sent(arguments + ["--color", "never"])
        #expect(!bytes.isEmpty, "\(arguments)")
        #expect(obeyed(bytes).isEmpty, "\(arguments.map(\.debugDescription)): \(obeyed(bytes))")
    }

    @Test func commandsSendNothingThatATerminalObeys() throws {
        try expectHarmless(["index", "in"])
        try expectHarmless(["index", "in", "--verbose", "--rebuild"])
        let lists = [
            ["search", "reward"], ["search", "*"], ["show", "0"], ["duplicates", "--threshold", "0.3"], ["sources"],
        ]
        for command in lists {
            for format in ["text", "json", "jsonl", "csv"] { try expectHarmless(command + ["--format", format]) }
        }
        for format in ["trec", "ids"] { try expectHarmless(["search", "*", "--format", format]) }
        try expectHarmless(["duplicates", "--threshold", "0.3", "--format", "ids"])
        for command in [["info"], ["check"], ["config"], ["explain", "0", "reward"]] {
            for format in ["text", "json"] { try expectHarmless(command + ["--format", format]) }
        }
    }

    @Test func messagesSendNothingThatATerminalObeys() throws {
        let hostile = Self.hostile
        #expect(try PostilBinary.run(["index", "in/id.jsonl"], in: folder.url).status == 0)
        for arguments in [
            [hostile], ["search", hostile], ["search", "nofield\(hostile):x"], ["search", "author:\(hostile)"],
            ["search", "\"\(hostile)"], ["search", "x", "--\(hostile)"], ["search", "x", "--format", hostile],
            ["search", "x", "--limit", hostile], ["search", "x", "-i", hostile], ["search", "x", "--fields", hostile],
            ["index", hostile], ["index", "in", "--profile", hostile], ["index", "in", "--profile", "broken.yaml"],
            ["index", "in", "--analyzer", hostile], ["show", hostile], ["explain", hostile, "x"], ["remove", hostile],
            ["remove", "--query", hostile], ["sources", "add", hostile], ["sources", "remove", hostile],
            ["sources", hostile], ["search", "--topics", hostile], ["optimize", hostile],
        ] { try expectHarmless(arguments) }
        try folder.file("postil.yaml", "\"\(hostile.debugDescription.dropFirst().dropLast())\": 1\n")
        try expectHarmless(["search", "x"])
        try folder.file("postil.yaml", "search: {limit: '\(hostile)'}\n")
        try expectHarmless(["search", "x"])
        try folder.file("postil.yaml", "sources: ['\(hostile)']\n")
        try expectHarmless(["index"])
    }

    /// A program gets what there is.
    @Test func pipesGetIDsAsTheyAre() throws {
        #expect(try PostilBinary.run(["index", "in/id.jsonl"], in: folder.url).status == 0)
        let outcome = try PostilBinary.run(["search", "unlike", "--format", "ids"], in: folder.url)
        #expect(outcome.output == "reward \(Self.hostile) hacking\n")
    }
}

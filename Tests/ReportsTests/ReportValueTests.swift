import Foundation
import PostilTestSupport
import Testing

@testable import Reports

struct ReportValueTests {
    @Test func keepsTheOrderOfMembers() {
        let value = ReportValue.members(["b": .integer(1), "a": .array([.null, .boolean(true), .number(0.5)])])
        #expect(value.text == #"{"b":1,"a":[null,true,0.5]}"#)
    }

    @Test func indentsForPeople() {
        let value = ReportValue.members(["a": .array([.array([.integer(0), .integer(5)])]), "b": .array([])])
        #expect(value.indentedText == "{\n  \"a\": [\n    [0,5]\n  ],\n  \"b\": []\n}")
    }

    @Test func escapesWhatJSONAndTerminalsCannotTake() {
        #expect(ReportValue.string("\"\\\n\u{1B}\u{7F}\u{9B}\u{2028}é😀").text == #""\"\\\n\u001b\u007f\u009b\u2028é😀""#)
        #expect(ReportValue.number(.infinity).text == "null")
        #expect(ReportValue.number(.nan).text == "null")
    }

    /// Foundation's reader gets back what was written.
    @Test func anyStringSurvives() throws {
        for seed in 0..<500 as Range<UInt64> {
            var random = SplitMix64(seed: seed)
            let bytes = (0..<20).map { _ in UInt8.random(in: 0...255, using: &random) }
            let text = String(decoding: bytes, as: UTF8.self)
            let json = ReportValue.members(["text": .string(text)]).text
            let object = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: String]
            #expect(object?["text"].map { Array($0.unicodeScalars) } == Array(text.unicodeScalars), "seed: \(seed)")
        }
    }
}

import Foundation
import PostilTestSupport
import Testing

@testable import Postil
@testable import Reports

/// What holds for every format.
struct OutputFormatTests {
    /// An id, a title and a text that would clear a screen, set a window's title and turn text around.
    private static let hostile = "x\u{1B}[2J\u{7}\u{9B}1m\u{7F}\u{202E}y"
    private let report = SearchReport(
        results([
            hit(
                1, Self.hostile, title: Self.hostile, author: Self.hostile, date: Self.hostile, url: Self.hostile,
                tags: [Self.hostile], metadata: [Self.hostile: Self.hostile, "kind": Self.hostile],
                source: Self.hostile, snippet: Snippet(text: Self.hostile, highlights: [0..<3])),
            hit(2, "b", source: "other"),
        ]), topic: Self.hostile, tag: Self.hostile)

    private func isHarmless(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { scalar in
            scalar == "\n" || scalar == "\r" || VisibleText.visible(scalar) == scalar
        }
    }

    @Test(arguments: OutputFormat.all.map(\.name), [nil, Array(SearchReport.fieldNames)])
    func noFormatWritesControlsToATerminal(name: String, fields: [String]?) throws {
        let format = try #require(OutputFormat.named(name))
        let chosen = SearchReport(report.results, fields: fields, topic: report.topic, tag: report.tag)
        let text = try printed(chosen, as: format, in: layout(isTerminal: true)).text
        #expect(text.contains("x") && isHarmless(text), "\(name): \(text.debugDescription)")
    }

    /// A pipe gets what there is; text, JSON and runs are harmless there, too.
    @Test func pipesGetIDsAndCSVAsTheyAre() throws {
        #expect(try printed(report, as: .ids).text == Self.hostile + "\nb\n")
        #expect(try printed(report, as: .csv).text.contains(",\(Self.hostile),"))
        for format in [OutputFormat.text, .json, .jsonl] { #expect(isHarmless(try printed(report, as: format).text)) }
        let run = try printed(report, as: .trec).text
        #expect(run.contains("x%1B[2J%07%C2%9B1m%7F\u{202E}y 1 "), "\(run.debugDescription)")
    }

    /// Half an id could be that of another document.
    @Test(arguments: ["a\nb", "a\rb", "a\r\n", "\n"])
    func idsWithALineEndAreLeftOut(id: String) throws {
        let report = SearchReport(results([hit(1, id), hit(2, "c")]))
        let lines = try printed(report, as: .ids)
        #expect(lines.text == "c\n" && lines.leftOut == [id])
        let nulls = try printed(report, as: .ids, endsIDsWithNull: true)
        #expect(nulls.text == id + "\0c\0" && nulls.leftOut.isEmpty)
        #expect(
            try printed(SearchReport(results([hit(1, "a\0b")])), as: .ids, endsIDsWithNull: true).leftOut == ["a\0b"])
    }

    /// Random hits survive the way through CSV and JSON Lines, and runs have six fields a line.
    @Test func randomHitsSurvive() throws {
        let pieces = ["a", ",", "\"", "\n", "\r", " ", "\t", "\u{1B}", "é", "😀", "\u{2028}", "\u{202E}", ";", "%"]
        for seed in 0..<300 as Range<UInt64> {
            var random = SplitMix64(seed: seed)
            func text() -> String { (0..<6).map { _ in pieces.randomElement(using: &random)! }.joined() }
            let id = text()
            let title = text()
            let report = SearchReport(
                results([hit(1, id, title: title)]), fields: ["id", "title", "rank"], topic: text())
            let csv = try printed(report, as: .csv).text
            #expect(parsedCSV(csv) == [["id", "title", "rank"], [id, title, "1"]], "seed: \(seed)")
            let line = try printed(report, as: .jsonl).text
            let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            #expect((object?["title"] as? String).map { Array($0.utf8) } == Array(title.utf8), "seed: \(seed)")
            #expect(line.split(separator: "\n").count == 1, "seed: \(seed)")
            let run = try printed(report, as: .trec).text
            #expect(
                run.hasSuffix("\n") && run.dropLast().split(whereSeparator: \.isWhitespace).count == 6, "seed: \(seed)")
        }
    }

    /// Records of RFC 4180, read by its grammar, one scalar after another.
    private func parsedCSV(_ text: String) -> [[String]] {
        var records: [[String]] = []
        var fields: [String] = []
        var field = String.UnicodeScalarView()
        var isQuoted = false
        let scalars = Array(text.unicodeScalars)
        var index = 0
        while index < scalars.count {
            let scalar = scalars[index]
            if isQuoted {
                if scalar != "\"" {
                    field.append(scalar)
                } else if index + 1 < scalars.count, scalars[index + 1] == "\"" {
                    field.append("\"")
                    index += 1
                } else {
                    isQuoted = false
                }
            } else if scalar == "\"" {
                isQuoted = true
            } else if scalar == "," || scalar == "\r" {
                fields.append(String(field))
                field = .init()
                if scalar == "\r" {
                    records.append(fields)
                    fields = []
                    index += 1
                }
            } else {
                field.append(scalar)
            }
            index += 1
        }
        return records
    }

    @Test func aReportHasTheFormatsOfItsShape() {
        func names(_ type: any Report.Type) -> [String] { OutputFormat.all(for: type).map(\.name) }
        #expect(
            names(SearchReport.self) == ["text", "json", "jsonl", "csv", "trec", "ids", "bibtex", "csl-json", "ris"])
        #expect(names(DocumentsReport.self) == ["text", "json", "jsonl", "csv", "ids", "bibtex", "csl-json", "ris"])
        #expect(names(SettingsReport.self) == ["text", "json", "jsonl", "csv"])
        for type in [InformationReport.self, SoundnessReport.self, IndexingRunReport.self] as [any Report.Type] {
            #expect(names(type) == ["text", "json", "jsonl"])
        }
        #expect(Set(OutputFormat.all.map(\.name)).count == OutputFormat.all.count)
        #expect(OutputFormat.named("xml") == nil)
    }
}

import Foundation
import PostilTestSupport
import Testing

@testable import Ingestion

@Suite struct CharacterSetTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private static let russian = "Вознаграждение не является целью оптимизации. Обучение формирует мышление агента."
    private static let japanese = "報酬は最適化の目標ではない。学習は認知を形づくるものである。"
    private static let chinese = "奖励不是优化的目标。学习塑造了智能体的认知方式,而不是它的目标。"

    @Test(arguments: [
        "shift_jis", "euc-jp", "gb18030", "big5", "koi8-r", "windows-1251", "euc-kr", "iso-2022-jp", "utf-16le",
        "utf-16be",
    ])
    func aTextIsToldByItsBytes(set: String) throws {
        let source: String =
            switch set {
            case "shift_jis", "euc-jp", "iso-2022-jp": Self.japanese
            case "gb18030": Self.chinese
            case "big5": "獎勵不是最佳化的目標。學習塑造了智慧體的認知方式。"
            case "euc-kr": "보상은 최적화의 목표가 아니다. 학습은 행위자의 인지를 만든다."
            case "utf-16le", "utf-16be": "Reward is not the optimization target."
            default: Self.russian
            }
        let text = String(repeating: source + "\n", count: 3)
        let bytes = try PackedFixture.converted(text, to: set)
        let outcome = ReadOutcome(try folder.input(bytes, to: "a.txt"))
        #expect(outcome.documents.map(\.body) == [text])
        #expect(
            outcome.warnings.count == 1 && outcome.warnings.first?.contains("was read as") ?? false,
            "\(outcome.warnings)")
        if set.hasPrefix("utf") { return }
        let mapping = try RecordMapping(yaml: "encoding: \(set)", origin: "test")
        let told = ReadOutcome(try folder.input(bytes, to: "b.txt"), mapping: mapping)
        #expect(told.documents.map(\.body) == [text] && told.warnings.isEmpty)
        #expect(try RecordMapping(yaml: mapping.yaml, origin: "again") == mapping)
    }

    @Test func rowsAreToldLikeTexts() throws {
        let rows = "text\n" + String(repeating: Self.russian + "\n", count: 200)
        let outcome = ReadOutcome(try folder.input(try PackedFixture.converted(rows, to: "koi8-r"), to: "a.csv"))
        #expect(outcome.documents.map(\.body) == Array(repeating: Self.russian, count: 200) && outcome.skips.isEmpty)
    }

    @Test(arguments: ["Fähre über den Fluß", "naïve café", "x\u{FFFD}y", "plain"])
    func fewLettersAreNoReasonToGuess(text: String) throws {
        #expect(CharacterSetGuess.set(of: Array(text.utf8)) == nil)
        let latin = text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
        #expect(CharacterSetGuess.set(of: latin) == nil)
    }

    @Test func damagedUTF8StaysUTF8() throws {
        var bytes = Array(String(repeating: Self.russian + "\n", count: 3).utf8)
        bytes[40] = 0xFF
        let outcome = ReadOutcome(try folder.input(bytes, to: "a.txt"))
        #expect(outcome.documents.first?.body.contains("мышление агента") ?? false)
        #expect(outcome.warnings.first?.contains("replaced by U+FFFD") ?? false)
    }

    @Test func aConversionIsTheSameWhereverItIsCut() throws {
        let text = String(repeating: Self.japanese, count: 20)
        let bytes = try PackedFixture.converted(text, to: "shift_jis")
        for size in 1...40 {
            let converter = try #require(CharacterSet.Converter("shift_jis"))
            var (output, input): ([UInt8], [UInt8]) = ([], [])
            for start in stride(from: 0, to: bytes.count, by: size) {
                input += bytes[start..<min(bytes.count, start + size)]
                let isEnd = start + size >= bytes.count
                input.removeFirst(input.withUnsafeBytes { converter.convert($0, isEnd: isEnd, to: &output) })
            }
            #expect(String(decoding: output, as: UTF8.self) == text && input.isEmpty, "size: \(size)")
        }
    }

    @Test func aSetThatNobodyKnowsIsAnError() {
        #expect(throws: ProfileError.self) { try RecordMapping(yaml: "encoding: nonsense", origin: "test") }
    }
}

import PostilTestSupport
import Testing
import TextAnalysis

@testable import Postil

/// Words of scripts that have no blanks between them and whose single letters say nothing.
@Suite struct DictionaryWordTests {
    private static let texts = [
        "risk.txt": "การประเมินความเสี่ยงของระบบปัญญาประดิษฐ์เป็นเรื่องสำคัญ", "food.txt": "วันนี้เรากินข้าวผัดกับเพื่อนที่ตลาด",
        "wisdom.txt": "ปัญญาเป็นสิ่งที่ดี และการเรียนเป็นเรื่องสนุก", "khmer.txt": "ការវាយតម្លៃហានិភ័យនៃប្រព័ន្ធបញ្ញាសិប្បនិម្មិត",
        "burmese.txt": "ဉာဏ်ရည်တု စနစ်များ၏ အန္တရာယ်ကို အကဲဖြတ်ခြင်း", "lao.txt": "ການປະເມີນຄວາມສ່ຽງຂອງລະບົບປັນຍາປະດິດ",
        "mixed.txt": "AI กับ GPT-4 และ config.json ในประเทศไทย",
    ]

    private static func searcher(_ folder: TemporaryFolder) throws -> Searcher {
        for (name, text) in texts { try folder.write(text, to: "in/\(name)") }
        _ = try Index.update(at: folder.file("postil.db"), with: IndexingRequest(paths: [folder.file("in")]))
        return try Index.open(at: folder.file("postil.db")).makeSearcher()
    }

    private static func words(_ text: String) -> [String] {
        DictionaryWords.ranges(in: text).map { String(decoding: Array(text.utf8)[$0], as: UTF8.self) }
    }

    @Test(.enabled(if: DictionaryWords.areKnown)) func aTextIsTakenApartAsADictionaryHasIt() {
        #expect(Self.words("การประเมินความเสี่ยง") == ["การ", "ประเมิน", "ความ", "เสี่ยง"])
        #expect(Self.words("ហានិភ័យនៃប្រព័ន្ធ") == ["ហានិភ័យ", "នៃ", "ប្រព័ន្ធ"])
        #expect(Self.words("ຄວາມສ່ຽງຂອງ") == ["ຄວາມສ່ຽງ", "ຂອງ"])
        #expect(Self.words("𝐀 ของ") == ["𝐀", " ", "ของ"])
        // Others need no dictionary.
        #expect(Self.words("learned optimization 深度学习").isEmpty)
    }

    @Test(.enabled(if: DictionaryWords.areKnown)) func aWordIsFoundWholeAndNoPartOfIt() throws {
        let searcher = try Self.searcher(try TemporaryFolder())
        let expected = [
            "ปัญญาประดิษฐ์": ["risk.txt", "wisdom.txt"], "ประเมินความเสี่ยง": ["risk.txt"],
            "เรียนเพื่อน": ["food.txt", "wisdom.txt"],
            "ข้าวผัด": ["food.txt"], "+ปัญญาประดิษฐ์": ["risk.txt"], "\"ประเมินความเสี่ยง\"": ["risk.txt"],
            // Pairs of *ประดิษฐ์* and *ระบบ* are in other words, too.
            "ประกัน": [], "หานาน": [], "ហានិភ័យ": ["khmer.txt"], "អន្តរាយ": [], "အန္တရာယ်": ["burmese.txt"],
            "ဉာဏ်ရည်တု": ["burmese.txt"], "ຄວາມສ່ຽງ": ["lao.txt"], "ประเทศไทยGPT-4": ["mixed.txt"],
            "config.jsonประเทศ": ["mixed.txt"],
        ]
        for (query, ids) in expected {
            for strategy in EvaluationStrategy.allCases {
                var request = SearchRequest(query, limit: 100)
                request.strategy = strategy
                request.correctsSpelling = false
                let found = try searcher.search(request).hits.map(\.externalID)
                #expect(found.sorted() == ids, "\(query)")
            }
        }
    }

    @Test(.enabled(if: DictionaryWords.areKnown)) func whatIsShownOfAWordIsTheWord() throws {
        let searcher = try Self.searcher(try TemporaryFolder())
        let snippet = try #require(try searcher.search(SearchRequest("ระบบ", limit: 1)).hits.first?.snippet)
        let scalars = Array(snippet.text.unicodeScalars)
        let marked = snippet.highlights.map { String(String.UnicodeScalarView(scalars[$0])) }
        #expect(marked == ["ระบบ"])
    }

    /// Of random texts each pair of letters is in one word or across two, and no word is lost.
    @Test(arguments: 1...20 as ClosedRange<UInt64>) func noTextIsLost(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let analyzer = try TextAnalyzer(AnalyzerSpecification("english"))
        let letters = Self.texts.values.joined().unicodeScalars + ["a", " ", ".", "-", "\u{200B}"]
        for _ in 0..<50 {
            var text = String.UnicodeScalarView()
            for _ in 0..<Int.random(in: 1...40, using: &random) {
                text.append(letters.randomElement(using: &random) ?? "a")
            }
            let analysed = AnalysedText(String(text), by: analyzer)
            let comment: Comment = "seed: \(seed), text: \(String(text))"
            let loose = analysed.looseWords
            #expect(loose.isEmpty == analysed.words.isEmpty, comment)
            let ends = loose.map(\.parts)
            #expect(zip(ends, ends.dropFirst()).allSatisfy { $0.upperBound <= $1.lowerBound }, comment)
            // What is no pair of these scripts stays as it was.
            for word in analysed.words where !analysed.terms[word.parts].contains(where: DictionaryWords.havePart) {
                #expect(ends.contains(word.parts), comment)
            }
            // A word is found wherever it stands, so that of what is left there are no two beside each other.
            let kept = Set(ends.flatMap(Array.init))
            let left = analysed.terms.indices.filter { !kept.contains($0) }
            #expect(left.allSatisfy { !left.contains($0 + 1) }, comment)
        }
    }
}

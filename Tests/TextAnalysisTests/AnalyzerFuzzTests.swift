import PostilTestSupport
import Testing

@testable import TextAnalysis

/// No bytes trap an analyzer, and its tokens lie in the text, in order.
struct AnalyzerFuzzTests {
    private static let corpus = ByteMutation([
        "The mesa-optimizers' rightSplit didn't config.json C++ .NET AT&T U.S.A. 3.14 e-mail: a@b.org https://x.y/z?q=1",
        "Fußgängerübergänge naïve e\u{301}\u{327} ﬁn Ⅻ ½ ＡＢＣ ｶﾀｶﾅ がぎ゙ 深度学習 한국어는 ภาษาไทย العربية עברית हिन्दी",
        "🙂👩‍👩‍👧❤️🇩🇪 \u{200B}\u{FEFF}\u{202E}a\u{0}b\u{7F} ''' --- ___ .... a.b.c.d a-b-c-d-e-f",
    ])

    @Test(arguments: ["english", "german", "none", "korean", "porter", "finnish"])
    func anyBytesBecomeTokensInOrder(name: String) throws {
        guard let specification = try? AnalyzerSpecification(name) else { return }
        let analyzer = try TextAnalyzer(specification)
        var seeds = try FuzzSeeds("analyzer-\(name)", usual: 150)
        while let seed = seeds.next() {
            let text = Self.corpus.input(seed, limit: 4_000)
            for purpose in [AnalysisPurpose.document, .query, .prefix] {
                var (start, position) = (0, -1)
                text.withUnsafeBufferPointer { bytes in
                    analyzer.analyze(bytes, for: purpose) { token in
                        let isInOrder =
                            token.start <= token.end && token.end <= text.count && token.position >= position
                            && (token.isColocated || token.start >= start) && !token.term.isEmpty
                        if !isInOrder {
                            Issue.record("\(name), seed: \(seed), \(purpose): \(token.start)..<\(token.end)")
                        }
                        if !token.isColocated { start = token.start }
                        position = token.position
                    }
                }
            }
        }
        print("fuzzed analyzer \(name): \(seeds.count) inputs")
    }
}

import Benchmark
import TextAnalysis
import Workloads

/// Texts of a generated collection, and what must come of them.
private struct Texts {
    let texts: [[UInt8]]
    /// Runs of letters and digits, counted the simplest way.
    let wordCount: Int
    /// Distinct lower-case words.
    let words: [[UInt8]]

    init(_ texts: [String]) {
        self.texts = texts.map { Array($0.utf8) }
        let words = texts.flatMap { $0.split { !$0.isLetter && !$0.isNumber } }
        wordCount = words.count
        self.words = Set(words.map { $0.lowercased() }).sorted().map { Array($0.utf8) }
    }
}

func registerAnalysis() {
    let documents = Scale.current.pick(tiny: 20, full: 1_000)
    let collection = SyntheticCollection(documentCount: documents, seed: 1)
    let plain = Texts((0..<documents).map { collection.document($0).body })
    let accented = Texts((0..<documents).map { accenting(collection.document($0).body) })
    registerTokenizing("ASCII text", plain)
    registerTokenizing("accented text", accented)
    registerStemming(plain)
}

/// Every o becomes ö: letters beyond ASCII in most words, and no change to where words begin and end.
private func accenting(_ text: String) -> String { String(text.map { $0 == "o" ? "ö" : $0 }) }

private func registerTokenizing(_ kind: String, _ texts: Texts) {
    guard let tokenizer = analyzer("none"), let english = analyzer("english") else { return }
    // Colocated terms (joined compounds) come on top of the words, so positions are what is counted.
    register("Words, folded, \(kind)", expecting: texts.wordCount) { positions(texts.texts, tokenizer) }
    register("English analyzer, \(kind)", expecting: texts.wordCount) { positions(texts.texts, english) }
    register("English analyzer into a buffer, \(kind)", expecting: texts.wordCount) {
        var buffer = TokenBuffer()
        return texts.texts.reduce(0) { sum, text in
            text.withUnsafeBufferPointer { english.analyze($0, into: &buffer) }
            return sum + Int(buffer.occurrences.last.map { $0.position + 1 } ?? 0)
        }
    }
}

/// Stems of all distinct words, with and without the cache that is keyed by the raw token.
private func registerStemming(_ texts: Texts) {
    guard let cached = analyzer("english"), let uncached = analyzer("english") else { return }
    let once = texts.words.map { terms($0, cached) }
    register("Stems of distinct words, cached", expecting: once) { texts.words.map { terms($0, cached) } }
    register("Stems of distinct words, not cached", expecting: once, prepare: { uncached.removeAllTerms() }) {
        texts.words.map { terms($0, uncached) }
    }
}

private func analyzer(_ name: String) -> TextAnalyzer? {
    do { return try TextAnalyzer(AnalyzerSpecification(name)) } catch {
        Benchmark("Analyzer \(name)") { fail($0, "\(error)") }
        return nil
    }
}

private func positions(_ texts: [[UInt8]], _ analyzer: TextAnalyzer) -> Int {
    var count = 0
    for text in texts {
        text.withUnsafeBufferPointer { bytes in
            analyzer.analyze(bytes, for: .document) { if !$0.isColocated { count += 1 } }
        }
    }
    return count
}

private func terms(_ text: [UInt8], _ analyzer: TextAnalyzer) -> [UInt8] {
    var terms: [UInt8] = []
    text.withUnsafeBufferPointer { bytes in
        analyzer.analyze(bytes, for: .document) { terms.append(contentsOf: $0.term) }
    }
    return terms
}

import Ranking

extension MemoryCollection {
    /// A random collection over the terms "0", "1", …: few terms, skewed, in documents with gaps between their ids.
    ///
    /// - Parameter longer: Every third document has up to so many words behind its first ones, most of them in stretches of `longest`
    ///   without a term, so that its passages differ; 0 for none.
    public static func random(
        documents: Int, terms: Int, longest: Int, longer: Int = 0, gaps: [Int64] = [1, 1, 1, 2, 5, 70],
        boundFormula: BM25,
        using generator: inout SplitMix64
    ) -> MemoryCollection {
        var texts: [Int64: Text] = [:]
        var deleted: Set<Int64> = []
        var id = Int64.random(in: 1...80, using: &generator)
        // Every now and then all documents are alike, so that all scores are.
        let isUniform = Int.random(in: 0..<8, using: &generator) == 0
        for _ in 0..<documents {
            func words(_ most: Int) -> [[UInt8]] {
                let count = isUniform ? most : Int.random(in: 0...most, using: &generator)
                return (0..<count).map { position in
                    let skewed = min(
                        Int.random(in: 0..<terms, using: &generator), Int.random(in: 0..<terms, using: &generator))
                    return MemoryCollection.term(isUniform ? position % terms : skewed)
                }
            }
            var body = words(longest)
            if longer > 0, Int.random(in: 0..<3, using: &generator) == 0 {
                for _ in 0..<Int.random(in: 1...longer / longest, using: &generator) {
                    let isOther = Int.random(in: 0..<10, using: &generator) < 8
                    body += isOther ? [[UInt8]](repeating: Array("other".utf8), count: longest) : words(longest)
                }
            }
            texts[id] = Text(title: words(3), body: body)
            if Int.random(in: 0..<10, using: &generator) == 0 { deleted.insert(id) }
            id += gaps.randomElement(using: &generator) ?? 1
        }
        let cuts = (0..<Int.random(in: 0...4, using: &generator)).map { _ in Int64.random(in: 0...id, using: &generator)
        }
        return MemoryCollection(texts: texts, deleted: deleted, cuts: cuts, boundFormula: boundFormula)
    }

    /// The term of a number.
    public static func term(_ number: Int) -> [UInt8] { Array(String(number).utf8) }
}

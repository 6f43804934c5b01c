import Documents

/// Tells which texts of a result list, best first, are copies of a better one, as ``Searcher/duplicates(threshold:progress:)``
/// finds copies: by the share of their shingles that both have.
///
/// Texts whose ``LeastShingles`` have nothing in common are not compared; all others are, shingle by shingle. A text is a copy of
/// the hit whose text, or one of whose copies, it resembles.
///
/// Equivalent to: `ReferenceCopies`, which compares every text with all before it, but for fewer than one pair in a hundred
/// thousand at the threshold.
///
/// Memory: 300 bytes a text, and 8 MB of shingles of texts that were compared.
struct RankedTexts {
    /// What a text is.
    enum Place: Equatable {
        /// None before it is like it.
        case different
        /// It is like a better one.
        case copy(of: DocumentID, similarity: Double)
    }

    private struct Text {
        var id: DocumentID
        var sketch: LeastShingles
        /// The text that stands for it: itself, or the best of those that it is a copy of.
        var best: Int
    }

    private static let threshold = Searcher.duplicateThreshold
    /// Texts that have one phrase in common, and nothing else, may be a million: a text is compared with so many of them.
    private static let mostCompared = 256
    private static let mostKnownShingles = 1 << 20

    private var texts: [Text] = []
    /// Of each key the last of its ``entries``; an entry names the one before it.
    private var lastEntries: [Int: Int] = [:]
    private var entries: [(text: Int, before: Int?)] = []
    private var known: [Int: ShingleSet] = [:]
    private var knownShingles = 0
    private let reload: (DocumentID) throws -> ShingleSet

    /// - Parameter reload: Gives the shingles of a document that was placed; asked where they are not held any more.
    init(reload: @escaping (DocumentID) throws -> ShingleSet) { self.reload = reload }

    /// Takes the next text.
    ///
    /// - Parameter shingles: As they stand in the text; a text without any is like no other.
    /// - Complexity: O(shingles), and a comparison with each text that is likely to be like it.
    mutating func place(_ id: DocumentID, shingles: [UInt64]) throws -> Place {
        guard !shingles.isEmpty else { return .different }
        let sketch = LeastShingles(of: shingles)
        let candidates = candidates(for: sketch)
        var found: (best: Int, similarity: Double)?
        if !candidates.isEmpty {
            let own = ShingleSet(shingles)
            for candidate in candidates
            where found.map({ texts[candidate].best < $0.best }) ?? true {
                guard sketch.mayResemble(texts[candidate].sketch),
                    let similarity = own.resemblance(
                        to: try self.shingles(of: candidate), atLeast: Self.threshold)
                else { continue }
                let best = texts[candidate].best
                found = (best, best == candidate ? similarity : own.resemblance(to: try self.shingles(of: best)))
            }
            keep(own, as: texts.count)
        }
        let number = texts.count
        texts.append(Text(id: id, sketch: sketch, best: found?.best ?? number))
        for key in sketch.keys {
            entries.append((number, lastEntries[Int(bitPattern: UInt(key))]))
            lastEntries[Int(bitPattern: UInt(key))] = entries.count - 1
        }
        guard let found else { return .different }
        return .copy(of: texts[found.best].id, similarity: found.similarity)
    }

    /// Texts that have a key in common with one, ascending.
    private func candidates(for sketch: LeastShingles) -> [Int] {
        var found: [Int] = []
        for key in sketch.keys {
            var next = lastEntries[Int(bitPattern: UInt(key))]
            var count = 0
            while let place = next, count < Self.mostCompared {
                found.append(entries[place].text)
                next = entries[place].before
                count += 1
            }
        }
        guard found.count > 1 else { return found }
        return Set(found).sorted()
    }

    private mutating func shingles(of number: Int) throws -> ShingleSet {
        if let set = known[number] { return set }
        let set = try reload(texts[number].id)
        keep(set, as: number)
        return set
    }

    private mutating func keep(_ set: ShingleSet, as number: Int) {
        if knownShingles + set.count > Self.mostKnownShingles {
            known = [:]
            knownShingles = 0
        }
        known[number] = set
        knownShingles += set.count
    }
}

import GRDB
import Ranking
import TextAnalysis

/// A word of the list, as it is written but for its case.
public struct ListedWord: Hashable, Sendable {
    /// The word.
    public var text: String
    /// Documents that have it in their title or body.
    public var documents: Int
}

/// A word of the list that is spelt nearly like another one.
package struct NearWord: Hashable, Sendable {
    /// The word.
    package var word: ListedWord
    /// Edits between the two.
    package var distance: Int
}

extension IndexSnapshot {
    /// The words that begin with some letters, those of most documents first, of equals in the order of the alphabet.
    ///
    /// - Parameters:
    ///   - letters: The beginning's key (`WordFolder`).
    ///   - limit: Most words.
    /// - Complexity: O(n) in the words that begin so, some 50 ns each.
    package func words(beginningWith letters: [UInt8], limit: Int) throws -> [ListedWord] {
        var best: [(word: [UInt8], documents: Int)] = []
        guard limit > 0 else { return [] }
        try forEachWord(beginningWith: letters) { word, documents in
            if best.count == limit, documents <= best[limit - 1].documents { return }
            let place = best.firstIndex { $0.documents < documents } ?? best.count
            best.insert((word, documents), at: place)
            if best.count > limit { best.removeLast() }
        }
        return best.map { ListedWord($0.word, documents: $0.documents) }
    }

    /// All words that begin with some letters, in the order of their keys.
    package func forEachWord(
        beginningWith letters: [UInt8], _ body: (_ word: [UInt8], _ documents: Int) throws -> Void
    ) throws {
        try readWords { reader in
            var merge = WordMerge(
                try reader.layers().map { .layer(try WordLayerCursor(reader, $0, from: letters)) })
            while try merge.next(), merge.word.starts(with: letters) {
                if merge.documents > 0 { try body(merge.word, merge.documents) }
            }
        }
    }

    /// The words with a key, as they are written: `nao` and `não` for *nao*.
    ///
    /// - Complexity: A look-up in each layer, and the words.
    package func words(withKey key: [UInt8]) throws -> [ListedWord] {
        var found: [ListedWord] = []
        try readWords { reader in
            var merge = WordMerge(try reader.layers().map { .layer(try WordLayerCursor(reader, $0, from: key)) })
            while try merge.next(), merge.word[...].key.elementsEqual(key) {
                if merge.documents > 0 { found.append(ListedWord(merge.word, documents: merge.documents)) }
            }
        }
        return found
    }

    /// Documents that have a word as it is written; nil where that is not known: where another program has written, the list is
    /// behind, and there is no list in an index of an earlier version.
    ///
    /// - Parameters:
    ///   - word: Folded, with its diacritics (`WordFolder`).
    ///   - key: Its key.
    ///   - evaluator: One of the snapshot's for ``EvaluationStrategy/automatic``, which tells whether another program has written.
    /// - Complexity: A look-up in each layer.
    package func documentCount(ofWord word: [UInt8], key: [UInt8], knownBy evaluator: any Evaluator) throws -> Int? {
        guard evaluator is BlockMaxEvaluator else { return nil }
        let entry = word == key ? key : key + [0] + word
        var documents: Int?
        try readWords { reader in
            for layer in try reader.layers() {
                let cursor = try WordLayerCursor(reader, layer, from: entry)
                documents = documents ?? 0
                if !cursor.isAtEnd, cursor.word.elementsEqual(entry) {
                    documents = (documents ?? 0) + cursor.documents
                }
            }
        }
        return documents
    }

    /// The words within some edits of one, the nearest first, of equally near ones those of most documents.
    ///
    /// - Parameters:
    ///   - key: The word's key (`WordFolder`), which is compared with theirs.
    ///   - distance: Most edits; a swap of neighbours is one.
    /// - Complexity: O(n) in the words of the list, most of which are passed over sixteen at a time; blocks of words that all begin
    ///   too differently are not looked at.
    package func words(near key: [UInt8], within distance: Int) throws -> [NearWord] {
        NearWord.sorted(try entries(near: key, within: distance))
    }

    /// The same by their entries in the list, in no order.
    func entries(near key: [UInt8], within distance: Int) throws -> [[UInt8]: (distance: Int, documents: Int)] {
        let wanted = Array(String(decoding: key, as: UTF8.self).unicodeScalars)
        // A word is no longer than its bytes, and one that is near to it by no more than the edits.
        if wanted.count <= NearWordWalk<UInt64>.longestWanted {
            return try entries(near: wanted, within: distance, by: UInt64.self)
        }
        guard wanted.count <= NearWordWalk<UInt128>.longestWanted else { return [:] }
        return try entries(near: wanted, within: distance, by: UInt128.self)
    }

    private func entries<Bits: FixedWidthInteger & UnsignedInteger>(
        near wanted: [Unicode.Scalar], within distance: Int, by bits: Bits.Type
    ) throws -> [[UInt8]: (distance: Int, documents: Int)] {
        var found: [[UInt8]: (distance: Int, documents: Int)] = [:]
        try readWords { reader in
            for layer in try reader.layers() {
                var walk = WordLayerWalk(NearWordWalk<Bits>(wanted, within: distance))
                try walk.forEachNear(in: layer, of: reader) { word, edits, documents in
                    found[word, default: (edits, 0)].documents += documents
                }
            }
        }
        return found
    }

    private func readWords(_ body: (WordListReader) throws -> Void) throws {
        try connection.access { db in
            if let reader = try wordList(db) { try body(reader) }
        }
    }
}

extension NearWord {
    /// Words in their order, by their entries in the list.
    static func sorted(_ found: [[UInt8]: (distance: Int, documents: Int)]) -> [NearWord] {
        found.filter { $0.value.documents > 0 }
            .sorted {
                ($0.value.distance, -$0.value.documents) != ($1.value.distance, -$1.value.documents)
                    ? ($0.value.distance, -$0.value.documents) < ($1.value.distance, -$1.value.documents)
                    : $0.key.lexicographicallyPrecedes($1.key)
            }
            .map { NearWord(word: ListedWord($0.key, documents: $0.value.documents), distance: $0.value.distance) }
    }
}

extension ListedWord {
    /// The word of an entry of the list: what stands behind its key, if anything does.
    init(_ entry: [UInt8], documents: Int) {
        let written = entry.firstIndex(of: 0).map { entry[($0 + 1)...] } ?? entry[...]
        self.init(text: String(decoding: written, as: UTF8.self), documents: documents)
    }
}

extension ArraySlice<UInt8> {
    /// What an entry of the list is looked up by.
    var key: ArraySlice<UInt8> { prefix { $0 != 0 } }
}

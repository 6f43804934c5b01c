import IndexStore
import Ranking
import TextAnalysis

/// What plain words find beside title and body: the authors, the tags by their words, the aliases, the names of files.
///
/// What finds nothing is kept, as most words do; other answers the columns keep. One belongs to one state of an index.
final class SideFields {
    private let snapshot: any SearchedCollection
    private let analyzer: TextAnalyzer
    private var foundNothing: Set<Question> = []
    /// Words that are of no author's name.
    private var namesNobody: Set<String> = []
    /// The words of the names of files, or none where there are too many; nil until they are asked for.
    private var fileWords: Set<[UInt8]>??

    /// How many values of authors, tags and aliases have each word; nil until they are asked for.
    private var valueWords: [[UInt8]: Int]?

    /// Texts that are kept, of some tens of bytes.
    private static let keptLimit = 16_384
    /// Reading and analysing the names of so many files takes some 5 ms, once; those of more are looked at only for words
    /// that no text has.
    private static let mostFiles = 4096

    /// What was asked of ``documents(with:isBeginning:isMissing:)``.
    private struct Question: Hashable {
        var text: String
        var isBeginning: Bool
        var isMissing: Bool
    }

    init(_ snapshot: any SearchedCollection) throws {
        self.snapshot = snapshot
        analyzer = try TextAnalyzer(.none)
    }

    /// The documents one of whose fields has all words of a text, whole; nil for none.
    ///
    /// - Parameters:
    ///   - isBeginning: Whether the last word may be the beginning of one.
    ///   - isMissing: Whether no text has the words, so that the names of any number of files are worth a look.
    /// - Complexity: O(chunks) for authors, O(different tags and aliases); of the first question O(bytes of their columns).
    func documents(with text: String, isBeginning: Bool = false, isMissing: Bool = false) throws -> DocumentBitmap? {
        let asked = Question(text: text, isBeginning: isBeginning, isMissing: isMissing)
        if foundNothing.contains(asked) { return nil }
        var found = try authored(text, isBeginning: isBeginning)
        if try snapshot.hasColumns {
            found.formUnion(try snapshot.documents(where: .words(.tag, "*/" + text, isBeginning: isBeginning)))
            found.formUnion(
                try snapshot.documents(where: .words(.metadata("aliases"), text, isBeginning: isBeginning)))
            if try mayNameFile(text, isBeginning: isBeginning, isMissing: isMissing) {
                found.formUnion(try snapshot.documents(ofFilesNamed: text, isBeginning: isBeginning))
            }
        }
        guard found.isEmpty else { return found }
        if foundNothing.count >= Self.keptLimit { foundNothing.removeAll(keepingCapacity: true) }
        foundNothing.insert(asked)
        return nil
    }

    /// The documents of authors with all of the words; none where there are no columns to look into at little cost.
    func authored(_ text: String, isBeginning: Bool = false) throws -> DocumentBitmap {
        if !isBeginning, namesNobody.contains(text) { return DocumentBitmap() }
        guard try snapshot.hasColumns else { return DocumentBitmap() }
        let found = try snapshot.documents(where: .words(.author, text, isBeginning: isBeginning))
        if found.isEmpty, !isBeginning {
            if namesNobody.count >= Self.keptLimit { namesNobody.removeAll(keepingCapacity: true) }
            namesNobody.insert(text)
        }
        return found
    }

    private func mayNameFile(_ text: String, isBeginning: Bool, isMissing: Bool) throws -> Bool {
        let known = try fileWords ?? snapshot.wordsOfFileNames(limit: Self.mostFiles)
        fileWords = .some(known)
        guard let known else { return isMissing }
        let wanted = words(of: text)
        guard let last = wanted.last, wanted.dropLast().allSatisfy(known.contains) else { return false }
        return known.contains(last) || isBeginning && known.contains { $0.starts(with: last) }
    }

    /// The words of authors, tags and aliases that are spelt nearly like one, with the number of values that have each. The word
    /// itself is none: it was looked for where no author or tag counts.
    ///
    /// - Complexity: The first time an analysis of the values of each field, of which ``NearestValues/searchedValues`` are looked
    ///   at; then a walk over their words.
    func words(near text: String) throws -> [(word: String, count: Int)] {
        let wanted = words(of: text).map(Self.scalars)
        guard try snapshot.hasColumns, wanted.count == 1, wanted[0].count > 3 else { return [] }
        let limit = wanted[0].count <= NearTerms.longestOfOneEdit ? 1 : 2
        return try wordsOfValues().lazy.filter { $0.key.count + 8 > text.utf8.count }
            .map { (scalars: Self.scalars($0.key), count: $0.value) }
            .filter { $0.scalars != wanted[0] && EditDistance.isWithin(limit, wanted[0], $0.scalars) }
            .map { (String(String.UnicodeScalarView($0.scalars)), $0.count) }
            .sorted { $0 < $1 }
    }

    private func wordsOfValues() throws -> [[UInt8]: Int] {
        if let known = valueWords { return known }
        var counts: [[UInt8]: Int] = [:]
        for field in [DocumentFilter.Field.author, .tag, .metadata("aliases")] {
            for value in try snapshot.values(of: field, limit: NearestValues.searchedValues) {
                for word in words(of: value) { counts[word, default: 0] += 1 }
            }
        }
        valueWords = counts
        return counts
    }

    private func words(of text: String) -> [[UInt8]] { AnalysedText(text, by: analyzer).terms }

    private static func scalars(_ word: [UInt8]) -> [Unicode.Scalar] {
        Array(String(decoding: word, as: UTF8.self).unicodeScalars)
    }
}

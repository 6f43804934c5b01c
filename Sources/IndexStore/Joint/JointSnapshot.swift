import Documents
import GRDB
import Ranking
import TextAnalysis

/// Several indexes, each as it was at one moment, as if one index held the documents of all, those of the first index first.
///
/// A document's id is its row id behind those of the indexes before its own. Serves one thread at a time.
package final class JointSnapshot: SearchedCollection {
    private let parts: [IndexSnapshot]
    /// The ids of each part's documents.
    private var ranges: [Range<Int64>] = []

    /// Joins indexes. They are ranked as the first one says.
    ///
    /// - Precondition: There is one at least.
    /// - Throws: ``AnalyzersDiffer`` when they do not have the same words.
    package init(_ parts: [IndexSnapshot]) throws {
        precondition(!parts.isEmpty, "no index")
        self.parts = parts
        try requireOneAnalyzer()
        try number()
    }

    private func number() throws {
        var next: Int64 = 0
        ranges = try parts.map { part in
            let end = next + (try part.lastDocument() >> 6 + 1) << 6
            defer { next = end }
            return next..<end
        }
    }

    /// The part that has a document, and its id there.
    private func part(of id: Int64) -> (index: Int, id: DocumentID)? {
        ranges.firstIndex { $0.contains(id) }.map { ($0, DocumentID(rawValue: id - ranges[$0].lowerBound)) }
    }

    private func numbered(_ documents: [StoredDocument], of part: Int) -> [StoredDocument] {
        documents.map { document in
            var document = document
            document.id = DocumentID(rawValue: document.id.rawValue + ranges[part].lowerBound)
            return document
        }
    }

    private func union(_ documents: (IndexSnapshot) throws -> DocumentBitmap) throws -> DocumentBitmap {
        var all = DocumentBitmap()
        for (part, range) in zip(parts, ranges) { all.formUnion(try documents(part), from: range.lowerBound) }
        return all
    }

    // MARK: The whole

    package var path: String { parts[0].path }
    package var settings: IndexSettings { parts[0].settings }
    package var hasColumns: Bool { get throws { try parts.allSatisfy { try $0.hasColumns } } }
    package func indexPath(of id: DocumentID) -> String? { part(of: id.rawValue).map { parts[$0.index].path } }
    package func makeAnalyzer() throws -> any Analyzer { try parts[0].makeAnalyzer() }

    package func refresh() throws -> Bool {
        var isOther = false
        for part in parts where try part.refresh() { isOther = true }
        try requireOneAnalyzer()
        try number()
        return isOther
    }

    private func requireOneAnalyzer() throws {
        for part in parts where part.settings.analyzerIdentity != settings.analyzerIdentity {
            throw AnalyzersDiffer(parts[0], part)
        }
    }

    package func evaluator(for strategy: EvaluationStrategy) throws -> any Evaluator {
        try JointEvaluator(
            zip(parts, ranges).map { part, range in
                JointEvaluator.Part(evaluator: try part.partialEvaluator(for: strategy), documents: range)
            })
    }

    package func listNames() throws -> Set<String> { try parts.reduce(into: []) { $0.formUnion(try $1.listNames()) } }

    package func metadataNames() throws -> Set<String> {
        try parts.reduce(into: []) { $0.formUnion(try $1.metadataNames()) }
    }

    // MARK: Documents

    package func document(_ id: DocumentID) throws -> StoredDocument? {
        guard let part = part(of: id.rawValue), let found = try parts[part.index].document(part.id) else { return nil }
        return numbered([found], of: part.index)[0]
    }

    package func documents(after id: DocumentID, limit: Int) throws -> [StoredDocument] {
        var found: [StoredDocument] = []
        for (part, range) in ranges.enumerated() where range.upperBound > id.rawValue && found.count < limit {
            let last = DocumentID(rawValue: max(0, id.rawValue - range.lowerBound))
            found += numbered(try parts[part].documents(after: last, limit: limit - found.count), of: part)
        }
        return found
    }

    package func documents(externalID: String) throws -> [StoredDocument] {
        try parts.indices.flatMap { numbered(try parts[$0].documents(externalID: externalID), of: $0) }
    }

    package func externalIDs(beginningWith text: String, limit: Int) throws -> [String] {
        let all = try parts.flatMap { try $0.externalIDs(beginningWith: text, limit: limit) }
        return Set(all.map(ExactText.init)).map(\.text)
            .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.prefix(max(0, limit)).map { $0 }
    }

    /// Hands out all ids of users', index by index.
    package func forEachExternalID(_ body: (String) throws -> Void) throws {
        for part in parts { try part.forEachExternalID(body) }
    }

    // MARK: Fields

    package func documents(where filter: DocumentFilter) throws -> DocumentBitmap {
        try union { try $0.documents(where: filter) }
    }

    package func documents(ofFilesNamed words: String, isBeginning: Bool) throws -> DocumentBitmap {
        try union { try $0.documents(ofFilesNamed: words, isBeginning: isBeginning) }
    }

    package func wordsOfFileNames(limit: Int) throws -> Set<[UInt8]>? {
        var all: Set<[UInt8]> = []
        for part in parts {
            guard let words = try part.wordsOfFileNames(limit: limit) else { return nil }
            all.formUnion(words)
        }
        return all
    }

    package func documents(having value: String?, of name: ColumnName) throws -> DocumentBitmap {
        try union { try $0.documents(having: value, of: name) }
    }

    package func first(_ limit: Int, of documents: DocumentBitmap, by name: ColumnName, descends: Bool) throws
        -> [Int64]
    {
        var all: [SortedDocument] = []
        for (part, range) in zip(parts, ranges) {
            all += try part.sorted(limit, of: documents.documents(in: range), by: name, descends: descends).map {
                SortedDocument(document: $0.document + range.lowerBound, value: $0.value, key: $0.key)
            }
        }
        return all.sorted { $0.comesBefore($1, descends: descends) }.prefix(max(0, limit)).map(\.document)
    }

    package func valueCounts(of name: ColumnName, in documents: DocumentBitmap) throws -> ValueCounts {
        var counter = ValueCounter()
        var without = 0
        for (part, range) in zip(parts, ranges) {
            let own = try part.valueCounts(of: name, in: documents.documents(in: range))
            own.forEach { counter.add($0, count: $1) }
            without += own.without
        }
        if name.joinsSpellings {
            // Each document is of one index.
            let groups = counter.spellings()
            counter = counter.joining(groups, shared: groups.map { _ in 0 }, order: name.order)
        }
        return ValueCounts(counter, order: name.order, without: without)
    }

    /// Those that stand in front in one of the indexes, in turns.
    package func values(of field: DocumentFilter.Field, limit: Int) throws -> [String] {
        let lists = try parts.map { try $0.values(of: field, limit: limit) }
        var seen: Set<ExactText> = []
        var all: [String] = []
        for place in 0..<(lists.map(\.count).max() ?? 0) {
            for list in lists where place < list.count && seen.insert(ExactText(list[place])).inserted {
                all.append(list[place])
            }
        }
        return Array(all.prefix(max(0, limit)))
    }

    // MARK: Words

    package func terms(withPrefix prefix: [UInt8], limit: Int) throws -> [[UInt8]] {
        let all = Set(try parts.flatMap { try $0.terms(withPrefix: prefix, limit: limit) })
        return Array(all.sorted { $0.lexicographicallyPrecedes($1) }.prefix(max(0, limit)))
    }

    package func longestTerms(withPrefix prefix: [UInt8], limit: Int) throws -> [HashedTerm: Int] {
        try parts.reduce(into: [:]) { all, part in
            all.merge(try part.longestTerms(withPrefix: prefix, limit: limit), uniquingKeysWith: +)
        }
    }

    package func words(near key: [UInt8], within distance: Int) throws -> [NearWord] {
        var all: [[UInt8]: (distance: Int, documents: Int)] = [:]
        for part in parts {
            for (entry, found) in try part.entries(near: key, within: distance) {
                all[entry, default: (found.distance, 0)].documents += found.documents
            }
        }
        return NearWord.sorted(all)
    }

    package func words(withKey key: [UInt8]) throws -> [ListedWord] {
        var counts: [String: Int] = [:]
        for word in try parts.flatMap({ try $0.words(withKey: key) }) {
            counts[word.text, default: 0] += word.documents
        }
        return counts.sorted { $0.key < $1.key }.map { ListedWord(text: $0.key, documents: $0.value) }
    }

    package func words(beginningWith letters: [UInt8], limit: Int) throws -> [ListedWord] {
        var counts: [[UInt8]: Int] = [:]
        for part in parts {
            try part.forEachWord(beginningWith: letters) { word, documents in counts[word, default: 0] += documents }
        }
        let sorted = counts.sorted {
            $0.value != $1.value ? $0.value > $1.value : $0.key.lexicographicallyPrecedes($1.key)
        }
        return sorted.prefix(max(0, limit)).map { ListedWord($0.key, documents: $0.value) }
    }

    package func documentCount(ofWord word: [UInt8], key: [UInt8], knownBy evaluator: any Evaluator) throws -> Int? {
        guard let joint = evaluator as? JointEvaluator, joint.parts.count == parts.count else { return nil }
        var sum = 0
        for (part, own) in zip(parts, joint.parts) {
            guard let count = try part.documentCount(ofWord: word, key: key, knownBy: own.evaluator) else { return nil }
            sum += count
        }
        return sum
    }
}

extension IndexSnapshot {
    /// The greatest row id; 0 where there is no document.
    fileprivate func lastDocument() throws -> Int64 {
        try connection.access { db in try Int64.fetchOne(db, sql: "SELECT max(id) FROM documents") ?? 0 }
    }
}

/// Indexes were to be searched as one that were made by different analyzers: what is one word in the one is another in the other.
public struct AnalyzersDiffer: Error, Sendable, CustomStringConvertible {
    /// Two of the indexes.
    public let paths: [String]
    /// The analyzer of each.
    public let analyzers: [String]

    init(_ one: IndexSnapshot, _ other: IndexSnapshot) {
        paths = [one.path, other.path]
        analyzers = [one.settings.analyzer, other.settings.analyzer]
    }

    /// Which, and what that means.
    public var description: String {
        analyzers[0] == analyzers[1]
            ? "\(paths[0]) and \(paths[1]) were made by different versions of the analyzer \(analyzers[0]), so their words are not the same"
            : "\(paths[0]) was made with the analyzer \(analyzers[0]), \(paths[1]) with \(analyzers[1]), so their words are not the same; "
                + "they can be searched one after the other"
    }
}

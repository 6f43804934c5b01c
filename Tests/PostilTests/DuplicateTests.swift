import Foundation
import PostilTestSupport
import TextAnalysis
import Testing

@testable import Postil

/// Groups of documents whose texts are nearly the same.
@Suite struct DuplicateTests {
    let folder: TemporaryFolder
    let analyzer: TextAnalyzer

    init() throws {
        folder = try TemporaryFolder()
        analyzer = try TextAnalyzer(.english)
    }

    /// An index of documents with these bodies and dates, in order of their row ids from 1 on.
    private func index(_ texts: [(body: String, date: String?)], compression: TextCompression = .none) throws -> Index {
        let path = folder.file("\(UUID().uuidString).db")
        let index = try Index.create(at: path, profile: .named(Profile.defaultName), compression: compression)
        let writer = try index.makeWriter()
        for (number, text) in texts.enumerated() {
            _ = try writer.insert(Document(externalID: "d\(number + 1)", body: text.body, date: text.date), source: nil)
        }
        try writer.commit()
        return index
    }

    private func groups(_ bodies: [String], threshold: Double = 0.8) throws -> [[Int64]] {
        try index(bodies.map { ($0, nil) }).makeSearcher().duplicates(threshold: threshold).map { group in
            [group.representative.rawValue] + group.others.map(\.id.rawValue)
        }
    }

    private static let ten = "one two three four five six seven eight nine ten"

    @Test func textsOfTheSameWordsAreDuplicates() throws {
        let again = "ONE, two; three\nfour *five* six – séven eights nine (ten)"
        #expect(try groups([Self.ten, "something else", again.replacing("é", with: "e")]) == [[1, 3]])
        #expect(try groups([Self.ten, again], threshold: 1) == [[1, 2]])
        #expect(try groups([Self.ten, "something else entirely"]) == [])
        #expect(try groups([]) == [])
    }

    @Test func shortAndEmptyTexts() throws {
        #expect(try groups(["", "", "–", " "]) == [])
        #expect(try groups(["Agreed.", "agreed", "", "Agreed, thanks"]) == [[1, 2]])
        #expect(try groups(["a b c d e", "a b c d", "a b c d e", "A b c. D"]) == [[1, 3], [2, 4]])
    }

    /// Ten words are six shingles. One word more makes a seventh, and six of seven are 0.857.
    @Test func thresholdsAreExact() throws {
        let longer = Self.ten + " eleven"
        #expect(try groups([Self.ten, longer], threshold: 6.0 / 7) == [[1, 2]])
        #expect(try groups([Self.ten, longer], threshold: (6.0 / 7).nextUp) == [])
        #expect(try groups([Self.ten, longer], threshold: 1) == [])
        let group = try #require(try index([(Self.ten, nil), (longer, nil)]).makeSearcher().duplicates().first)
        #expect(group.others == [.init(id: DocumentID(rawValue: 2), similarity: 6.0 / 7)])
    }

    @Test func theEarliestDateStandsForTheGroup() throws {
        let dates: [String?] = [nil, "2020-05-01", "2019", "2019", "2019-01-01"]
        let found = try index(dates.map { (Self.ten, $0) }).makeSearcher().duplicates()
        #expect(found.map(\.representative.rawValue) == [3])
        #expect(found[0].others.map(\.id.rawValue) == [1, 2, 4, 5])
        #expect(found[0].others.allSatisfy { $0.similarity == 1 })
    }

    /// A text is a copy of a copy, each a little longer: all hang together, though the first and the last are not alike.
    @Test func groupsHangTogether() throws {
        let words = (0..<60).map { "w\($0)" }
        let bodies = stride(from: 30, through: 60, by: 3).map { words[..<$0].joined(separator: " ") }
        let found = try index(bodies.map { ($0, nil) }).makeSearcher().duplicates()
        #expect(found.count == 1)
        #expect(found.first?.others.count == bodies.count - 1)
        #expect(found.first?.others.last?.similarity == 26.0 / 56)
    }

    /// A comment that is quoted whole with some words before it.
    @Test func quotedTexts() throws {
        let comment = (0..<40).map { "w\($0)" }.joined(separator: " ")
        #expect(try groups([comment, "> " + comment + "\n\nFixed, thanks."]) == [[1, 2]])
    }

    private func randomTexts(seed: UInt64) -> [ReferenceDuplicates.Text] {
        var source = TextGenerator(seed: seed, words: 400)
        var bodies: [[String]] = []
        for _ in 0..<100 {
            let words = source.text(words: source.number(in: 0...60)).split(separator: " ").map(String.init)
            guard var copy = bodies.isEmpty ? nil : bodies[source.number(in: 0...bodies.count - 1)] else {
                bodies.append(words)
                continue
            }
            switch source.number(in: 0...5) {
            case 0, 1: copy = words
            case 2: copy.insert(contentsOf: words.prefix(4), at: source.number(in: 0...copy.count))
            case 3: if !copy.isEmpty { copy.remove(at: source.number(in: 0...copy.count - 1)) }
            case 4: copy += words
            default: break
            }
            bodies.append(copy)
        }
        return bodies.enumerated().map { number, words in
            let date = source.number(in: 0...3)
            return ReferenceDuplicates.Text(
                id: Int64(number + 1), date: date == 0 ? nil : "200\(date)", body: words.joined(separator: " "))
        }
    }

    @Test(arguments: [UInt64(1), 2, 3])
    func agreesWithAllPairs(seed: UInt64) throws {
        let texts = randomTexts(seed: seed)
        for compression in [TextCompression.none, .zstd].prefix(seed == 1 ? 2 : 1) {
            let index = try index(texts.map { ($0.body, $0.date) }, compression: compression)
            for threshold in [0.4, 0.75, 0.8, 0.9, 1] {
                let found = try index.makeSearcher().duplicates(threshold: threshold)
                let expected = ReferenceDuplicates.groups(of: texts, threshold: threshold, by: analyzer).map { group in
                    DuplicateGroup(
                        representative: DocumentID(rawValue: group.representative),
                        others: group.others.map { .init(id: DocumentID(rawValue: $0.id), similarity: $0.similarity) })
                }
                #expect(found == expected, "seed: \(seed), threshold: \(threshold), \(compression)")
                #expect(!expected.isEmpty)
            }
        }
    }

    /// Documents that are gone are in no group, and other analyzers are asked one by one.
    @Test func deletedDocumentsAndOtherAnalyzers() throws {
        for analyzer in ["none", "german", "fts5:porter unicode61", "fts5:trigram"] {
            let path = folder.file("\(analyzer).db")
            let index = try Index.create(at: path, profile: .named(Profile.defaultName), analyzer: analyzer)
            var writer = try index.makeWriter()
            let ids = try (0..<3).map {
                try writer.insert(Document(externalID: "\($0)", body: Self.ten), source: nil)
            }
            try writer.commit()
            let searcher = try index.makeSearcher()
            #expect(try searcher.duplicates().first?.others.count == 2, "\(analyzer)")
            writer = try index.makeWriter()
            try writer.delete(ids[0])
            try writer.commit()
            // The searcher stays at its moment, and may be asked again.
            #expect(try searcher.duplicates().first?.others.count == 2, "\(analyzer)")
            try searcher.refresh()
            #expect(try searcher.duplicates().map(\.representative) == [ids[1]], "\(analyzer)")
        }
    }
}

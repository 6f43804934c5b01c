import Foundation
import IndexStore
import PostilTestSupport
import Testing

@testable import Postil

/// Sorting, counting and grouping by columns, held to what comes of all matches one by one.
@Suite struct SortingTests {
    private static let authors = ["Ann Lee", "ann lee", "Bo", "Émile", "Zoe", ""]
    private static let words = ["reward", "model", "the", "agent"]

    private static func document(_ number: Int, using random: inout SplitMix64) -> Document {
        func pick(_ values: [String]) -> String? {
            Int.random(in: 0..<4, using: &random) == 0 ? nil : values.randomElement(using: &random)
        }
        var metadata: [String: String] = [:]
        if let value = pick(["1", "2.5", "2.50", "-3", "30", "many", "Many ", "12"]) {
            metadata[Bool.random(using: &random) ? "karma" : "Karma"] = value
        }
        let text = (0..<Int.random(in: 1...12, using: &random)).compactMap { _ in words.randomElement(using: &random) }
        return Document(
            externalID: "d\(number)", title: pick(["Zebra", "Éclair", "eclipse", "Eclipse", "10", "9"]) ?? "",
            body: text.joined(separator: " "), author: pick(authors),
            date: pick(["2018-02", "2019", "2019-06-05", "soon"]),
            tags: Array(Set((0..<2).compactMap { _ in pick(["a", "B", "c/d", "A", "#a"]) })).sorted(),
            metadata: metadata)
    }

    private func makeIndex(_ folder: TemporaryFolder, using random: inout SplitMix64) throws -> Index {
        let index = try Index.create(at: folder.file("index.db"), profile: try Profile.named("default"))
        var number = 0
        for round in 0..<3 {
            let writer = try index.makeWriter()
            var ids: [DocumentID] = []
            for _ in 0..<50 {
                ids.append(try writer.insert(Self.document(number, using: &random)))
                number += 1
            }
            for _ in 0..<5 { if let id = ids.randomElement(using: &random) { try writer.delete(id) } }
            try writer.commit()
            try TestDatabase(index.path).execute(
                "UPDATE sqlite_sequence SET seq = \((round + 1) * 4096 - 20) WHERE name = 'documents'")
        }
        return index
    }

    private static let queries = [
        "*", "reward", "+reward +model -the", "\"reward model\"", "date:2019 agent", "nothing",
    ]

    /// The values of a field that a document has.
    private func values(_ field: String, _ hit: SearchHit) -> [String] {
        let values =
            switch field {
            case "author": [hit.author ?? ""]
            case "date": [hit.date ?? ""]
            case "title": [hit.title]
            case "tag": hit.tags
            case "year": [hit.date.map { $0.hasPrefix("20") ? String($0.prefix(4)) : "" } ?? ""]
            default: hit.metadata.filter { $0.key.lowercased() == field }.map(\.value)
            }
        return values.filter { !$0.isEmpty }
    }

    private func order(_ field: String) -> ValueOrder { field == "date" ? .bytes : .natural }

    private func allHits(_ searcher: Searcher, _ query: String) throws -> [SearchHit] {
        try searcher.search(SearchRequest(query, limit: 1000, snippetLength: nil)).hits
    }

    @Test(arguments: [UInt64(1), 2, 3]) func sortsAsAllMatchesSortedOneByOne(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let folder = try TemporaryFolder()
        let searcher = try makeIndex(folder, using: &random).makeSearcher()
        for query in Self.queries {
            let all = try allHits(searcher, query)
            for field in ["date", "title", "author", "tag", "karma"] {
                for descends in [false, true] {
                    func precedes(_ one: SearchHit, _ other: SearchHit) -> Bool {
                        func first(_ hit: SearchHit) -> String? {
                            let sorted = values(field, hit).sorted(by: order(field).areInOrder)
                            return descends ? sorted.last : sorted.first
                        }
                        switch (first(one), first(other)) {
                        case (let a?, let b?) where !a.utf8.elementsEqual(b.utf8):
                            return descends ? order(field).areInOrder(b, a) : order(field).areInOrder(a, b)
                        case (nil, _?): return false
                        case (_?, nil): return true
                        default: return one.id < other.id
                        }
                    }
                    let expected = all.sorted(by: precedes)
                    for (offset, limit) in [(0, 1000), (0, 3), (2, 7)] {
                        var request = SearchRequest(query, limit: limit, offset: offset, snippetLength: nil)
                        request.sort = SortOrder(field: field, descends: descends)
                        let found = try searcher.search(request)
                        let place = "seed: \(seed), query: \(query), sort: \(request.sort), \(offset), \(limit)"
                        let wanted = expected.dropFirst(offset).prefix(limit)
                        #expect(found.hits.map(\.externalID) == wanted.map(\.externalID), "\(place)")
                        #expect(found.total.value == all.count && found.total.isExact, "\(place)")
                        for (one, other) in zip(found.hits, wanted) {
                            // The second stage looks at the best of other documents than in the ranking of all.
                            #expect((one.score == 0) == (other.score == 0), "\(place)")
                        }
                    }
                }
            }
        }
    }

    @Test(arguments: [UInt64(1), 2, 3]) func countsAsAllMatchesCountedOneByOne(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let folder = try TemporaryFolder()
        let searcher = try makeIndex(folder, using: &random).makeSearcher()
        for query in Self.queries {
            let all = try allHits(searcher, query)
            for field in ["author", "date", "year", "tag", "karma", "metadata.Karma"] {
                let key = field == "metadata.Karma" ? "karma" : field
                // Spellings of a value are one, which goes by the most usual of them.
                func spelling(_ value: String) -> ValueSpelling {
                    key == "date" || key == "year" ? ValueSpelling(exactly: value) : ValueSpelling(value)
                }
                var numbers: [ValueSpelling: (spellings: [String: Int], count: Int)] = [:]
                for hit in all {
                    for value in Set(values(key, hit)) {
                        numbers[spelling(value), default: ([:], 0)].spellings[value, default: 0] += 1
                    }
                    for value in Set(values(key, hit).map(spelling)) { numbers[value]?.count += 1 }
                }
                var counts: [String: Int] = [:]
                for (spellings, count) in numbers.values {
                    let label = spellings.min { one, other in
                        one.value != other.value ? one.value > other.value : order(field).areInOrder(one.key, other.key)
                    }
                    counts[label?.key ?? ""] = count
                }
                let facet = try searcher.facet(field, of: query)
                let place = "seed: \(seed), query: \(query), field: \(field)"
                #expect(
                    Dictionary(uniqueKeysWithValues: facet.values.map { ($0.value, $0.count) }) == counts, "\(place)")
                #expect(facet.without == all.count { values(key, $0).isEmpty }, "\(place)")
                #expect(
                    zip(facet.values, facet.values.dropFirst()).allSatisfy {
                        $0.count > $1.count || $0.count == $1.count && order(field).areInOrder($0.value, $1.value)
                    }, "\(place)")
                var request = SearchRequest(query, limit: 1)
                request.facets = [field]
                request.facetLimit = 2
                let facets = try searcher.search(request).facets
                if !all.isEmpty { #expect(facets.map(\.values) == [Array(facet.values.prefix(2))], "\(place)") }
            }
        }
    }

    @Test(arguments: [UInt64(1), 2, 3], ["relevance", "-date"]) func groupsHaveTheFirstOfTheirDocuments(
        seed: UInt64, sort: String
    ) throws {
        var random = SplitMix64(seed: seed)
        let folder = try TemporaryFolder()
        let searcher = try makeIndex(folder, using: &random).makeSearcher()
        for query in Self.queries {
            for field in ["author", "karma", "year"] {
                var request = SearchRequest(query, limit: 1000, snippetLength: nil)
                request.sort = SortOrder(sort)
                let all = try searcher.search(request).hits
                // Of two spellings of a name a document has one. A group goes by that of its first.
                var order: [String?] = []
                var members: [String?: [String]] = [:]
                var labels: [ValueSpelling: String] = [:]
                for hit in all {
                    var value = values(field, hit).first
                    if let own = value {
                        let spelling = field == "year" ? ValueSpelling(exactly: own) : ValueSpelling(own)
                        value = labels[spelling] ?? own
                        labels[spelling] = value
                    }
                    if members[value] == nil { order.append(value) }
                    members[value, default: []].append(hit.externalID)
                }
                request.grouping = Grouping(field: field, perGroup: 2)
                (request.limit, request.offset) = (3, 1)
                let results = try searcher.search(request)
                let groups = try #require(results.groups)
                let wanted = order.dropFirst().prefix(3)
                let place = "seed: \(seed), query: \(query), field: \(field), sort: \(sort)"
                #expect(groups.map(\.value) == Array(wanted), "\(place)")
                #expect(groups.map(\.count) == wanted.map { members[$0]?.count ?? 0 }, "\(place)")
                #expect(
                    groups.map { results.hits[$0.hits].map(\.externalID) }
                        == wanted.map { Array(members[$0]?.prefix(2) ?? []) }, "\(place)")
            }
        }
    }

    /// Without columns the rows give the same.
    @Test func rowsSortAndCountWithoutColumns() throws {
        var random = SplitMix64(seed: 9)
        let folder = try TemporaryFolder()
        let index = try makeIndex(folder, using: &random)
        func answers() throws -> [String] {
            let searcher = try index.makeSearcher()
            var request = SearchRequest("reward", limit: 100)
            var answers: [String] = []
            for sort in ["date", "-title", "karma"] {
                request.sort = SortOrder(sort)
                answers += try searcher.search(request).hits.map(\.externalID)
            }
            return answers + (try searcher.facet("author", of: "reward").values.map { "\($0.value) \($0.count)" })
                + (try searcher.fields().values.map { "\($0.value) \($0.count)" })
        }
        let expected = try answers()
        try TestDatabase(index.path).execute("DROP TABLE document_columns")
        #expect(try answers() == expected)
    }

    @Test func anUnknownFieldIsAnErrorThatNamesTheKnownOnes() throws {
        var random = SplitMix64(seed: 9)
        let folder = try TemporaryFolder()
        let searcher = try makeIndex(folder, using: &random).makeSearcher()
        var request = SearchRequest("reward")
        request.sort = SortOrder("-karna")
        #expect {
            try searcher.search(request)
        } throws: { error in
            (error as? UnknownField)?.known.contains("title") ?? false
        }
        #expect(throws: UnknownField.self) { try searcher.facet("title") }
        #expect(SortOrder("-date").description == "-date")
        #expect(SortOrder("relevance") == .relevance)
    }
}

import Foundation
import PostilTestSupport
import TextAnalysis
import Testing

@testable import Postil

/// Hits whose text a better hit has already.
@Suite struct CopiesTests {
    private static let comment = "reward hacking is what happens when the proxy and the goal come apart under pressure"

    private func searcher(_ bodies: [String]) throws -> (Searcher, TemporaryFolder) {
        let folder = try TemporaryFolder()
        let index = try Index.create(at: folder.file("index.db"), profile: .named(Profile.defaultName))
        let writer = try index.makeWriter()
        for (number, body) in bodies.enumerated() {
            _ = try writer.insert(Document(externalID: "d\(number)", body: body), source: nil)
        }
        try writer.commit()
        return (try index.makeSearcher(), folder)
    }

    /// What collapsed pages are: every text compared with all before it.
    private func reference(_ ranked: [SearchHit], bodies: [String], by analyzer: TextAnalyzer) -> [(
        id: String, copies: [String: Double]
    )] {
        var shingles: [Set<String>] = []
        var best: [Int] = []
        var hits: [(id: String, copies: [String: Double])] = []
        var places: [Int: Int] = [:]
        for (number, hit) in ranked.enumerated() {
            let body = bodies[Int(hit.externalID.dropFirst()) ?? 0]
            // Four words and less are copies of nothing.
            var words = 0
            Array(body.utf8).withUnsafeBufferPointer { bytes in
                analyzer.analyze(bytes, for: .document) { words += $0.isColocated ? 0 : 1 }
            }
            shingles.append(words < 5 ? [] : ReferenceDuplicates.shingles(of: body, by: analyzer))
            let alike = (0..<number).filter {
                ReferenceDuplicates.resemblance(shingles[$0], shingles[number]) >= Searcher.duplicateThreshold
            }
            guard let found = alike.map({ best[$0] }).min() else {
                best.append(number)
                places[number] = hits.count
                hits.append((hit.externalID, [:]))
                continue
            }
            best.append(found)
            hits[places[found] ?? 0].copies[hit.externalID] = ReferenceDuplicates.resemblance(
                shingles[found], shingles[number])
        }
        return hits
    }

    @Test(arguments: [UInt64(1), 2, 3])
    func pagesHaveEachTextOnce(seed: UInt64) throws {
        let analyzer = try TextAnalyzer(.english)
        var source = TextGenerator(seed: seed, words: 50)
        var bodies = (0..<20).map { _ in source.text(words: source.number(in: 0...30)) }
        for _ in 0..<60 {
            var words = bodies[source.number(in: 0...19)].split(separator: " ").map(String.init)
            if !words.isEmpty, source.number(in: 0...1) == 0 { words.removeLast() }
            bodies.append(words.joined(separator: " ") + (source.number(in: 0...1) == 0 ? " x" : ""))
        }
        let (searcher, folder) = try searcher(bodies)
        for _ in 0..<8 {
            let query = source.text(words: 2)
            let ranked = try searcher.search(SearchRequest(query, limit: 100)).hits
            let expected = reference(ranked, bodies: bodies, by: analyzer)
            for (limit, offset) in [(100, 0), (3, 0), (3, 3), (5, 2)] {
                for snippetLength in [nil, 100] {
                    let request = SearchRequest(
                        query, limit: limit, offset: offset, snippetLength: snippetLength, copies: .collapsed)
                    let page = try searcher.search(request).hits
                    let context = "seed: \(seed), query: \(query), limit: \(limit), offset: \(offset)"
                    let wanted = expected.dropFirst(offset).prefix(limit)
                    #expect(page.map(\.externalID) == wanted.map(\.id), "\(context)")
                    #expect(page.map(\.rank) == Array(page.indices.map { $0 + offset + 1 }), "\(context)")
                    for (hit, wanted) in zip(page, wanted) {
                        let copies = Dictionary(
                            uniqueKeysWithValues: hit.duplicates.map { ($0.externalID, $0.similarity) })
                        // Those that would stand behind the page's end are not looked for.
                        for (id, similarity) in copies { #expect(wanted.copies[id] == similarity, "\(context) \(id)") }
                        if limit == 100 { #expect(copies.count == wanted.copies.count, "\(context) \(hit.externalID)") }
                    }
                }
            }
        }
        withExtendedLifetime(folder) {}
    }

    /// Forty copies of one text at the top of a list leave nine places for others.
    @Test func pagesAreFilledUp() throws {
        let copies = (0..<40).map { _ in "reward hacking reward hacking " + Self.comment }
        let others = (0..<30).map {
            "reward hacking number \($0) " + String(repeating: "is not at all like it \($0) ", count: 9)
        }
        let (searcher, folder) = try searcher(copies + others)
        var request = SearchRequest("reward hacking", limit: 10, copies: .collapsed)
        let first = try searcher.search(request)
        #expect(first.hits.count == 10 && Set(first.hits.map(\.externalID)).count == 10)
        #expect(first.hits.map(\.duplicates.count) == [39] + Array(repeating: 0, count: 9))
        #expect(first.hits[0].duplicates.allSatisfy { $0.similarity == 1 })
        request.offset = 10
        let second = try searcher.search(request)
        #expect(second.hits.map(\.rank) == Array(11...20))
        #expect(Set(first.hits.map(\.id)).isDisjoint(with: second.hits.map(\.id)))
        #expect(second.hits.allSatisfy { $0.duplicates.isEmpty })
        request.offset = 25
        #expect(try searcher.search(request).hits.count == 6)
        withExtendedLifetime(folder) {}
    }

    @Test func fewWordsAreNoCopies() throws {
        let (searcher, folder) = try searcher([
            "I agree with this", "I agree with this", "I agree with this now", "I agree with this now",
        ])
        let hits = try searcher.search(SearchRequest("agree", copies: .collapsed)).hits
        #expect(Set(hits.map { $0.duplicates.map(\.externalID) }) == [[], ["d3"]] && hits.count == 3)
        withExtendedLifetime(folder) {}
    }

    @Test func whoQuotesAnotherWholeIsKeptAndSaysSo() throws {
        let long =
            "reward reward reward hacking hacking: " + Self.comment + ", and much besides, as all of us know by now"
        let other = "reward hacking has been on our lists of things to worry about for a long time now"
        let (searcher, folder) = try searcher([Self.comment, long, other, Self.comment.uppercased()])
        for copies in [SearchRequest.CopyTreatment.collapsed, .marked] {
            let hits = try searcher.search(SearchRequest("reward hacking", copies: copies)).hits
            let ranks = Dictionary(uniqueKeysWithValues: hits.map { ($0.externalID, $0.rank) })
            let best = try #require(ranks["d0"])
            let quotes = Dictionary(uniqueKeysWithValues: hits.map { ($0.externalID, $0.quotes) })
            #expect(quotes["d1"] == [best] && quotes["d0"] == [] && quotes["d2"] == [])
            switch copies {
            case .collapsed:
                #expect(hits.count == 3)
                #expect(hits.map { $0.duplicates.map(\.externalID) } == hits.map { $0.rank == best ? ["d3"] : [] })
            default:
                #expect(hits.count == 4 && quotes["d3"] == [])
                #expect(hits.map(\.duplicateOf) == hits.map { $0.externalID == "d3" ? best : nil })
            }
        }
        withExtendedLifetime(folder) {}
    }

    /// Marks change nothing else, and point at hits of the page that have none.
    @Test(arguments: [UInt64(1), 2])
    func marksChangeNothingElse(seed: UInt64) throws {
        var source = TextGenerator(seed: seed, words: 50)
        var bodies = (0..<30).map { _ in source.text(words: source.number(in: 0...30)) }
        for _ in 0..<30 { bodies.append(bodies[source.number(in: 0...29)] + " " + source.text(words: 1)) }
        let (searcher, folder) = try searcher(bodies)
        var marks = 0
        for _ in 0..<20 {
            let query = source.text(words: 2)
            for offset in [0, 3] {
                var request = SearchRequest(query, limit: 20, offset: offset)
                let plain = try searcher.search(request)
                request.copies = .marked
                let marked = try searcher.search(request)
                let context = "seed: \(seed), query: \(query), offset: \(offset)"
                #expect(marked.hits.map(\.id) == plain.hits.map(\.id), "\(context)")
                #expect(marked.hits.map(\.score) == plain.hits.map(\.score), "\(context)")
                #expect(marked.hits.map(\.rank) == plain.hits.map(\.rank), "\(context)")
                #expect(marked.hits.map(\.snippet) == plain.hits.map(\.snippet), "\(context)")
                #expect(marked.total == plain.total, "\(context)")
                #expect(plain.hits.allSatisfy { $0.duplicateOf == nil && $0.quotes.isEmpty }, "\(context)")
                for hit in marked.hits {
                    guard let rank = hit.duplicateOf else { continue }
                    marks += 1
                    let better = try #require(marked.hits.first { $0.rank == rank }, "\(context)")
                    #expect(rank < hit.rank && better.duplicateOf == nil, "\(context)")
                }
            }
        }
        #expect(marks > 10)
        withExtendedLifetime(folder) {}
    }

    /// Of pairs at the threshold none is passed over in thousands; unlike ones are nearly all.
    @Test func samplesTellUnlikeTextsApart() {
        var random = SplitMix64(seed: 5)
        func shingles(_ count: Int) -> [UInt64] {
            (0..<count).map { _ in UInt64.random(in: 0...UInt64.max, using: &random) }
        }
        var wrong = 0
        for round in 0..<3_000 {
            let size = Int.random(in: 1...300, using: &random)
            let shared = shingles(4 * size)
            let (left, right) = (
                shared + shingles(size / 2), (shared + shingles(size - size / 2)).shuffled(using: &random)
            )
            let (one, other) = (LeastShingles(of: left + left), LeastShingles(of: right))
            #expect(one.mayResemble(other) && other.mayResemble(one), "round \(round)")
            #expect(!Set(one.keys).isDisjoint(with: other.keys), "round \(round)")
            #expect(LeastShingles(of: shared).mayStand(in: ShingleFilter(of: right + shingles(5 * size))))
            #expect(one.values == Array(Set(left).sorted().prefix(LeastShingles.mostCount)))
            let unlike = shingles(5 * size)
            if LeastShingles(of: unlike).mayResemble(one) { wrong += 1 }
            if LeastShingles(of: unlike).mayStand(in: ShingleFilter(of: left)) { wrong += 1 }
        }
        #expect(wrong < 30)
    }
}

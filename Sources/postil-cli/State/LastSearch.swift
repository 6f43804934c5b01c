import Foundation
import Postil
import Reports

/// The hits of the last search on an index, so that `postil show 3` can mean the third of them.
///
/// Where its ``StateFile`` cannot be written, numbers mean nothing, and searches are none the worse.
///
///     {"version":1,"index":"/home/ada/postil.db","first":1,"hits":[{"id":"a","source":"/home/ada/a.md"}]}
struct LastSearch: Decodable {
    /// A hit, by what it is found by in an index that has changed meanwhile.
    struct Hit: Decodable {
        var id: String
        var source: String?
        /// The address of the passage, where passages were ranked.
        var passage: String?
        /// The absolute path of the index that has it, where several were searched.
        var index: String?
    }

    private static let presentVersion = 1
    /// Hits that are kept: nobody counts further.
    private static let mostHits = 1_000

    private var version: Int
    private var index: String
    /// The rank of the first hit.
    private var first: Int
    private var hits: [Hit]

    /// The hit of a rank, if it was on the page.
    func hit(_ rank: Int) -> Hit? { hits.indices.contains(rank - first) ? hits[rank - first] : nil }

    /// The ranks that the page had.
    var ranks: ClosedRange<Int>? { hits.isEmpty ? nil : first...(first + hits.count - 1) }

    // MARK: Its file

    /// Keeps the hits of a search, in place of those of the last one.
    ///
    /// - Parameter absolute: Makes the path of an index absolute.
    static func keep(
        _ results: SearchResults, ranksPassages: Bool, of index: String, environment: [String: String],
        absolute: (String) -> String
    ) {
        guard let state = StateFile("last-search", for: index, environment: environment) else { return }
        let hits = results.hits.prefix(mostHits).map { hit in
            let passage = ranksPassages ? hit.passages.first?.address : nil
            return ReportValue.members([
                "id": .string(hit.externalID), "source": .optional(hit.source), "passage": .optional(passage),
                "index": .optional(hit.index.map(absolute)),
            ])
        }
        let search = ReportValue.members([
            "version": .count(presentVersion), "index": .string(index), "first": .count(results.hits.first?.rank ?? 1),
            "hits": .array(hits),
        ])
        do { try state.write(search.text) } catch {
            // A home that cannot be written to is no reason to fail a search that has its answer.
        }
    }

    /// The last search on an index; nil for none.
    static func load(for index: String, environment: [String: String]) -> LastSearch? {
        let state = StateFile("last-search", for: index, environment: environment)
        guard let search = state?.read(LastSearch.self), search.version == presentVersion, search.index == index,
            search.first > 0
        else { return nil }
        return search
    }
}

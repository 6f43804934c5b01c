import Foundation
import Postil
import SystemPackage

/// Searches on an index that have names, and what each has shown already.
///
/// They lie beside ``LastSearch``, one file for each index. What was shown is told by ids and files and not by row ids, so that
/// an index that is made anew has nothing new.
struct SavedSearches: Codable {
    /// A search with a name.
    struct Search: Codable {
        var name: String
        var query: String
        /// Only documents dated so much later are found: `2w`, `2024-06`; nil for all.
        var since: String?
        /// Hashes of the documents that matched when it was last asked.
        var seen: [String]
        /// Hashes of their texts, in the same order, empty for an empty text; nil in what an earlier version wrote.
        var texts: [String]?
        /// The day of that.
        var asked: String

        /// Those of `hits` that were not there when it was last asked.
        ///
        /// - Parameter searcher: Knows the texts of the hits.
        func new(among hits: [SearchHit], by searcher: Searcher) throws -> [SearchHit] {
            let known = Set(seen)
            let unknown = hits.filter { !known.contains(Self.hash(of: $0)) }
            guard let texts, !unknown.isEmpty else { return unknown }
            // What is gone under its old name and says the same under another one, as a file that was renamed does, is not new.
            let present = Set(hits.map(Self.hash))
            var gone: [String: Int] = [:]
            for (seen, text) in zip(seen, texts) where !text.isEmpty && !present.contains(seen) {
                gone[text, default: 0] += 1
            }
            if gone.isEmpty { return unknown }
            return try unknown.filter { hit in
                let text = try Self.hash(ofTextOf: hit, by: searcher)
                guard let count = gone[text], count > 0 else { return true }
                gone[text] = count - 1
                return false
            }
        }

        /// Takes down that all of `hits` have been seen.
        mutating func see(_ hits: [SearchHit], on day: String, by searcher: Searcher) throws {
            seen = hits.map(Self.hash)
            texts = try hits.map { try Self.hash(ofTextOf: $0, by: searcher) }
            asked = day
        }

        /// FNV-1a of id and file: twelve letters a document.
        private static func hash(of hit: SearchHit) -> String {
            hash(of: [hit.externalID, hit.source ?? ""])
        }

        private static func hash(ofTextOf hit: SearchHit, by searcher: Searcher) throws -> String {
            guard let text = try searcher.document(hit.id)?.document.body, !text.isEmpty else { return "" }
            return hash(of: [text])
        }

        private static func hash(of texts: [String]) -> String {
            var hash: UInt64 = 0xCBF2_9CE4_8422_2325
            for byte in texts.joined(separator: "\0").utf8 {
                hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
            }
            return String(hash, radix: 36)
        }
    }

    private static let presentVersion = 1

    private var version = Self.presentVersion
    private var index: String
    /// In the order of their names.
    private(set) var searches: [Search] = []

    /// The search of a name.
    func search(_ name: String) -> Search? { searches.first { $0.name == name } }

    /// Keeps a search in the place of one of the same name.
    mutating func set(_ search: Search) {
        searches.removeAll { $0.name == search.name }
        searches.append(search)
        searches.sort { $0.name < $1.name }
    }

    /// Forgets a search; whether there was one.
    mutating func remove(_ name: String) -> Bool {
        let count = searches.count
        searches.removeAll { $0.name == name }
        return searches.count < count
    }

    // MARK: The file

    /// The searches on the index at a path; none where there is no file that can be read.
    static func load(for index: String, environment: [String: String]) -> SavedSearches {
        let state = StateFile("saved-searches", for: index, environment: environment)
        if let saved = state?.read(SavedSearches.self), saved.version == presentVersion, saved.index == index {
            return saved
        }
        return SavedSearches(index: index)
    }

    /// Writes them down.
    ///
    /// - Throws: `UsageError` where they cannot be kept.
    func save(environment: [String: String]) throws {
        guard let state = StateFile("saved-searches", for: index, environment: environment) else {
            throw UsageError("there is no place for saved searches; set $HOME or $XDG_STATE_HOME")
        }
        do {
            try state.write(String(decoding: JSONEncoder().encode(self), as: UTF8.self))
        } catch {
            throw UsageError("\(state.path) cannot be written: \(error)")
        }
    }
}

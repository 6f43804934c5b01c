import Foundation
import Postil
import SystemPackage

/// The hits of the last search on an index, so that `postil show 3` can mean the third of them.
///
/// It lies in `$XDG_STATE_HOME/postil` (`~/.local/state/postil`), one file for each index, readable by the user alone. Nothing is
/// written into folders of texts. Where it cannot be written, numbers mean nothing, and searches are none the worse.
///
///     {"version":1,"index":"/home/ada/postil.db","first":1,"hits":[{"id":"a","source":"/home/ada/a.md"}]}
struct LastSearch: Codable {
    /// A hit, by what it is found by in an index that has changed meanwhile.
    struct Hit: Codable {
        var id: String
        var source: String?
    }

    private static let presentVersion = 1
    /// Hits that are kept: nobody counts further.
    private static let mostHits = 1_000

    private var version = Self.presentVersion
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
    static func keep(_ results: SearchResults, of index: String, environment: [String: String]) {
        guard let path = path(for: index, environment: environment) else { return }
        let search = LastSearch(
            index: index, first: results.hits.first?.rank ?? 1,
            hits: results.hits.prefix(mostHits).map { Hit(id: $0.externalID, source: $0.source) })
        do {
            let data = try JSONEncoder().encode(search)
            let folder = FilePath(path).removingLastComponent().string
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            // Under another name first, so that two searches at once leave one of both.
            let draft = "\(path).\(ProcessInfo.processInfo.processIdentifier)"
            guard FileManager.default.createFile(atPath: draft, contents: data, attributes: [.posixPermissions: 0o600])
            else { return }
            _ = rename(draft, path)
        } catch {
            // A home that cannot be written to is no reason to fail a search that has its answer.
        }
    }

    /// The last search on an index; nil for none.
    static func load(for index: String, environment: [String: String]) -> LastSearch? {
        guard let path = path(for: index, environment: environment),
            let data = FileManager.default.contents(atPath: path),
            let search = try? JSONDecoder().decode(LastSearch.self, from: data),
            search.version == presentVersion, search.index == index, search.first > 0
        else { return nil }
        return search
    }

    /// The file for an index, named by a hash of its path.
    private static func path(for index: String, environment: [String: String]) -> String? {
        let home = environment["HOME"].flatMap { $0.hasPrefix("/") ? $0 + "/.local/state" : nil }
        let base = environment["XDG_STATE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? home
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325  // FNV-1a
        for byte in index.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        return base.map { "\($0)/postil/last-search-\(String(hash, radix: 16)).json" }
    }
}

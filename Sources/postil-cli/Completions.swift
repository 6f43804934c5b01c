import ArgumentParser
import Foundation
import Postil
import Reports

/// What a shell offers for a word that is being typed. No index, or none that can be read, has nothing to offer.
enum Completions {
    /// Candidates that are offered at most: a shell shows no more on a page.
    private static let most = 200

    /// Ids of the index that `-i`, `$POSTIL_INDEX` or the folder names.
    static let ids = CompletionKind.custom { words, _, beginning in
        guard let searcher = searcher(for: words) else { return [] }
        return (try? searcher.ids(beginningWith: beginning, limit: most)) ?? []
    }

    /// Names of fields, as queries begin with them, and words of the index.
    static let query = CompletionKind.custom { words, _, beginning in
        guard !beginning.isEmpty, let searcher = searcher(for: words) else { return [] }
        return searcher.fieldNames.map { $0 + ":" }.filter { $0.hasPrefix(beginning) }.sorted()
            + QueryCompletion.completions(of: beginning, by: searcher)
    }

    /// Names of fields that hits can be counted or grouped by, one or several.
    static let fields = CompletionKind.custom { words, _, beginning in
        guard let searcher = searcher(for: words) else { return [] }
        return QueryCompletion.fields(beginningWith: beginning, by: searcher)
    }

    /// What hits can be sorted by.
    static let orders = CompletionKind.custom { words, _, beginning in
        guard let searcher = searcher(for: words) else { return [] }
        return QueryCompletion.fields(beginningWith: beginning, by: searcher, others: ["relevance", "title"])
    }

    /// Names of profiles: those that come with the program, and those in the folders of profiles.
    static let profiles = CompletionKind.custom { _, _, beginning in
        let folders = SettingsFolders(
            environment: ProcessInfo.processInfo.environment, folder: FileManager.default.currentDirectoryPath)
        let files = folders.profileFolders.flatMap { (try? FileManager.default.contentsOfDirectory(atPath: $0)) ?? [] }
        let named = files.filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(".yaml".count)) }
        let here = ((try? FileManager.default.contentsOfDirectory(atPath: ".")) ?? []).filter { $0.hasSuffix(".yaml") }
        return Set(Profile.builtInNames + named + here).filter { $0.hasPrefix(beginning) }.sorted()
    }

    private static func searcher(for words: [String]) -> Searcher? {
        let environment = ProcessInfo.processInfo.environment
        let flag = words.lastIndex { $0 == "-i" || $0 == "--index" }.flatMap {
            words.indices.contains($0 + 1) ? words[$0 + 1] : nil
        }
        let folder = FileManager.default.currentDirectoryPath
        guard let path = try? Index.discover(explicit: flag, environment: environment, folder: folder) else {
            return nil
        }
        return try? Index.open(at: path).makeSearcher()
    }
}

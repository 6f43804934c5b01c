import Postil

/// The indexes that a command looks into, and what searches all of them.
struct SearchedIndexes {
    /// One at least.
    let indexes: [Index]
    let searcher: Searcher
}

extension Session {
    /// Opens the indexes that the command line names, each once, else the one that settings name.
    ///
    /// - Parameter handles: What may be numbers of hits of the last search. If that was on several indexes, those that have the hits
    ///   are opened as well.
    func openIndexes(_ names: [String], for handles: [String] = []) throws -> SearchedIndexes {
        var indexes = names.count < 2 ? [try openIndex()] : []
        for name in names.dropFirst(indexes.count)
        where !indexes.contains(where: { absolutePath(of: $0) == absolutePath(name) }) {
            indexes.append(try Index.open(at: name))
        }
        let ranks = handles.compactMap { handle in
            Int(handle.drop { $0 == "@" }.prefix { $0 != "#" })
        }
        if !ranks.isEmpty {
            let last = LastSearch.load(for: absolutePath(of: indexes[0]), environment: environment)
            for path in ranks.compactMap({ last?.hit($0)?.index })
            where !indexes.contains(where: { absolutePath(of: $0) == path }) {
                indexes.append(try Index.open(at: path))
            }
        }
        return SearchedIndexes(indexes: indexes, searcher: try Index.makeSearcher(over: indexes))
    }
}

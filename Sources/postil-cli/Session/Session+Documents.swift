import Foundation
import Postil
import Reports
import SystemPackage

extension Session {
    /// Keeps the hits of a search for ``documents(_:in:by:)`` and, where passages were ranked, ``passages(_:in:by:)``: for each of the
    /// indexes that were searched.
    func keep(_ results: SearchResults, ranksPassages: Bool = false, of indexes: [Index]) {
        for index in indexes {
            LastSearch.keep(
                results, ranksPassages: ranksPassages, of: absolutePath(index.path), environment: environment,
                absolute: absolutePath)
        }
    }

    /// The address of the passage that a number stands for, if the last search ranked passages and nothing has it for an id.
    private func rankedPassage(_ text: String, in index: Index, by searcher: Searcher) throws -> String? {
        guard let rank = Int(text.hasPrefix("@") ? text.dropFirst() : text[...]), rank > 0,
            try text.hasPrefix("@") || searcher.documents(externalID: text).isEmpty
        else { return nil }
        return LastSearch.load(for: absolutePath(of: index), environment: environment)?.hit(rank)?.passage
    }

    func absolutePath(of index: Index) -> String { absolutePath(index.path) }

    func absolutePath(_ path: String) -> String {
        FilePath(folder).pushing(FilePath(path)).lexicallyNormalized().string
    }

    /// The documents that a word of the command line means, with a remark where there are several or none: an id; the number of a
    /// hit of the last search on the index, also as `@3`, which is never an id; or the beginning of a single id.
    func documents(_ text: String, in index: Index, by searcher: Searcher) throws -> [StoredDocument] {
        let last = { LastSearch.load(for: absolutePath(of: index), environment: environment) }
        if text.hasPrefix("@"), let rank = Int(text.dropFirst()) {
            return try hit(rank, of: last(), in: index, by: searcher)
        }
        let found = try searcher.documents(externalID: text)
        if found.count > 1 {
            let example = QualifiedID.text(text, source: found[0].source)
            messages.hint(
                "\(found.count) documents from as many files have the id “\(text)”; for one of them, put its file before it: \(example)"
            )
        }
        guard found.isEmpty else { return found }
        if let rank = Int(text), rank > 0, last() != nil { return try hit(rank, of: last(), in: index, by: searcher) }
        if let document = try document(atPath: text, by: searcher) { return [document] }
        return try abbreviated(text, by: searcher)
    }

    /// The document that the file at a path is, as hits name the page of one.
    private func document(atPath path: String, by searcher: Searcher) throws -> StoredDocument? {
        guard path.hasPrefix("/") else { return nil }
        // Its id is the path below the folder that was indexed.
        var id = path.dropFirst()
        while true {
            let found = try searcher.documents(externalID: String(id)).filter { $0.source == path }
            if found.count == 1 { return found[0] }
            guard let slash = id.firstIndex(of: "/") else { return nil }
            id = id[id.index(after: slash)...]
        }
    }

    private func hit(_ rank: Int, of last: LastSearch?, in index: Index, by searcher: Searcher) throws
        -> [StoredDocument]
    {
        guard let last, let ranks = last.ranks else {
            messages.warning("the last search here found nothing; `postil search` comes before a number of a hit")
            return []
        }
        guard let hit = last.hit(rank) else {
            messages.warning(
                "the last search here showed hits \(ranks.lowerBound) to \(ranks.upperBound), and none of the number \(rank)"
            )
            return []
        }
        let found = try searcher.documents(externalID: hit.id).filter { document in
            guard let wanted = hit.index else { return true }
            return absolutePath(searcher.indexPath(of: document.id) ?? index.path) == wanted
        }
        if found.isEmpty, let other = hit.index, other != absolutePath(of: index) {
            messages.warning("hit \(rank) is “\(hit.id)” of \(other), which -i names")
        } else if found.isEmpty {
            messages.warning("“\(hit.id)”, which was hit \(rank), is not in the index any more")
        }
        return found.count == 1 ? found : found.filter { $0.source == hit.source }
    }

    /// The document whose id alone begins so.
    private func abbreviated(_ text: String, by searcher: Searcher) throws -> [StoredDocument] {
        let beginning = try searcher.ids(beginningWith: text, limit: 6)
        if beginning.count == 1 { return try searcher.documents(externalID: beginning[0]) }
        if beginning.count > 1 {
            let more = beginning.count > 5 ? " …" : ""
            messages.warning("several ids begin with “\(text)”: " + beginning.prefix(5).joined(separator: ", ") + more)
            return []
        }
        let near = try searcher.ids(near: text, limit: 3)
        let advice = near.isEmpty ? "`postil search` prints ids" : "near it are " + near.joined(separator: ", ")
        messages.warning("no document has the id “\(text)”; \(advice)")
        return []
    }

    /// The documents and passages that `ID` or `ID#PASSAGE` of the command line means, with a remark where there are several or
    /// none.
    func passages(_ text: String, in index: Index, by searcher: Searcher) throws -> [(
        stored: StoredDocument, passage: DocumentOutline.Passage?
    )] {
        var text = text
        if let passage = try rankedPassage(text, in: index, by: searcher) { text += "#" + passage }
        guard let hash = text.lastIndex(of: "#"), hash != text.startIndex,
            try searcher.documents(externalID: text).isEmpty
        else { return try documents(text, in: index, by: searcher).map { ($0, nil) } }
        let address = String(text[text.index(after: hash)...])
        return try documents(String(text[..<hash]), in: index, by: searcher).compactMap { stored in
            let outline = DocumentOutline(stored.document)
            guard let passage = outline.passage(at: address) else {
                var known = outline.headings.prefix(8).map(\.address)
                if outline.pages.count > 1 { known.append("page=1 to page=\(outline.pages.count)") }
                let others = known.isEmpty ? "" : known.joined(separator: ", ") + " and "
                messages.warning(
                    "“\(stored.document.externalID)” has no passage “\(address)”; it has \(others)p1 to p\(outline.paragraphs.count)"
                )
                return nil
            }
            let same = outline.headings.filter { $0.text == passage.headings.last }.count
            if same > 1, passage.address.hasPrefix(DocumentOutline.slug(address) + "-"), !passage.hasChanged {
                messages.hint(
                    "“\(stored.document.externalID)” has \(same) headings of these words; #\(passage.address) stays with this one"
                )
            }
            if passage.hasChanged {
                messages.hint("the words of “\(text)” are not there any more; this is what stands in their place")
            }
            return (stored, passage)
        }
    }
}

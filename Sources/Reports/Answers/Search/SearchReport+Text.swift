import Postil

extension SearchReport {
    /// The hits for people: number and title, who and when, the passage with the words that matched, the link and the id.
    package func writeText(in layout: TextLayout, to write: (String) throws -> Void) throws {
        if let interpretation {
            try write(interpretation.lines.map { layout.line($0, .secondary) + "\n" }.joined() + "\n")
        }
        let page = ResultsPage(results.hits)
        for (number, hit) in results.hits.enumerated() {
            if number > 0 { try write("\n") }
            if let heading = groupHeading(ofHitAt: number, in: layout) { try write(heading + "\n") }
            try write(text(of: hit, on: page, in: layout))
        }
        try writeFacets(in: layout, to: write)
    }

    /// Where the hits stand in all matches, and what was done for it.
    package var remarks: [String] {
        [(results.hits.isEmpty ? "" : "\n") + summary] + expansion + (showsWork ? [results.statistics.line] : [])
    }

    /// `Results 1–10 of at least 1,000 (0.21 ms); 2 copies collapsed, --all shows them`.
    package var summary: String {
        let total = results.total
        guard let first = results.hits.first, let last = results.hits.last else {
            if countsOnly, total.value > 0 { return Quantity.count(total.value, "result") }
            return "No results" + (total.value > 0 ? " on this page" : "")
        }
        let range = first.rank == last.rank ? "Result \(first.rank)" : "Results \(first.rank)–\(last.rank)"
        let of = " of " + (total.isExact ? "" : "at least ") + Quantity.count(total.value)
        let microseconds = Int(results.duration / .microseconds(1))
        let copies = results.hits.reduce(0) { $0 + $1.duplicates.count }
        let collapsed =
            copies > 0 ? "; \(Quantity.count(copies, "copy", plural: "copies")) collapsed, --all shows them" : ""
        let all = results.withAllWords?.value == 0 ? "; no document has all words" : ""
        return "\(range)\(of)\(all) (\(Quantity.duration(microseconds: microseconds)))\(collapsed)"
    }

    /// `Also searched: proxy, goodhart, target`.
    private var expansion: [String] {
        let words = results.alsoSearched
        return words.isEmpty ? [] : ["Also searched: " + VisibleText.line(words.joined(separator: ", "))]
    }

    private func shows(_ name: String) -> Bool { chosen?.contains(name) ?? true }

    private func text(of hit: SearchHit, on page: ResultsPage, in layout: TextLayout) -> String {
        let indent = String(repeating: " ", count: page.numberWidth + 2)
        let width = max(layout.width - indent.count, 20)
        func paragraph(_ text: StyledText) -> [String] { text.lines(width: width, color: layout.usesColor) }

        func secondary(_ text: String) -> [String] {
            var styled = StyledText()
            styled.append(text, style: .secondary)
            return paragraph(styled)
        }

        let isTitled = !hit.title.isEmpty && shows("title")
        var heading = StyledText()
        heading.append(isTitled ? hit.title : hit.externalID, style: .heading)
        var lines = paragraph(heading)

        var facts = StyledText()
        if let duplicateOf = hit.duplicateOf, shows("duplicate_of") {
            facts.append("same text as \(duplicateOf) · ", style: .match)
        }
        facts.append(
            (chosen?.flatMap { chosenFacts($0, of: hit) } ?? usualFacts(of: hit, on: page))
                .filter { !$0.isEmpty }.joined(separator: " · "), style: .secondary)
        lines += paragraph(facts)

        if !hit.missingWords.isEmpty, shows("without") {
            lines += secondary("without: " + hit.missingWords.joined(separator: ", "))
        }
        if !hit.passages.isEmpty, shows("snippet") || shows("passages") {
            for passage in hit.passages {
                lines += secondary((passage.headings + ["#" + passage.address]).joined(separator: " › "))
                lines += paragraph(passage.snippet.styledText(color: layout.usesColor))
            }
        } else if let snippet = hit.snippet, shows("snippet") {
            lines += paragraph(snippet.styledText(color: layout.usesColor))
        }
        if let explanation = hit.explanation, shows("explanation") { lines += explanation.lines }

        // A link is never broken: a terminal could not open it.
        if let url = hit.url, !url.isEmpty, shows("url") { lines.append(layout.line(url, .link)) }
        // Viewers of PDF open it there.
        if let page = hit.snippet?.page, let source = hit.source, shows("page") {
            lines.append(layout.line("\(source)#page=\(page)", .link))
        }
        // An id that is cut cannot be given to `postil show`.
        let isShared = page.isShared(hit.externalID)
        if isTitled || isShared, shows("id") {
            let name = isShared ? QualifiedID.text(hit.externalID, source: hit.source) : hit.externalID
            lines.append(layout.line(name, .secondary))
        }
        if shows("quotes"), !hit.quotes.isEmpty {
            lines += secondary("quotes the whole of " + hit.quotes.map(String.init).joined(separator: ", "))
        }
        if shows("duplicates"), !hit.duplicates.isEmpty { lines += secondary(copies(of: hit, on: page)) }

        let number = String(hit.rank)
        let label = String(repeating: " ", count: page.numberWidth - number.count) + number + "  "
        return lines.enumerated().map { ($0.offset == 0 ? label : indent) + $0.element + "\n" }.joined()
    }

    /// Copies that are named: a page that was copied forty times is as good known by three of them.
    private static let mostCopies = 3

    /// `also in: forum-1, letter-7 and 38 more`.
    private func copies(of hit: SearchHit, on page: ResultsPage) -> String {
        let names = hit.duplicates.prefix(Self.mostCopies).map { copy in
            copy.externalID == hit.externalID || page.isShared(copy.externalID)
                ? QualifiedID.text(copy.externalID, source: copy.source) : copy.externalID
        }
        let others = hit.duplicates.count - names.count
        return "also in: " + names.joined(separator: ", ") + (others > 0 ? " and \(others) more" : "")
    }

    /// Who, when, what or where it appeared, how good; and from where, if that tells the hits of the page apart.
    private func usualFacts(of hit: SearchHit, on page: ResultsPage) -> [String] {
        [
            hit.author ?? "", hit.date.map { String($0.prefix(10)) } ?? "", hit.kindOrVenue ?? "",
            "score " + Quantity.decimal(hit.score, places: 2), hit.index ?? "",
            page.origin(of: hit) ?? "",
        ]
    }

    /// What a field that was asked for says on the line of facts; nothing for those that have a line of their own.
    private func chosenFacts(_ name: String, of hit: SearchHit) -> [String] {
        switch name {
        case "author": [hit.author ?? ""]
        case "date": [hit.date.map { String($0.prefix(10)) } ?? ""]
        case "score": ["score " + Quantity.decimal(hit.score, places: 2)]
        case "source": [hit.source ?? ""]
        case "index": [hit.index ?? ""]
        case "line": ["line \(hit.line)"]
        case "tags": [hit.tags.joined(separator: ", ")]
        case "kind": [hit.metadata["kind"] ?? ""]
        case "citation": [hit.citationLine]
        case "metadata": hit.metadata.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
        default:
            name.hasPrefix(Self.metadataPrefix)
                ? [hit.metadataText(of: String(name.dropFirst(Self.metadataPrefix.count))) ?? ""] : []
        }
    }
}

extension SearchHit {
    /// Where documents say that they appeared, the surest name first.
    private static let venues = [
        "venue", "journal", "booktitle", "book", "newsletter", "publication", "Publication Title", "blog", "site",
    ]
    /// A longer text is no name.
    private static let longestVenue = 80

    /// What it is, `opinion`; of what does not say that, the journal, book or blog that it is in.
    fileprivate var kindOrVenue: String? {
        (["kind"] + Self.venues).lazy.compactMap { metadata[$0] }
            .first { !$0.isEmpty && $0 != title && $0.count <= Self.longestVenue }
    }
}

/// What the hits of a page have in common.
private struct ResultsPage {
    let numberWidth: Int
    /// How many hits have an id.
    private let uses: [String: Int]
    /// How much of the sources' paths is the same for all; nil where there is but one source.
    private let commonLength: Int?

    init(_ hits: [SearchHit]) {
        numberWidth = max(String(hits.last?.rank ?? 1).count, 2)
        uses = Dictionary(hits.map { ($0.externalID, 1) }, uniquingKeysWith: +)
        let folders = Set(hits.compactMap(\.source)).map { $0.split(separator: "/", omittingEmptySubsequences: false) }
        guard folders.count > 1, var common = folders.first?.dropLast() else {
            commonLength = nil
            return
        }
        for folder in folders { common = common.prefix(zip(common, folder).prefix { $0 == $1 }.count) }
        commonLength = common.reduce(0) { $0 + $1.count + 1 }
    }

    func isShared(_ id: String) -> Bool { uses[id, default: 0] > 1 }

    /// The file of a hit, from where the files' paths part; nil where the id or the page tells it.
    func origin(of hit: SearchHit) -> String? {
        guard let commonLength, let source = hit.source, !isShared(hit.externalID), !source.hasSuffix(hit.externalID)
        else { return nil }
        return String(source.dropFirst(commonLength))
    }
}

extension Snippet {
    /// The passage with its matches highlighted: in colour, or between asterisks.
    package func styledText(color: Bool) -> StyledText {
        var result = StyledText()
        let scalars = Array(text.unicodeScalars)
        let utf8 = text.utf8.count == scalars.count ? Array(text.utf8) : []
        func part(_ range: Range<Int>) -> String {
            // In ASCII scalars are bytes.
            utf8.isEmpty
                ? String(String.UnicodeScalarView(scalars[range])) : String(decoding: utf8[range], as: UTF8.self)
        }
        var position = 0
        for highlight in highlights {
            let range = highlight.clamped(to: position..<scalars.count)
            guard !range.isEmpty else { continue }
            result.append(part(position..<range.lowerBound), style: .plain)
            result.append(color ? part(range) : "*" + part(range) + "*", style: .match)
            position = range.upperBound
        }
        result.append(part(position..<scalars.count), style: .plain)
        return result
    }
}

extension EvaluationStatistics {
    /// `Looked at 24 of 2,344 blocks of 64 documents (45 postings); the others were pruned`.
    var line: String {
        guard blocksInIndex > 0 else {
            return "Scored every match (\(Quantity.count(postings)) postings); nothing was pruned"
        }
        var details = "\(Quantity.count(postings)) postings"
        if positionChecks > 0 { details += ", positions of \(Quantity.count(positionChecks, "document"))" }
        let others = blocks < blocksInIndex ? "the others were pruned" : "nothing was pruned"
        return "Looked at \(Quantity.count(blocks)) of \(Quantity.count(blocksInIndex)) blocks of 64 documents "
            + "(\(details)); \(others)"
    }
}

extension QueryInterpretation {
    /// The query, its condition, and a line for each part:
    ///
    ///     Understood as (learned optimization): (learn OR optim)
    ///       learn  in 12 documents, weighs 3.05
    fileprivate var lines: [String] {
        let width = parts.map { DisplayWidth.of(VisibleText.line($0.pattern)) }.max() ?? 0
        return ["Understood as \(VisibleText.line(query)): \(VisibleText.line(condition))"]
            + parts.map { part in
                let name = VisibleText.line(part.pattern)
                let blanks = String(repeating: " ", count: width - DisplayWidth.of(name))
                let counts = part.documents.map { Quantity.count($0) }.joined(separator: ", ")
                let weighs = part.weight > 0 ? "weighs " + Quantity.decimal(part.weight, places: 2) : "is only matched"
                return
                    "  \(name)\(blanks)  in \(counts) documents\(part.field.map { ", only the \($0)" } ?? ""), \(weighs)"
            }
    }
}

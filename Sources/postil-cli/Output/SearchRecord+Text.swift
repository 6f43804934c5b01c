extension SearchRecord {
    /// The hits for people: number and title, who and when, the passage with the words that matched, and the link.
    func text(for terminal: Terminal) -> String {
        let numberWidth = max(String(hits.last?.rank ?? 1).count, 2)
        let uses = Dictionary(hits.map { ($0.id, 1) }, uniquingKeysWith: +)
        return hits.map { hit in
            hit.text(for: terminal, numberWidth: numberWidth, isShared: uses[hit.id, default: 0] > 1)
        }.joined(separator: "\n")
    }

    /// `Results 1–10 of at least 1,000 (0.21 ms)`.
    var summary: String {
        guard let first = hits.first, let last = hits.last else {
            return "No results" + (total > 0 ? " on this page" : "")
        }
        let range = first.rank == last.rank ? "Result \(first.rank)" : "Results \(first.rank)–\(last.rank)"
        let of = " of " + (isExact ? "" : "at least ") + Quantity.count(total)
        return "\(range)\(of) (\(Quantity.duration(microseconds: microseconds)))"
    }
}

extension HitRecord {
    /// - Parameter isShared: Whether hits from other sources have the same id.
    fileprivate func text(for terminal: Terminal, numberWidth: Int, isShared: Bool) -> String {
        let indent = String(repeating: " ", count: numberWidth + 2)
        let width = max(terminal.width - indent.count, 20)
        func paragraph(_ text: StyledText) -> [String] { text.lines(width: width, color: terminal.usesColor) }

        var heading = StyledText()
        heading.append(title.isEmpty ? id : title, style: .heading)
        var lines = paragraph(heading)

        var facts = StyledText()
        if let duplicateOf { facts.append("same text as \(duplicateOf) · ", style: .match) }
        let parts = [author, date.map { String($0.prefix(10)) }, "score " + Quantity.decimal(score, places: 2)]
        facts.append(parts.compactMap { $0?.isEmpty == false ? $0 : nil }.joined(separator: " · "), style: .secondary)
        lines += paragraph(facts)

        if let snippet { lines += paragraph(snippet.styledText(color: terminal.usesColor)) }
        if let explanation { lines += explanation.lines }

        // A link is never broken: a terminal could not open it.
        if let url, !url.isEmpty {
            lines.append(TextStyle.link.applied(to: VisibleText.line(url), color: terminal.usesColor))
        }
        // An id that is cut cannot be given to `postil show`.
        if !title.isEmpty || isShared {
            let name = isShared ? DocumentRecord.qualified(id, source: source) : id
            lines.append(TextStyle.secondary.applied(to: VisibleText.line(name), color: terminal.usesColor))
        }

        let number = String(rank)
        let label = String(repeating: " ", count: numberWidth - number.count) + number + "  "
        return lines.enumerated().map { ($0.offset == 0 ? label : indent) + $0.element + "\n" }.joined()
    }
}

extension SnippetRecord {
    /// The passage with its matches highlighted: in colour, or between asterisks.
    func styledText(color: Bool) -> StyledText {
        var result = StyledText()
        let scalars = Array(text.unicodeScalars)
        func part(_ range: Range<Int>) -> String { String(String.UnicodeScalarView(scalars[range])) }
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

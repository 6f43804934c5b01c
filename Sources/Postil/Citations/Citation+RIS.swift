extension Citation {
    /// An entry in RIS, which reference managers import; lines end with CR LF.
    ///
    ///     TY  - RPRT
    ///     AU  - Föhl, Marguerite
    ///     …
    ///     ER  -
    public var ris: String {
        var text = "TY  - \(risType)\r\n"
        func add(_ tag: String, _ value: String?) {
            let words = (value ?? "").split { $0.isWhitespace || $0.isNewline }
            if !words.isEmpty { text += "\(tag)  - \(words.joined(separator: " "))\r\n" }
        }
        add("ID", key)
        for author in authors {
            add("AU", author.isLiteral ? author.family : author.suffixLast)
        }
        if hasMoreAuthors { add("AU", "et al.") }
        for editor in editors { add(kind == .book ? "ED" : "A2", editor.isLiteral ? editor.family : editor.suffixLast) }
        add("TI", entryTitle)
        add("T2", container)
        add("T3", details.series)
        add("VL", details.volume)
        add("IS", details.number)
        add("SP", details.pageRange?.first)
        add("EP", details.pageRange?.last)
        add("ET", details.edition)
        add("M3", details.genre ?? (type == .mastersThesis ? "Master's thesis" : nil))
        add("PB", details.publisher ?? details.institution)
        add("CY", details.address)
        add("SN", details.isbn ?? details.issn)
        let parts = dateParts
        if let year = parts.first {
            add("PY", String(year))
            func two(_ place: Int) -> String {
                guard place < parts.count else { return "" }
                return parts[place] < 10 ? "0\(parts[place])" : String(parts[place])
            }
            add("DA", parts.count > 1 ? "\(year)/\(two(1))/\(two(2))" : "\(year)//")
        }
        add("DO", doi)
        add("UR", link)
        if url != nil { add("Y2", accessed?.replacing("-", with: "/")) }
        add("RI", work?.title)
        add("N1", note)
        for tag in tags { add("KW", tag) }
        return text + "ER  - \r\n"
    }

    private var risType: String {
        // A review, of which RIS knows nothing, is a page if it is on the web.
        kind == .review && url != nil ? "ELEC" : type.ris
    }
}

extension PersonName {
    /// RIS has the suffix behind the given names: `King, Martin Luther, Jr.`
    fileprivate var suffixLast: String {
        let last = [particle, family].filter { !$0.isEmpty }.joined(separator: " ")
        return [last, given, suffix].filter { !$0.isEmpty }.joined(separator: ", ")
    }
}

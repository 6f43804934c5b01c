extension Citation {
    /// An entry for BibTeX and biblatex, UTF-8.
    ///
    ///     @misc{fohl2022no-k3f9a,
    ///       author = {Föhl, Marguerite},
    ///       title = {There is No Harmless Proxy},
    ///       …
    ///     }
    ///
    /// What LaTeX would take for a command is escaped. Words with capitals within (`AI`, `GPT-4`) are protected from styles that
    /// write titles small.
    public var bibtex: String {
        var fields: [(name: String, value: String)] = []
        func add(_ name: String, _ value: String?) {
            if let value, !value.isEmpty { fields.append((name, value)) }
        }
        add("author", LaTeX.names(authors, hasOthers: hasMoreAuthors))
        add("editor", LaTeX.names(editors, hasOthers: false))
        add("title", LaTeX.title(entryTitle))
        let field = type.containerField
        let own = ["publisher": details.publisher, "school": details.institution, "institution": details.institution]
        if let container, own[field].flatMap(\.self) == nil { add(field, LaTeX.text(container)) }
        if field == "school" || field == "institution" { add(field, details.institution.map(LaTeX.text)) }
        if kind == .message, container == nil { add("howpublished", type == EntryType(of: .message) ? "E-mail" : nil) }
        add("series", details.series.map(LaTeX.text))
        add("volume", details.volume.map(LaTeX.text))
        add("number", details.number.map(LaTeX.text))
        // BibTeX has two hyphens between pages.
        add(
            "pages",
            details.pageRange.map { LaTeX.text([$0.first, $0.last].compactMap(\.self).joined(separator: "--")) })
        add("edition", details.edition.map(LaTeX.text))
        add("publisher", details.publisher.map(LaTeX.text))
        add("address", details.address.map(LaTeX.text))
        add("isbn", details.isbn)
        add("issn", details.issn)
        let parts = dateParts
        if parts.count > 0 { add("year", String(parts[0])) }
        if parts.count > 1, (1...12).contains(parts[1]) { fields.append(("month", Self.months[parts[1] - 1])) }
        if parts.count > 2 { add("day", String(parts[2])) }
        add("doi", doi.map(LaTeX.verbatim))
        if let arXivID {
            add("eprint", arXivID)
            add("archiveprefix", "arXiv")
            add("primaryclass", details.arXivClass.map(LaTeX.text))
        }
        add("url", link.map(LaTeX.verbatim))
        add("urldate", url == nil ? nil : accessed)
        add("note", note.map(LaTeX.text))
        add("keywords", LaTeX.text(tags.joined(separator: ", ")))
        let lines = fields.map { name, value in
            // The names of months are macros, which styles translate.
            "  \(name) = " + (name == "month" ? value : "{\(value)}")
        }
        return "@\(type.bibtex){\(key),\n" + lines.joined(separator: ",\n") + "\n}\n"
    }

    /// What an entry calls the document. None is without a title, which every style prints; one that has none is known by its id.
    var entryTitle: String { title.isEmpty ? id : title }

    /// What the entry says about another work, or of the passage.
    var note: String? {
        var parts: [String] = []
        if let work {
            let names = work.authors.map(\.text)
            let people = names.count > 3 ? [names[0] + " et al."] : names
            let about = [
                people.joined(separator: ", "), work.title.isEmpty ? "" : "“\(work.title)”",
                work.date.map { String($0.prefix(4)) } ?? "",
            ]
            parts.append(
                (kind == .comment ? "Comment on " : "On ") + about.filter { !$0.isEmpty }.joined(separator: ", "))
        }
        if let recipients { parts.append("To " + recipients) }
        if let page { parts.append("Page \(page)") }
        return parts.isEmpty ? nil : parts.joined(separator: ". ")
    }

    private static let months = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ]
}

/// Text as LaTeX and BibTeX read it.
enum LaTeX {
    /// With all that has a meaning escaped. Braces are spelt out: BibTeX counts even those behind a backslash.
    static func text(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": result += "\\textbackslash{}"
            case "{": result += "\\textbraceleft{}"
            case "}": result += "\\textbraceright{}"
            case "~": result += "\\textasciitilde{}"
            case "^": result += "\\textasciicircum{}"
            case "<": result += "\\textless{}"
            case ">": result += "\\textgreater{}"
            case "|": result += "\\textbar{}"
            case "\"": result += "\\textquotedbl{}"
            case "#", "$", "%", "&", "_": result += "\\" + String(scalar)
            default:
                // Line ends and control characters are no part of a field.
                let isBlank = scalar.properties.isWhitespace && scalar != "\u{A0}"
                if isBlank || scalar.properties.generalCategory == .control {
                    result += " "
                } else {
                    result.unicodeScalars.append(scalar)
                }
            }
        }
        return result
    }

    /// The same, with words protected whose capitals matter, and formulas as they are.
    static func title(_ text: String) -> String {
        LaTeXFormula.parts(of: text).map { part in
            part.isFormula ? "{" + part.text + "}" : part.text.isEmpty ? "" : words(of: String(part.text))
        }.joined()
    }

    private static func words(of text: String) -> String {
        let (isOpen, isClosed) = (text.first?.isWhitespace == true, text.last?.isWhitespace == true)
        let words = text.split(whereSeparator: \.isWhitespace)
        let written = words.map { word in
            let escaped = Self.text(String(word))
            let letters = word.filter(\.isLetter)
            let isProtected = letters.dropFirst().contains(where: \.isUppercase)
            return isProtected ? "{" + escaped + "}" : escaped
        }.joined(separator: " ")
        return written.isEmpty ? " " : (isOpen ? " " : "") + written + (isClosed ? " " : "")
    }

    /// An address, which LaTeX prints as it is: what would end the field is percent-encoded.
    static func verbatim(_ text: String) -> String {
        text.unicodeScalars.map { scalar in
            switch scalar {
            case "{", "}", "\\", "\"", "<", ">", "^", "`", "|": PercentEncoding.text(String(scalar), leaving: [])
            default:
                scalar.properties.isWhitespace || scalar.properties.generalCategory == .control
                    ? PercentEncoding.text(String(scalar), leaving: []) : String(scalar)
            }
        }.joined()
    }

    /// `van Merwijk, Chris and {OpenAI} and others`.
    static func names(_ names: [PersonName], hasOthers: Bool) -> String {
        let parts = names.map { name in
            guard !name.isLiteral else { return "{" + text(name.family) + "}" }
            // A comma or "and" within a part would make two of it.
            func part(_ text: String) -> String {
                let escaped = LaTeX.text(text)
                return text.contains(",") || text.split(separator: " ").contains("and") ? "{" + escaped + "}" : escaped
            }
            let last = [name.particle, name.family].filter { !$0.isEmpty }.map(part).joined(separator: " ")
            return [last, part(name.suffix), part(name.given)].filter { !$0.isEmpty }.joined(separator: ", ")
        }
        return (parts + (hasOthers ? ["others"] : [])).joined(separator: " and ")
    }
}

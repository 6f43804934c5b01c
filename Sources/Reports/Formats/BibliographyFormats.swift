import Postil

extension OutputFormat {
    /// BibTeX, for LaTeX and reference managers.
    package static let bibtex = OutputFormat("bibtex", needs: .bibliography, showsFields: false) { report, output in
        var isFirst = true
        try report.forEachCitation { citation in
            try output.write((isFirst ? "" : "\n") + output.shown(citation.bibtex))
            isFirst = false
        }
    }

    /// A list of CSL-JSON, for citeproc, Pandoc and Zotero.
    package static let cslJSON = OutputFormat("csl-json", needs: .bibliography, showsFields: false) { report, output in
        try output.write("[")
        var isFirst = true
        try report.forEachCitation { citation in
            try output.write((isFirst ? "\n" : ",\n") + output.shown(try citation.cslJSON))
            isFirst = false
        }
        try output.write(isFirst ? "]\n" : "\n]\n")
    }

    /// RIS, for reference managers.
    package static let ris = OutputFormat("ris", needs: .bibliography, showsFields: false) { report, output in
        try report.forEachCitation { citation in try output.write(output.shown(citation.ris) + "\r\n") }
    }
}

extension Report {
    /// Hands out the citations of the entries: each once, and no key twice. Keys are equal only for documents of one id, title and
    /// URL from several files.
    fileprivate func forEachCitation(_ body: (Citation) throws -> Void) throws {
        var seen: Set<Citation> = []
        var uses: [String: Int] = [:]
        try forEachEntry { entry in
            guard let citation = entry.citation, seen.insert(citation).inserted else { return }
            let use = uses[citation.key, default: 0] + 1
            uses[citation.key] = use
            try body(use == 1 ? citation : citation.renamed("\(citation.key)-\(use)"))
        }
    }
}

extension ReportOutput {
    /// What a person looks at must not move the cursor.
    fileprivate func shown(_ text: String) -> String {
        layout.isTerminal ? VisibleText.block(text.replacing("\r\n", with: "\n")) : text
    }
}

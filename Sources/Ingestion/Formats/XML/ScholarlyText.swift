import CLibxml2

/// Gathers the text of TEI, DocBook, JATS and what resembles them: paragraphs, headings and tables in their order, notes behind them.
struct ScholarlyText {
    private var output = SpacedText()
    /// The first heading.
    private(set) var title: String?
    /// Where the text leads.
    private(set) var links = TextLinks()
    private let header: ScholarlyHeader
    /// How many elements that are left out, and that are kept in these, are open.
    private var (left, kept) = (0, 0)
    private var cells = 0
    private var (citations, mixed) = (0, 0)
    private var verbatim = 0
    /// Elements that are open whose children say the same in several forms, each with the one that is read.
    private var forms: [(holder: XMLNode.Pointer, chosen: XMLNode.Pointer)] = []
    /// Notes that stand in the text, to be read behind it; those within one stay where they are.
    private var notes: [XMLNode.Pointer] = []
    private var isBehind = false

    init(_ root: XMLNode, header: ScholarlyHeader) {
        self.header = header
        walk(root.pointer)
        isBehind = true
        for note in notes {
            output.part(by: .paragraph)
            walk(note)
        }
        notes = []
    }

    /// The text so far.
    var text: String { output.text }

    private mutating func walk(_ root: XMLNode.Pointer) {
        TreeWalk.forEachNode(below: root) { node in
            enter(node)
        } leave: { node in
            leave(node)
        }
    }

    private mutating func enter(_ node: XMLNode.Pointer) -> Bool {
        if header.leftOut.contains(node) { left += 1 }
        if header.kept.contains(node) { kept += 1 }
        guard let name = TreeWalk.element(node) else {
            if left == 0 || kept > 0 { output.append(textOf: node, isKept: verbatim > 0) }
            return true
        }
        let kind = Self.kinds[name] ?? []
        count(kind, by: 1)
        if isAlternative(node) { return false }
        if kind.isEmpty {
            output.part(by: gap(kind, isEnd: false))
            return true
        }
        let element = XMLNode(pointer: node)
        if kind.contains(.formula) {
            if left == 0 || kept > 0 { take(formula: element) }
            return false
        }
        if kind.contains(.note), !isBehind, left == 0, isWithinText(node) {
            notes.append(node)
            return false
        }
        if kind.contains(.noteMark), element.onlyText.map(NoteMark.isOne) ?? false { return false }
        if kind.contains(.raised) { output.part(raised: element) }
        if kind.contains(.forms), let chosen = Self.chosen(of: element) { forms.append((node, chosen.pointer)) }
        let isWithinWord = kind.contains(.pause) && element.attribute("break") == "no"
        output.part(by: isWithinWord ? .none : gap(kind, isEnd: false))
        if title == nil, kind.contains(.title) { title = element.text }
        if kind.contains(.link), let target = Self.addresses.lazy.compactMap(element.attribute).first {
            links.add(target)
        }
        return true
    }

    private mutating func leave(_ node: XMLNode.Pointer) {
        if header.leftOut.contains(node) { left -= 1 }
        if header.kept.contains(node) { kept -= 1 }
        guard let name = TreeWalk.element(node) else { return }
        let kind = Self.kinds[name] ?? []
        defer { count(kind, by: -1) }
        if kind.contains(.pause) || node == notes.last && !isBehind || isAlternative(node) { return }
        if forms.last?.holder == node { forms.removeLast() }
        output.part(by: gap(kind, isEnd: true))
    }

    /// Counts the elements that are open.
    private mutating func count(_ kind: Kind, by step: Int) {
        if kind.contains(.cell) { cells += step }
        if kind.contains(.citation) { citations += step }
        if kind.contains(.mixed) { mixed += step }
        if kind.contains(.verbatim) { verbatim += step }
    }

    /// Whether a note stands in a paragraph, rather than in a list of notes.
    private func isWithinText(_ note: XMLNode.Pointer) -> Bool {
        // Safety: libxml2 set this pointer, and the tree is not changed.
        guard let parent = note.pointee.parent, let name = TreeWalk.element(parent) else { return false }
        return Self.kinds[name].map { !$0.isDisjoint(with: [.holder, .inline]) } ?? false
    }

    /// Of the forms of one thing the one that is read: a formula in TeX rather than MathML, and what is shown rather than its source.
    private static func chosen(of holder: XMLNode) -> XMLNode? {
        let forms = holder.children
        return forms.first { $0.name == "tex-math" }
            ?? forms.first { !$0.name.hasPrefix("annotation") && $0.text != nil }
    }

    /// Whether an element says once more what another beside it says.
    private func isAlternative(_ node: XMLNode.Pointer) -> Bool {
        guard let forms = forms.last else { return false }
        // Safety: libxml2 set this pointer, and the tree is not changed.
        return node.pointee.parent == forms.holder && node != forms.chosen
    }

    /// A formula in TeX, without the document around it that some publishers have for each.
    private mutating func take(formula: XMLNode) {
        guard let source = formula.text else { return }
        let inner = source.firstRange(of: "\\begin{document}").map { source[$0.upperBound...] } ?? source[...]
        output.append(inner.firstRange(of: "\\end{document}").map { inner[..<$0.lowerBound] } ?? inner)
    }

    private func gap(_ kind: Kind, isEnd: Bool) -> SpacedText.Gap {
        if kind.contains(.inline) { return .none }
        if kind.contains(.line) { return .line }
        if !kind.isDisjoint(with: [.cell, .parted, .pause]) { return .space }
        // What a reference is made of stands in one line, with its own signs between or without any.
        if mixed > 0, !kind.contains(.mixed) { return .none }
        if citations > 0, !kind.contains(.citation) { return .space }
        if !kind.isDisjoint(with: [.mixed, .citation]) { return isEnd ? .line : .space }
        if kind.contains(.label) { return isEnd ? .space : .line }
        if cells > 0 { return .space }
        return kind.contains(.paragraph) ? .paragraph : .line
    }

    // MARK: Elements

    /// What an element is to the text. Any other begins and ends a line.
    private struct Kind: OptionSet {
        let rawValue: UInt32
        /// Stands within a line.
        static let inline = Kind(rawValue: 1)
        /// Leads elsewhere, by one of some attributes.
        static let link = Kind(rawValue: 1 << 1)
        static let paragraph = Kind(rawValue: 1 << 2)
        /// Is a heading.
        static let title = Kind(rawValue: 1 << 3)
        static let cell = Kind(rawValue: 1 << 4)
        /// Is parted by blanks from what stands around it.
        static let parted = Kind(rawValue: 1 << 5)
        /// Ends a line or page of what a text was printed in; a line that is to be seen.
        static let pause = Kind(rawValue: 1 << 6)
        static let line = Kind(rawValue: 1 << 7)
        /// Is a reference, taken apart or as it is printed.
        static let citation = Kind(rawValue: 1 << 8)
        static let mixed = Kind(rawValue: 1 << 9)
        /// Is the number of a reference or figure.
        static let label = Kind(rawValue: 1 << 10)
        /// Keeps its blanks and line ends.
        static let verbatim = Kind(rawValue: 1 << 11)
        static let note = Kind(rawValue: 1 << 12)
        /// May have a note within its text, as what is inline may.
        static let holder = Kind(rawValue: 1 << 13)
        /// May refer to a note.
        static let noteMark = Kind(rawValue: 1 << 14)
        static let raised = Kind(rawValue: 1 << 15)
        /// Is a formula in TeX.
        static let formula = Kind(rawValue: 1 << 16)
        /// Holds forms of one thing, of which one is read.
        static let forms = Kind(rawValue: 1 << 17)
    }

    /// The elements of TEI, DocBook, JATS and HTML by what they are.
    private static let kinds: [String: Kind] = {
        let names: [(Kind, [String])] = [
            (
                .inline,
                Array(HTMLElements.inline) + [
                    "hi", "emph", "emphasis", "ref", "link", "term", "name", "rs", "foreign", "xref", "literal",
                    "italic", "bold", "ulink",
                    "persname", "placename", "num", "ext-link", "sc", "styled-content", "inline-formula",
                    "named-content", "quote",
                    "socalled", "mentioned", "said", "choice", "supplied", "unclear", "seg", "w", "pc", "c",
                    "underline", "monospace",
                    "roman", "sans-serif", "overline", "strike", "firstterm", "citetitle", "filename", "command",
                    "option", "function",
                    "varname", "replaceable", "systemitem", "classname", "parameter", "constant", "userinput",
                    "computeroutput",
                    "keycap", "guimenu", "guilabel", "acronym", "wordasword", "phrase", "superscript", "subscript",
                    "uri", "email",
                    "orgname", "anchor", "indexterm", "x", "alternatives", "tex-math", "math", "mrow", "msup", "msub",
                    "msubsup", "mfrac", "msqrt", "mroot", "mstyle", "mover", "munder", "munderover", "mfenced",
                    "semantics",
                ]
            ),
            (.link, ["ref", "link", "ulink", "xref", "ext-link", "ptr", "uri", "a", "self-uri"]),
            (
                .paragraph,
                [
                    "p", "para", "simpara", "head", "title", "div", "sec", "section", "abstract", "list", "table", "lg",
                    "sp", "caption",
                    "programlisting", "screen", "literallayout", "preformat", "formalpara", "blockquote", "disp-quote",
                    "boxed-text",
                    "fig", "table-wrap", "epigraph",
                ]
            ),
            (.title, ["title", "head", "article-title"]),
            (.cell, ["td", "th", "entry", "cell"]),
            (.parted, ["sic", "corr", "orig", "reg", "abbr", "expan", "mi", "mn", "mo", "mtext"]),
            (.formula, ["tex-math"]), (.forms, ["alternatives", "semantics"]),
            (.pause, ["lb", "pb", "cb", "milestone"]),
            (.line, ["lb"]),
            (.citation, ["element-citation", "nlm-citation", "biblstruct", "biblioentry"]),
            (.mixed, ["mixed-citation", "citation", "bibl", "bibliomixed"]),
            (.label, ["label"]),
            (.verbatim, ["programlisting", "screen", "literallayout", "preformat"]),
            (.note, ["note", "footnote", "fn"]),
            (
                .holder,
                [
                    "p", "para", "simpara", "head", "title", "article-title", "l", "cell", "entry", "td", "th", "item",
                    "ab",
                ]
            ),
            (.noteMark, ["xref", "ref", "footnoteref"]),
            (.raised, ["sup", "superscript"]),
        ]
        var kinds: [String: Kind] = [:]
        for (kind, names) in names { for name in names { kinds[name, default: []].insert(kind) } }
        // What HTML has within a line is something else in these.
        for name in ["label", "abbr"] { kinds[name]?.remove(.inline) }
        return kinds
    }()
    private static let addresses = ["href", "target", "url"]
}

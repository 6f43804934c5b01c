/// A text without its mark-up, and as it was written when that differs.
struct MarkedText: Hashable {
    var plain: String
    var markup: String?

    /// Takes the mark-up out of a text.
    init(_ source: String, _ kind: TextMarkup) { self.init(plain: kind.plainText(of: source), source: source) }

    /// A text whose mark-up has been taken out.
    init(plain: String, source: String) {
        self.plain = plain
        markup = plain == source ? nil : source
    }

    /// Text that is plain already, or whose original is not worth keeping.
    init(plain: String) { self.plain = plain }

    /// Several texts as one.
    init(joining texts: [MarkedText], separator: String) {
        plain = texts.map(\.plain).joined(separator: separator)
        if texts.contains(where: { $0.markup != nil }) {
            markup = texts.map { $0.markup ?? $0.plain }.joined(separator: separator)
        }
    }
}

/// How a field's text is marked up.
public enum TextMarkup: String, Sendable, Hashable, CaseIterable {
    /// Not at all.
    case text
    /// HTML, a fragment or a page.
    case html
    /// Markdown.
    case markdown

    /// The text without mark-up.
    func plainText(of source: String) -> String {
        switch self {
        case .text: source
        case .html: HTMLPage(fragment: source).text
        case .markdown: MarkdownText.plain(source)
        }
    }
}

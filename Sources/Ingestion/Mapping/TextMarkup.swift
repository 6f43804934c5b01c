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

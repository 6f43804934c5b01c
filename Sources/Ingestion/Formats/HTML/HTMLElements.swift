/// What elements mean for a page's plain text.
enum HTMLElements {
    /// Left out with all they hold: no text for readers, or the frame around it.
    static let ignored: Set<String> = [
        "script", "style", "template", "noscript", "svg", "nav", "iframe", "object", "select", "textarea",
        "button",
    ]

    /// Stand within a line of text and end no word.
    static let inline: Set<String> = [
        "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd", "label",
        "mark", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt",
        "u", "var", "wbr",
    ]

    /// Have a blank line before and behind them.
    static let paragraphs: Set<String> = [
        "p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "ul", "ol", "dl", "table", "figure", "section",
        "article", "hr",
    ]

    /// Are parted from their neighbours by a space: the cells of a row.
    static let cells: Set<String> = ["td", "th", "img", "input"]
}

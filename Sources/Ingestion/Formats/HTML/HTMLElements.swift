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
        "u", "var", "wbr", "math", "semantics", "mrow", "mstyle", "msub", "msup", "msubsup", "mfrac", "msqrt", "mover",
        "munder",
    ]

    /// Have a blank line before and behind them.
    static let paragraphs: Set<String> = [
        "p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "ul", "ol", "dl", "table", "figure", "section",
        "article", "hr",
    ]

    /// Are parted from their neighbours by a space: the cells of a row.
    static let cells: Set<String> = ["td", "th", "img", "input", "mi", "mn", "mo", "mtext"]

    /// The attributes that lead elsewhere, by their elements.
    static let addresses = [
        "a": "href", "area": "href", "img": "src", "iframe": "src", "video": "src", "audio": "src", "source": "src",
        "embed": "src", "object": "data",
    ]

    /// All elements of HTML 5, those that older pages have, and the drawing ones that stand in pages: what tells a tag from
    /// text in angle brackets.
    static let all: Set<String> = [
        "a", "abbr", "acronym", "address", "applet", "area", "article", "aside", "audio", "b", "base", "basefont",
        "bdi", "bdo", "big", "blink", "blockquote", "body", "br", "button", "canvas", "caption", "center", "cite",
        "code", "col", "colgroup", "data", "datalist", "dd", "del", "details", "dfn", "dialog", "dir", "div", "dl",
        "dt", "em", "embed", "fieldset", "figcaption", "figure", "font", "footer", "form", "frame", "frameset", "g",
        "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hgroup", "hr", "html", "i", "iframe", "img", "input",
        "ins", "kbd", "label", "legend", "li", "line", "link", "main", "map", "mark", "marquee", "math", "menu",
        "meta", "meter", "nav", "nobr", "noframes", "noscript", "object", "ol", "optgroup", "option", "output", "p",
        "param", "path", "picture", "polygon", "polyline", "pre", "progress", "q", "rect", "rp", "rt", "ruby", "s",
        "samp", "script", "search", "section", "select", "small", "source", "span", "strike", "strong", "style",
        "sub", "summary", "sup", "svg", "table", "tbody", "td", "template", "textarea", "tfoot", "th", "thead",
        "time", "title", "tr", "track", "tt", "u", "ul", "use", "var", "video", "wbr",
    ]
}

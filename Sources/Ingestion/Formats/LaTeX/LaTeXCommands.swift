/// What LaTeX's own commands and those of the usual packages mean for the text.
enum LaTeXCommands {
    /// Commands whose arguments are no text: how many there are.
    static let silent: [String: Int] = [
        "label": 1, "ref": 1, "eqref": 1, "pageref": 1, "autoref": 1, "cref": 1, "Cref": 1, "cite": 1, "citep": 1,
        "citet": 1, "citeauthor": 1, "citeyear": 1, "parencite": 1, "textcite": 1, "autocite": 1, "footcite": 1,
        "nocite": 1, "usepackage": 1, "documentclass": 1, "documentstyle": 1, "includegraphics": 1, "input": 1,
        "include": 1, "bibliography": 1, "bibliographystyle": 1, "addbibresource": 1, "newcommand": 2,
        "renewcommand": 2, "providecommand": 2, "DeclareMathOperator": 2, "newtheorem": 2, "newenvironment": 3,
        "renewenvironment": 3, "vspace": 1, "hspace": 1, "setlength": 2, "addtolength": 2, "setcounter": 2,
        "pagestyle": 1, "thispagestyle": 1, "pagenumbering": 1, "color": 1, "definecolor": 3, "hypersetup": 1,
        "geometry": 1, "index": 1, "glossary": 1, "hyphenation": 1, "graphicspath": 1, "theoremstyle": 1,
        "RequirePackage": 1, "bibitem": 1, "phantom": 1, "vphantom": 1, "hphantom": 1, "addcontentsline": 3,
        "inputminted": 2, "lstinputlisting": 1, "lstset": 1, "sisetup": 1, "setmainfont": 1, "setsansfont": 1,
        "setmonofont": 1, "captionsetup": 1, "tikzset": 1, "pgfplotsset": 1, "setlist": 1, "crefname": 3,
        "usetheme": 1, "usecolortheme": 1, "usefonttheme": 1, "useinnertheme": 1, "useoutertheme": 1,
        "againframe": 1, "transduration": 1, "resetcounteronoverlays": 1, "column": 1, "selectlanguage": 1,
        "fontsize": 2, "rule": 2, "hypertarget": 1, "markboth": 2, "markright": 1,
        "cline": 1,
    ]
    /// Commands whose first argument is no text, but the second.
    static let first: Set = [
        "href", "textcolor", "colorbox", "hyperref", "parbox", "raisebox", "scalebox", "resizebox", "multicolumn",
        "multirow", "hyperlink", "foreignlanguage", "textlang", "fcolorbox", "texorpdfstring", "mintinline",
        "rotatebox", "fontspec", "cellcolor", "rowcolor",
    ]
    /// Of those, the ones with two arguments that are no text.
    static let second: Set = ["multicolumn", "multirow", "resizebox", "fcolorbox"]
    /// Commands whose argument is printed as it stands: addresses and code.
    static let raw: Set = ["url", "nolinkurl", "path", "verb", "lstinline", "Verb"]
    /// Commands whose argument is where something is: an address, or the file of a picture.
    static let links: Set = ["url", "href", "includegraphics", "hyperimage"]
    /// Commands that define others.
    static let definitions: Set = ["newcommand", "renewcommand", "providecommand", "def"]
    /// Commands of algorithms, each of which begins a line.
    static let steps: Set = [
        "State", "Statex", "If", "ElsIf", "Else", "EndIf", "For", "ForAll", "EndFor", "While", "EndWhile", "Repeat",
        "Until", "Loop", "EndLoop", "Require", "Ensure", "Return", "Function", "EndFunction", "Procedure",
        "EndProcedure", "Comment", "KwIn", "KwOut", "KwData", "KwResult",
    ]
    /// Commands that hang a note, a number or an address on a name.
    static let marks: Set = [
        "thanks", "footnote", "footnotemark", "footnotetext", "inst", "textsuperscript", "affil", "affiliation",
        "orcid",
        "orcidlink", "orcidID", "corref", "fnref", "tnoteref", "email", "institute", "IEEEauthorrefmark", "authornote",
        "IEEEauthorblockA", "address", "vspace", "hspace",
    ]
    /// Commands that say below a name where somebody is to be found.
    static let addresses: Set = ["email", "affiliation", "affil", "institute", "address", "IEEEauthorblockA"]
    /// Commands that part names of a list.
    static let separators: Set = ["and", "And", "AND", "quad", "qquad", "hfill", "sep"]
    /// Commands that begin a line of their own.
    static let headings: Set = [
        "part", "chapter", "section", "subsection", "subsubsection", "paragraph", "subparagraph", "caption",
        "frametitle", "framesubtitle", "subtitle", "note",
    ]
    /// Of those, the ones that are no heading of what follows.
    static let remarks: Set = ["caption", "note", "framesubtitle", "subtitle"]
    /// Environments whose arguments are titles: how many there are.
    static let titled: [String: Int] = [
        "frame": 2, "block": 1, "alertblock": 1, "exampleblock": 1, "beamerboxesrounded": 1,
    ]
    /// Environments whose option is a title, beside those that the text defines.
    static let theorems: Set = [
        "theorem", "lemma", "proposition", "corollary", "definition", "remark", "example", "proof", "claim",
        "conjecture",
        "observation", "assumption", "axiom", "fact", "question", "problem", "exercise", "solution", "hypothesis",
        "property",
        "principle", "notation", "thm", "lem", "prop", "cor", "defn", "rem",
    ]
    /// Environments that are no text, or are left as they are.
    static let verbatim: Set = ["verbatim", "lstlisting", "minted", "Verbatim", "semiverbatim", "comment"]
    static let math: Set = [
        "equation", "align", "gather", "multline", "eqnarray", "displaymath", "math", "alignat", "flalign",
    ]
    /// Environments that have an argument of their own, which is no text.
    static let tables: [String: Int] = [
        "tabular": 1, "array": 1, "tabularx": 2, "longtable": 1, "minipage": 1, "thebibliography": 1, "multicols": 1,
        "column": 1, "overlayarea": 2, "beamercolorbox": 1, "otherlanguage": 1, "foreigndisplay": 1, "wrapfigure": 2,
        "tabular*": 2, "tikzpicture": 0,
    ]
    /// Beginnings of beamer's commands that say how slides look: all options and arguments that follow are no text.
    static let looks = ["setbeamer", "usebeamer", "defbeamer", "addtobeamer"]
    /// The ways in which slides are printed, of which a specification may name some: `<presentation>`, `<handout:0>`.
    static let modes: Set = ["presentation", "article", "beamer", "handout", "trans", "second", "all"]
    static let signs: [String: String] = [
        "ldots": "…", "dots": "…", "textellipsis": "…", "ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ",
        "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "aa": "å", "AA": "Å", "i": "ı", "j": "ȷ", "S": "§", "P": "¶",
        "textbackslash": "\\", "textasciitilde": "~", "textasciicircum": "^", "LaTeX": "LaTeX", "TeX": "TeX",
        "textendash": "–", "textemdash": "—", "textquoteright": "’", "textquoteleft": "‘", "textquotedblleft": "“",
        "textquotedblright": "”", "guillemotleft": "«", "guillemotright": "»", "copyright": "©", "texteuro": "€",
        "pounds": "£",
        "euro": "€", "dag": "†", "quad": " ", "qquad": " ", "textgreater": ">", "textless": "<", "textbar": "|",
        "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ", "ng": "ŋ", "NG": "Ŋ",
    ]
    /// Accents and the scalars that combine with the letter before them.
    static let accents: [UInt8: Unicode.Scalar] = [
        UInt8(ascii: "'"): "\u{301}", UInt8(ascii: "`"): "\u{300}", UInt8(ascii: "^"): "\u{302}",
        UInt8(ascii: "\""): "\u{308}", UInt8(ascii: "~"): "\u{303}", UInt8(ascii: "="): "\u{304}",
        UInt8(ascii: "."): "\u{307}", UInt8(ascii: "c"): "\u{327}", UInt8(ascii: "v"): "\u{30C}",
        UInt8(ascii: "u"): "\u{306}", UInt8(ascii: "H"): "\u{30B}", UInt8(ascii: "k"): "\u{328}",
        UInt8(ascii: "r"): "\u{30A}", UInt8(ascii: "d"): "\u{323}", UInt8(ascii: "b"): "\u{331}",
    ]
}

import Documents

/// LaTeX: one document. Commands go, what they print stays; formulas stay as they are written.
struct LaTeXFormat: PageFormat {
    var name: String { "latex" }
    var extensions: [String] { ["tex", "latex", "ltx"] }

    func recognition(of beginning: InputBeginning) -> Recognition {
        let start = beginning.text.drop { $0 <= 0x20 }
        return start.hasPrefix("\\documentclass") || start.hasPrefix("\\documentstyle") ? .certain : .none
    }

    func page(_ bytes: UnsafeRawBufferPointer, tally: BatchTally) -> Page {
        let source = TextDecoding.text(bytes, declared: nil, tally: tally)
        var reader = LaTeXReader(Array(source.utf8))
        reader.read()
        var page = Page(
            fields: reader.fields, title: reader.title ?? reader.heading, plain: reader.plain, source: source)
        page.add(reader.links)
        return page
    }
}

/// PDF, by poppler's pdftotext: one document with its pages.
///
/// A library would run a stranger's fonts and pictures through C++ in this process, and Debian has none to link statically;
/// a program of its own can be limited and killed, and each core runs one. Starting it takes some milliseconds.
struct PDFFormat: WholeFormat {
    var name: String { "pdf" }
    var extensions: [String] { ["pdf"] }
    let isText = false

    func recognition(of beginning: InputBeginning) -> Recognition {
        beginning.bytes.prefix(1024).withUnsafeBytes { $0.firstRange(of: Array("%PDF-".utf8), from: 0) } == nil
            ? .none : .certain
    }

    func maximumBytes(_ limits: ReadingLimits) -> Int { limits.maximumContainerBytes }

    private static let program = ExternalProgram(
        arguments: ["pdftotext", "-q", "-htmlmeta", "-enc", "UTF-8", "-eol", "unix", "{}", "-"])

    /// Whether a PDF says that it is encrypted, which it does in the clear.
    private static func isEncrypted(_ bytes: UnsafeRawBufferPointer) -> Bool {
        bytes.firstRange(of: Array("/Encrypt".utf8), from: 0) != nil
    }

    func read(
        _ bytes: UnsafeRawBufferPointer, of file: InputFile, by reader: DocumentReader, tally: BatchTally,
        into handler: (consuming ReadEvent) throws -> Void
    ) rethrows {
        let outcome: ExternalProgram.Outcome
        do {
            let input = try ProgramInput(bytes, of: file)
            outcome = try Self.program.run(on: input.path, limit: reader.limits.maximumDocumentBytes)
            // The input is gone with its last use.
            withExtendedLifetime(input) {}
            switch outcome.status {
            case 0: break
            case 127: throw ReadingError("is read by pdftotext, which is not there; install poppler-utils")
            case 1:
                // It ends so for a wrong password, too.
                throw ReadingError(
                    Self.isEncrypted(bytes) ? "may not be read without its password" : "is damaged, or no PDF")
            case 3: throw ReadingError("may not be read without its password")
            default:
                let complaint = outcome.complaint.isEmpty ? "status \(outcome.status)" : outcome.complaint
                throw ReadingError("cannot be read by pdftotext: \(complaint)")
            }
        } catch {
            return try handler(.skipped(line: nil, reason: "\(error)"))
        }
        let text = PDFText(outcome.output.withUnsafeBytes { TextDecoding.text($0, tally: tally) })
        if text.plain.isBlank {
            let reason =
                "has no text: it is scanned or drawn; only its name can be found (ocrmypdf makes text of pictures)"
            tally.note(.leftOut(reason: reason), line: nil)
        }
        try reader.map(
            Page(fields: text.fields, title: text.title, text: MarkedText(plain: text.plain)),
            in: RecordContext(file: file),
            tally: tally, into: handler)
    }
}

/// What pdftotext says of a PDF: its metadata, and the text of its pages, which form feeds part.
struct PDFText {
    private(set) var title: String?
    private(set) var fields: [FieldValue.Member] = []
    private(set) var plain = ""

    /// Reads the output of `pdftotext -htmlmeta`: a head of HTML, and the text between `<pre>` and `</pre>` as it is.
    init(_ output: String) {
        guard let open = output.firstRange(of: "<pre>\n") else { return }
        var body = output[open.upperBound...]
        // A page may say so, too; the program's own is the last.
        if let close = body.suffix(Self.footLength).ranges(of: "</pre>").last { body = body[..<close.lowerBound] }
        body = PDFLigatures.letters(in: body)
        var pages = body.split(separator: "\u{0C}", omittingEmptySubsequences: false).map { page in
            page.split(separator: "\n", omittingEmptySubsequences: false)
        }
        if pages.last?.allSatisfy({ $0.allSatisfy(\.isWhitespace) }) ?? false { pages.removeLast() }
        pages = Self.withoutPageNumbers(Self.withoutRunningHeads(pages))
        let texts = PDFNoteMarks.parting(Self.joiningWords(of: pages.map(Self.text)))
        plain = texts.joined(separator: "\u{0C}")
        if plain.allSatisfy(\.isWhitespace) { plain = "" }
        readHead(output[..<open.lowerBound])
        if title == nil { title = Self.firstLine(of: plain) }
    }

    /// Characters behind the text: the ends of three elements, and of their lines.
    private static let footLength = "</pre>\n</body>\n</html>\n".count

    private mutating func readHead(_ head: Substring) {
        let page = HTMLPage(fragment: String(head))
        if let given = page.title, Self.isPlausible(title: given) { title = given }
        for field in page.fields {
            guard case .text(let value) = field.value else { continue }
            switch field.name {
            case "author": if AuthorField.isPlausible(value) { fields.append(field) }
            case "tags": fields.append(field)
            default: break
            }
        }
        // pdftotext has a name of its own for the date.
        if let name = head.firstRange(of: "name=\"CreationDate\" content=\"") {
            fields.append(
                FieldValue.Member(name: "date", value: .text(String(head[name.upperBound...].prefix { $0 != "\"" }))))
        }
    }

    /// Programs that make PDFs put the name of the file there, or their own.
    private static func isPlausible(title: String) -> Bool {
        let lower = title.lowercased()
        let names = [
            "untitled", "microsoft word", "microsoft powerpoint", "powerpoint presentation", "document", "slide 1",
            "title", "print",
        ]
        let suffixes = [
            ".doc", ".docx", ".dvi", ".tex", ".indd", ".qxd", ".pdf", ".ps", ".odt", ".rtf", ".html", ".ppt", ".pptx",
            ".xml",
        ]
        return title.count > 3 && title.contains(where: \.isLetter)
            && !names.contains { lower == $0 || lower.hasPrefix($0 + " ") && $0.hasPrefix("microsoft") }
            && !suffixes.contains(where: lower.hasSuffix)
    }

    /// The first line that is likely a title: with a letter, and not as long as a paragraph.
    private static func firstLine(of text: String) -> String? {
        let first = text.split(whereSeparator: { $0 == "\n" || $0 == "\u{0C}" }).first { line in
            line.count > 3 && line.contains(where: \.isLetter)
        }
        return first.map { String($0.prefix(200)).collapsed }
    }

    // MARK: Pages

    /// Lines at the edge of a page that may be a running head or a page's number.
    private static let edge = 2
    /// Pages that one must stand on: chance repeats a line once.
    private static let leastPages = 3

    /// The pages without lines that stand at the top or the bottom of many, numbers aside.
    private static func withoutRunningHeads(_ pages: [[Substring]]) -> [[Substring]] {
        guard pages.count >= leastPages else { return withoutNumbers(pages) }
        func edges(_ page: [Substring]) -> [Int] {
            let lines = page.indices.filter { !page[$0].allSatisfy(\.isWhitespace) }
            return Array(Set(lines.prefix(edge) + lines.suffix(edge)))
        }
        // "12 Chapter One" and "Page 3 of 9" are the same on each page, with other numbers.
        func shape(_ line: Substring) -> String {
            String(line.lazy.filter { !$0.isWhitespace }.map { $0.isNumber ? "#" : $0 }).replacing("##", with: "#")
                .replacing("##", with: "#")
        }
        var counts: [String: Int] = [:]
        for page in pages { for shape in Set(edges(page).map { shape(page[$0]) }) { counts[shape, default: 0] += 1 } }
        // Left and right pages have heads of their own, each chapter too.
        let least = max(leastPages, pages.count / 10)
        return pages.map { page in
            let running = Set(
                edges(page).filter { index in
                    let shape = shape(page[index])
                    return counts[shape, default: 0] >= least || shape == "#"
                })
            return page.indices.filter { !running.contains($0) }.map { page[$0] }
        }
    }

    /// The pages without their numbers where these stand amid the text, as heads of columns do. They count up with the pages; of
    /// several lines with the number of a page the first is it.
    private static func withoutPageNumbers(_ pages: [[Substring]]) -> [[Substring]] {
        let numbers = pages.map { page in
            page.indices.compactMap { line in
                NoteMark.isNumber(page[line]) ? Int(page[line]).map { (line: line, number: $0) } : nil
            }
        }
        var counts: [Int: Int] = [:]
        for (index, found) in numbers.enumerated() {
            for offset in Set(found.map { $0.number - index }) { counts[offset, default: 0] += 1 }
        }
        guard let (offset, count) = counts.max(by: { ($0.value, -$0.key) < ($1.value, -$1.key) }), count >= leastPages,
            count * 2 > pages.count
        else { return pages }
        return pages.enumerated().map { index, page in
            guard let own = numbers[index].first(where: { $0.number - index == offset }) else { return page }
            return page.indices.filter { $0 != own.line }.map { page[$0] }
        }
    }

    /// A page or two without the numbers below them, if they are numbered on.
    private static func withoutNumbers(_ pages: [[Substring]]) -> [[Substring]] {
        let places = pages.map { page in page.lastIndex { !$0.allSatisfy(\.isWhitespace) } }
        let numbers = zip(pages, places).map { page, place in place.flatMap { Int(String(page[$0]).trimmed) } }
        guard pages.count == 2, let first = numbers[0], numbers[1] == first + 1 else { return pages }
        return zip(pages, places).map { page, place in page.indices.filter { $0 != place }.map { page[$0] } }
    }

    /// The pages with a word that is parted at the end of one whole again, on the page where it begins.
    private static func joiningWords(of pages: [String]) -> [String] {
        var pages = pages
        for index in pages.indices.dropLast() {
            guard pages[index + 1].first?.isLowercase ?? false else { continue }
            // pdftotext takes the page's number below for the rest of the word: exam1.
            let number = String(index + 1)
            let ends = ["-", "\u{AD}", "‐", number]
            guard let end = ends.first(where: pages[index].hasSuffix) else { continue }
            let start = pages[index].dropLast(end.count)
            guard start.last?.isLetter ?? false else { continue }
            let rest = pages[index + 1].prefix { !$0.isWhitespace }
            pages[index] = String(start) + rest
            pages[index + 1] = String(pages[index + 1].dropFirst(rest.count).drop(while: \.isWhitespace))
        }
        return pages
    }

    /// The text of a page: words that were parted at the end of a line are whole again.
    private static func text(_ lines: [Substring]) -> String {
        var text = ""
        for line in lines {
            let content = line.drop { $0 == " " }
            // What stands between the columns may part them, too.
            var start = text[...]
            if content.first?.isLowercase ?? false { while start.last?.isNewline ?? false { start.removeLast() } }
            if start.last == "-" || start.last == "\u{AD}" || start.last == "‐", content.first?.isLowercase ?? false,
                start.dropLast().last?.isLetter ?? false
            {
                text = String(start)
                text.removeLast()
                text += content
                continue
            }
            if !text.isEmpty { text += "\n" }
            text += content
        }
        while text.last?.isNewline ?? false { text.removeLast() }
        return String(text.drop { $0.isNewline })
    }
}

/// Dumps of a wiki as MediaWiki writes them: one document a page, of the last revision in it, read in parts whatever its size.
struct MediaWikiFormat: RecordFormat {
    var name: String { "mediawiki" }
    var extensions: [String] { [] }

    func recognition(of beginning: InputBeginning) -> Recognition {
        beginning.holds("<mediawiki", within: 200) ? .certain : .none
    }

    func splitter(_ mapping: RecordMapping, _ limits: ReadingLimits) -> any RecordSplitter {
        MediaWikiSplitter(limit: limits.maximumDocumentBytes)
    }
}

/// Finds `<page>` to `</page>`; text cannot hold either, since XML escapes `<`.
private struct MediaWikiSplitter: RecordSplitter {
    let limit: Int
    private(set) var line = 1
    private var row = 0

    private static let open = Array("<page>".utf8)
    private static let close = Array("</page>".utf8)

    init(limit: Int) { self.limit = limit }

    mutating func split(_ bytes: UnsafeRawBufferPointer, isEnd: Bool, into spans: inout [RecordSpan]) -> Int {
        var place = 0
        while spans.count < RecordSpan.maximumCount {
            guard let start = bytes.firstRange(of: Self.open, from: place) else {
                // The beginning of a mark may stand at the end.
                let kept = isEnd ? bytes.count : max(place, bytes.count - Self.open.count)
                count(bytes, place..<kept)
                return kept
            }
            count(bytes, place..<start)
            place = start
            guard let end = bytes.firstRange(of: Self.close, from: start).map({ $0 + Self.close.count }) else {
                if !isEnd, bytes.count - start <= limit { return place }
                row += 1
                let problem =
                    isEnd
                    ? "the page never ends" : "is longer than the limit of \(limit) bytes; " + ReadingLimits.wayOut
                spans.append(RecordSpan(range: start..<start, line: line, row: row, problem: problem))
                count(bytes, start..<bytes.count)
                return bytes.count
            }
            row += 1
            spans.append(RecordSpan(range: start..<end, line: line, row: row))
            count(bytes, start..<end)
            place = end
        }
        return place
    }

    private mutating func count(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) {
        var place = range.lowerBound
        while let lineFeed = bytes.firstLineFeed(from: place), lineFeed < range.upperBound {
            line += 1
            place = lineFeed + 1
        }
    }

    func contents(_ spans: [RecordSpan]) -> any BatchContents { MediaWikiPages(spans: spans) }
}

private struct MediaWikiPages: BatchContents {
    let spans: [RecordSpan]

    /// Namespaces whose pages are no texts: files, messages of the program, templates, modules.
    private static let leftOut: Set = ["6", "8", "10", "828", "2300", "2302"]

    func read(
        _ bytes: UnsafeRawBufferPointer, of file: InputFile, by reader: DocumentReader, tally: BatchTally,
        into handler: (consuming ReadEvent) throws -> Void
    ) rethrows {
        for span in spans {
            if let problem = span.problem {
                try handler(.skipped(line: span.line, reason: problem))
                continue
            }
            let tree: XMLTree
            do { tree = try XMLTree(UnsafeRawBufferPointer(rebasing: bytes[span.range]), tally: tally) } catch {
                try handler(.skipped(line: span.line, reason: "\(error)"))
                continue
            }
            tally.note(surplusOf: tree, startingOn: span.line)
            let page = tree.root
            let space = page.first("ns")?.text ?? "0"
            if page.first("redirect") != nil || Self.leftOut.contains(space) { continue }
            guard let title = page.first("title")?.text, let revision = page.children("revision").last else {
                try handler(.skipped(line: span.line, reason: "has no title or no revision"))
                continue
            }
            let source = revision.first("text")?.verbatim ?? ""
            let text = WikiText(source)
            var fields: [FieldValue.Member] = []
            func add(_ name: String, _ value: String?) {
                if let value { fields.append(FieldValue.Member(name: name, value: .text(value))) }
            }
            add("id", title)
            add("title", title)
            add("date", revision.first("timestamp")?.text)
            add("author", revision.first("contributor", "username")?.text)
            if !text.categories.isEmpty {
                fields.append(FieldValue.Member(name: "tags", value: .list(text.categories.map { .text($0) })))
            }
            var content = Page(fields: fields, title: title, text: MarkedText(plain: text.plain, source: source))
            content.add(text.links)
            let place = RecordContext(file: file, line: span.line, row: span.row)
            try reader.map(content, in: place, tally: tally, into: handler)
        }
    }
}

/// EPUB 2 and 3: one document a chapter, in reading order.
///
/// A chapter is a file of the book's spine. Its id is the file's path with the chapter's name in the book behind `#`, so that
/// it stays when chapters come or go. Navigation, cover, title page and the like are left out.
struct EPUBFormat: WholeFormat {
    var name: String { "epub" }
    var extensions: [String] { ["epub"] }
    let isText = false

    func recognition(of beginning: InputBeginning) -> Recognition {
        // The first file of the zip, stored plainly, says so (OCF 3.3, 4.3).
        let start = beginning.bytes.prefix(100)
        return start.starts(with: [0x50, 0x4B])
            && start.dropFirst(30).starts(with: Array("mimetypeapplication/epub".utf8))
            ? .certain : .none
    }

    func maximumBytes(_ limits: ReadingLimits) -> Int { limits.maximumContainerBytes }

    func read(
        _ bytes: UnsafeRawBufferPointer, of file: InputFile, by reader: DocumentReader, tally: BatchTally,
        into handler: (consuming ReadEvent) throws -> Void
    ) rethrows {
        let book: EPUBBook
        let chapters: PackedFiles
        let locked: Set<String>
        do {
            book = try EPUBBook(bytes, limits: reader.limits)
            let paths = Set(book.items.map(\.path))
            let encryption = "META-INF/encryption.xml"
            chapters = try PackedFiles(bytes, limits: reader.limits) { paths.contains($0) || $0 == encryption }
            let references = chapters[encryption].flatMap { try? XMLTree($0) }?.root.all("cipherreference") ?? []
            locked = Set(references.compactMap { $0.attribute("URI").map { PackedFiles.path(of: "/" + $0, from: "") } })
        } catch {
            return try handler(.skipped(line: nil, reason: "\(error)"))
        }
        var parts: [Part] = []
        for (index, item) in book.items.enumerated() {
            if locked.contains(item.path) {
                let reason = "chapter \(item.reference) is encrypted (DRM)"
                try handler(.skipped(line: index + 1, reason: reason))
                continue
            }
            guard let text = chapters[item.path] else {
                let reason = chapters.problem ?? "is not in the book"
                try handler(.skipped(line: index + 1, reason: "chapter \(item.reference) \(reason)"))
                continue
            }
            let anchors = Set(item.chapters.compactMap(\.id))
            let page = text.withUnsafeBytes { HTMLPage(bytes: $0, tally: tally, isChapter: true, anchors: anchors) }
            if page.text.isBlank || item.isBoilerplate(page.text, titles: book.chapterTitles) { continue }
            if !page.bookTypes.isDisjoint(with: EPUBBook.boilerplate) { continue }
            let found = Self.chapters(of: page, item)
            if let last = parts.indices.last, book.goesOn(from: parts[last].item, in: item) {
                parts[last].append(found)
                parts[last].item = item
            } else {
                parts.append(Part(item: item, line: index + 1, page: page, chapters: found))
            }
        }
        // A title that several heads have is that of the book, or of nothing.
        let heads = Dictionary(grouping: parts.compactMap(\.page.title), by: \.self).filter { $0.value.count > 1 }
        var count = 0
        for part in parts {
            for chapter in part.chapters {
                count += 1
                let place = RecordContext(file: file, line: part.line, row: count, part: chapter.reference)
                let page = Self.page(part.page, chapter, of: book, number: count, repeatedTitles: Set(heads.keys))
                try reader.map(page, in: place, tally: tally, into: handler)
            }
        }
        if count == 0, book.items.isEmpty { try handler(.skipped(line: nil, reason: "holds no chapters")) }
    }

    private struct Chapter {
        /// How the book refers to it.
        let reference: String
        let title: String?
        var text: String
        var links: TextLinks
    }

    /// A file of the book, or several that programs have cut one into.
    private struct Part {
        /// The last of them.
        var item: EPUBBook.Item
        let line: Int
        let page: HTMLPage
        var chapters: [Chapter]

        /// Adds what the next file has: the rest of the last chapter.
        mutating func append(_ rest: [Chapter]) {
            guard let last = chapters.indices.last else { return chapters = rest }
            for chapter in rest {
                chapters[last].text += "\n\n" + chapter.text
                chapters[last].links.add(chapter.links)
            }
        }
    }

    /// The chapters in a file: itself mostly. The first has what stands before it.
    private static func chapters(of page: HTMLPage, _ item: EPUBBook.Item) -> [Chapter] {
        let whole = [
            Chapter(
                reference: item.reference, title: item.title, text: page.text, links: page.links(isInPackage: true))
        ]
        let found = item.chapters.compactMap { id, title in
            (id.map { page.anchorPlaces[$0] } ?? 0).map { (place: $0, id: id, title: title) }
        }.sorted { $0.place < $1.place }
        guard found.count > 1 else { return whole }
        let text = Array(page.text.utf8)
        var chapters: [Chapter] = []
        for (index, start) in found.enumerated() {
            let end = index + 1 < found.count ? found[index + 1].place : text.count
            let range = (index == 0 ? 0 : start.place)..<(index + 1 < found.count ? end : .max)
            let part = text[range.clamped(to: text.indices)].trimmedBlanks
            if part.isEmpty { continue }
            let reference = item.reference + (index == 0 ? "" : start.id.map { "#" + $0 } ?? "")
            chapters.append(
                Chapter(
                    reference: reference, title: start.title, text: part.asText,
                    links: page.links(in: range, isInPackage: true)))
        }
        return chapters.isEmpty ? whole : chapters
    }

    /// A chapter's own fields, and those of the book that it does not have itself.
    private static func page(
        _ page: HTMLPage, _ chapter: Chapter, of book: EPUBBook, number: Int, repeatedTitles: Set<String>
    ) -> Page {
        var fields = page.fields.filter { $0.name != "description" }
        for field in book.fields where !fields.contains(where: { $0.name == field.name }) { fields.append(field) }
        fields.append(FieldValue.Member(name: "chapter", value: .text(String(number))))
        // The head of a chapter often has the book's title.
        let own = page.title.flatMap { $0 == book.title || repeatedTitles.contains($0) ? nil : $0 } ?? page.heading
        let title = chapter.title ?? own ?? book.title.map { "\($0), \(number)" }
        var content = Page(fields: fields, title: title, text: MarkedText(plain: chapter.text))
        content.add(chapter.links)
        return content
    }
}

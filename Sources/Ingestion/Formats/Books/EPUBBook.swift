/// What an EPUB says about itself: its fields, its reading order, and what its chapters are called.
struct EPUBBook {
    /// A part of the reading order.
    struct Item {
        /// Path in the archive.
        let path: String
        /// As the book refers to it, which names it.
        let reference: String
        /// What the table of contents calls it.
        var title: String?
        /// The chapters in it, where the table of contents has several on one level: their titles, and the ids of the elements
        /// with which they begin.
        var chapters: [(id: String?, title: String)] = []
        /// Whether it is called like what only stands around a book.
        var isCalledBoilerplate = false

        /// Bytes of a page that only stands around a book. A chapter on copyright has more.
        private static let longestBoilerplate = 2000

        /// Whether a text is such a page, by its name and length; a long one is if it lists the chapters.
        func isBoilerplate(_ text: String, titles: Set<String>) -> Bool {
            guard isCalledBoilerplate else { return false }
            if text.utf8.count < Self.longestBoilerplate { return true }
            let lines = text.split(separator: "\n").map { String($0).collapsed }.filter { !$0.isEmpty }
            return lines.count(where: titles.contains) * 2 > lines.count
        }
    }

    /// Its title, where it has one.
    private(set) var title: String?
    /// What all chapters have in common, under the names that fields have here.
    private(set) var fields: [FieldValue.Member] = []
    /// What the table of contents lists.
    private(set) var chapterTitles: Set<String> = []
    /// The reading order, without the navigation and what the book itself calls cover, title page or the like.
    private(set) var items: [Item] = []

    /// Whether its pages have a fixed layout: each is a file.
    private var isOfPages = false

    /// Whether a file of the reading order, which the table of contents does not name, goes on with the chapter of the one before: Calibre
    /// cuts long files in two (`ch1_split_001.html`), and a fixed layout has a file for each page.
    func goesOn(from item: Item, in next: Item) -> Bool {
        guard next.title == nil, next.chapters.isEmpty, !chapterTitles.isEmpty else { return false }
        if isOfPages { return true }
        guard let stem = Self.stem(ofSplit: next.path) else { return false }
        return stem == Self.stem(ofSplit: item.path)
    }

    /// The name of what a file is a part of: `ch1` of `ch1_split_001.html`.
    private static func stem(ofSplit path: String) -> Substring? {
        guard let mark = path.ranges(of: "_split_").last,
            NoteMark.isNumber(path[mark.upperBound...].prefix { $0 != "." })
        else { return nil }
        return path[..<mark.lowerBound]
    }

    /// Types of pages, in EPUB 2's guide and EPUB 3's `epub:type`, that only stand around a book.
    static let boilerplate: Set<String> = [
        "cover", "toc", "landmarks", "page-list", "loi", "lot", "loa", "lov", "title-page", "titlepage",
        "halftitlepage", "copyright-page", "imprint", "imprimatur", "colophon", "index", "other.backlinks",
    ]

    /// What files are called that only stand around a book, letters alone.
    private static let boilerplateNames: Set<String> = [
        "cover", "coverpage", "titlepage", "toc", "nav", "contents", "tableofcontents", "copyright", "copyrightpage",
    ]

    private static func isBoilerplate(_ path: String) -> Bool {
        let name = path.split(separator: "/").last?.prefix { $0 != "." } ?? ""
        return boilerplateNames.contains(name.lowercased().filter(\.isLetter))
    }

    /// Reads the description of a book; throws when there is none.
    init(_ archive: UnsafeRawBufferPointer, limits: ReadingLimits) throws {
        let files = try PackedFiles(archive, limits: limits) { name in
            let name = name.lowercased()
            return name == "meta-inf/container.xml" || name.hasSuffix(".opf") || name.hasSuffix(".ncx")
        }
        let named = files["META-INF/container.xml"].flatMap { try? XMLTree($0) }?.root.all("rootfile")
            .compactMap { $0.attribute("full-path") }.first { files[$0] != nil }
        guard let path = named ?? files.names.first(where: { $0.lowercased().hasSuffix(".opf") }),
            let bytes = files[path]
        else { throw ReadingError("is no EPUB: it holds no package document (.opf)") }
        let tree = try XMLTree(bytes)
        let manifest = tree.root.first("manifest")?.children("item") ?? []
        readMetadata(tree.root)
        readSpine(tree.root, manifest: manifest, package: path)
        try readTitles(manifest, package: path, files: files, archive: archive, limits: limits)
    }

    private mutating func readMetadata(_ package: XMLNode) {
        // EPUB 2 allows the elements one level deeper.
        guard let metadata = package.first("metadata") else { return }
        let elements = metadata.children.flatMap { $0.children.isEmpty ? [$0] : $0.children }
        func texts(_ name: String) -> [String] { elements.filter { $0.name == name }.compactMap(\.text) }
        let titles = elements.filter { $0.name == "title" }
        let subtitle = elements.first { $0.attribute("property") == "title-type" && $0.text == "subtitle" }?
            .attribute("refines")
        title = titles.first?.text
        // Below the title, where the book says which of several it is.
        let below = titles.dropFirst().first { $0.attribute("id").map { "#" + $0 == subtitle } ?? false }
        if let below = below?.text { title = title.map { "\($0): \(below)" } }
        isOfPages = elements.contains {
            $0.name == "meta" && $0.attribute("property") == "rendition:layout" && $0.text == "pre-paginated"
        }
        if let title { add("book", [title]) }
        // EPUB 2 tells roles by attributes, EPUB 3 by elements that refer to the name.
        let refined = elements.filter { $0.name == "meta" && $0.attribute("property") == "role" }
        let creators = elements.filter { $0.name == "creator" }
        let authors = creators.filter { creator in
            let id = creator.attribute("id").map { "#" + $0 }
            let role = creator.attribute("role") ?? refined.first { $0.attribute("refines") == id && id != nil }?.text
            return role == nil || role == "aut"
        }
        add("author", (authors.isEmpty ? creators : authors).compactMap(\.text))
        let dates = elements.filter { $0.name == "date" }
        let published = dates.first { ["publication", "original-publication"].contains($0.attribute("event")) }
        add("date", [(published ?? dates.first { $0.attribute("event") == nil })?.text].compactMap(\.self))
        add("tags", texts("subject"))
        add("publisher", texts("publisher"))
        add("language", texts("language"))
        add("isbn", texts("identifier").compactMap(Self.isbn).prefix(1).map(\.self))
    }

    private mutating func add(_ name: String, _ texts: [String]) {
        guard let first = texts.first else { return }
        let value = texts.count == 1 ? FieldValue.text(first) : .list(texts.map { .text($0) })
        fields.append(FieldValue.Member(name: name, value: value))
    }

    private static func isbn(_ identifier: String) -> String? {
        let digits = identifier.uppercased().filter { $0.isASCII && ($0.isNumber || $0 == "X") }
        let isNamed = identifier.lowercased().contains("isbn")
        return [10, 13].contains(digits.count) && (isNamed || digits.hasPrefix("978")) ? digits : nil
    }

    private mutating func readSpine(_ package: XMLNode, manifest: [XMLNode], package path: String) {
        var places: [String: XMLNode] = [:]
        for item in manifest { if let id = item.attribute("id") { places[id] = places[id] ?? item } }
        let guide = package.first("guide")?.children("reference") ?? []
        let leftOut = Set(
            guide.filter { Self.boilerplate.contains($0.attribute("type")?.lowercased() ?? "") }
                .compactMap { $0.attribute("href").map { PackedFiles.path(of: $0, from: path) } })
        var known: Set<String> = []
        for reference in package.first("spine")?.children("itemref") ?? [] {
            guard let item = reference.attribute("idref").flatMap({ places[$0] }), let href = item.attribute("href"),
                !(item.attribute("properties") ?? "").split(separator: " ").contains("nav")
            else { continue }
            let place = PackedFiles.path(of: href, from: path)
            if leftOut.contains(place) || !known.insert(place).inserted { continue }
            items.append(Item(path: place, reference: href, isCalledBoilerplate: Self.isBoilerplate(place)))
        }
    }

    private mutating func readTitles(
        _ manifest: [XMLNode], package path: String, files: PackedFiles, archive: UnsafeRawBufferPointer,
        limits: ReadingLimits
    ) throws {
        var entries: [Entry] = []
        let navigation = manifest.first { ($0.attribute("properties") ?? "").split(separator: " ").contains("nav") }
        if let href = navigation?.attribute("href") {
            let place = PackedFiles.path(of: href, from: path)
            let bytes = try PackedFiles(archive, limits: limits) { $0 == place }[place]
            let root = bytes.flatMap { try? XMLTree($0) }?.root
            // Beside the table of contents there may be lists of pages and of landmarks.
            let contents = root?.all("nav").first { $0.attribute("type") == "toc" } ?? root
            for link in contents?.all("a") ?? [] {
                guard let target = link.attribute("href"), let title = link.text else { continue }
                entries.append(Entry(target, from: place, title: title, depth: link.depth(of: "ol")))
            }
        }
        let ncx = manifest.first { $0.attribute("media-type") == "application/x-dtbncx+xml" }?.attribute("href")
        if entries.isEmpty, let place = ncx.map({ PackedFiles.path(of: $0, from: path) }), let bytes = files[place] {
            for point in (try? XMLTree(bytes))?.root.all("navpoint") ?? [] {
                guard let target = point.first("content")?.attribute("src"),
                    let title = point.first("navlabel", "text")?.text
                else { continue }
                entries.append(Entry(target, from: place, title: title, depth: point.depth(of: "navpoint")))
            }
        }
        chapterTitles = Set(entries.map(\.title.collapsed))
        let byPath = Dictionary(grouping: entries, by: \.path)
        for index in items.indices {
            guard let own = byPath[items[index].path] else { continue }
            items[index].title = own.first?.title
            let depth = own.map(\.depth).min()
            let chapters = own.filter { $0.depth == depth }.map { (id: $0.id, title: $0.title) }
            if chapters.count > 1 { items[index].chapters = chapters }
        }
    }

    /// A line of the table of contents.
    private struct Entry {
        /// Path in the archive, and the id of an element there.
        let path: String
        let id: String?
        let title: String
        let depth: Int

        init(_ target: String, from file: String, title: String, depth: Int) {
            path = PackedFiles.path(of: target, from: file)
            id = target.firstIndex(of: "#").map { String(target[target.index(after: $0)...]) }
            self.title = title
            self.depth = depth
        }
    }
}

extension XMLNode {
    /// How many elements of a name it lies in.
    fileprivate func depth(of name: String) -> Int {
        var depth = 0
        // Safety: libxml2 set these pointers, and the tree is not changed.
        var above = pointer.pointee.parent
        while let node = above {
            if TreeWalk.element(node) == name { depth += 1 }
            above = node.pointee.parent
        }
        return depth
    }
}

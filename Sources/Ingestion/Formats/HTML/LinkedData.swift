/// What a page says about itself in JSON-LD by the words of schema.org: an article, a post, a book.
struct LinkedData {
    /// Its fields: title, author, date, description, tags, url.
    private(set) var fields: [(name: String, texts: [String])] = []

    /// Types of what people read, the surest first; the page itself comes last.
    private static let types = [
        "ScholarlyArticle", "NewsArticle", "BlogPosting", "Article", "TechArticle", "Report", "ReportageNewsArticle",
        "OpinionNewsArticle", "AnalysisNewsArticle", "SocialMediaPosting", "DiscussionForumPosting", "Book", "Chapter",
        "Thesis",
        "Review", "VideoObject", "PodcastEpisode", "CreativeWork", "WebPage",
    ]

    /// Reads the text of a script; nil when it tells of nothing that people read.
    init?(_ source: String) {
        let bytes = Array(source.utf8)
        var tape = JSONTape()
        let value = bytes.withUnsafeBytes { bytes -> FieldValue? in
            tape.failure(scanning: bytes) == nil ? FieldValue(tape.nodes, 0, in: bytes) : nil
        }
        guard let value else { return nil }
        let objects = Self.objects(in: value)
        guard let work = Self.work(among: objects) else { return nil }
        func member(_ names: String...) -> FieldValue? {
            names.lazy.compactMap { name in work.first { $0.name == name }?.value }.first
        }
        func add(_ name: String, _ texts: [String]) { if !texts.isEmpty { fields.append((name, texts)) } }
        add("title", Array((member("headline", "name")?.texts ?? []).prefix(1)))
        add("author", (member("author", "creator").map { Self.resolved($0, among: objects) }?.people) ?? [])
        add("date", Array((member("datePublished", "dateCreated", "uploadDate")?.texts ?? []).prefix(1)))
        add("description", Array((member("description", "abstract")?.texts ?? []).prefix(1)))
        add("tags", (member("keywords")?.texts ?? []).flatMap { $0.split(separator: ",").map { String($0).trimmed } })
        add("url", Array((member("url")?.texts ?? []).prefix(1)))
    }

    /// The objects of a text: itself, those of a list, and those of a graph.
    private static func objects(in value: FieldValue) -> [[FieldValue.Member]] {
        switch value {
        case .text: return []
        case .list(let values): return values.flatMap(objects)
        case .object(let members):
            let graph = members.first { $0.name == "@graph" }.map { objects(in: $0.value) } ?? []
            return [members] + graph
        }
    }

    private static func work(among objects: [[FieldValue.Member]]) -> [FieldValue.Member]? {
        func rank(_ object: [FieldValue.Member]) -> Int? {
            let own = object.first { $0.name == "@type" }?.value.texts ?? []
            return own.compactMap(types.firstIndex).min()
        }
        return objects.compactMap { object in rank(object).map { ($0, object) } }.min { $0.0 < $1.0 }?.1
    }

    /// A value whose objects that only name others of the graph are these.
    private static func resolved(_ value: FieldValue, among objects: [[FieldValue.Member]]) -> FieldValue {
        switch value {
        case .text: return value
        case .list(let values): return .list(values.map { resolved($0, among: objects) })
        case .object(let members):
            guard members.count == 1, let id = members.first, id.name == "@id" else { return value }
            let named = objects.first { $0.count > 1 && $0.contains(id) }
            return named.map(FieldValue.object) ?? value
        }
    }
}

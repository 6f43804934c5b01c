import Documents
import IndexStore
import Ranking

extension Searcher {
    /// The fields whose values can be counted: those that every index has, and the names of its metadata, in their order.
    public func countableFields() throws -> [String] {
        let own = ["author", "date", "source", "tag", "year"]
        // Metadata of such a name, as of a date that could not be read, is asked for by `metadata.date`.
        return own + (try snapshot.metadataNames().filter { !own.contains($0.lowercased()) }.sorted())
    }

    /// How many documents that match a query have each value of a field, all matches counted. Of lists each value counts, and
    /// values that differ only in case, accents, blanks around them or a `#` before them are one, under the most usual spelling.
    ///
    ///     let authors = try searcher.facet("author", of: "reward hacking", limit: 10)
    ///
    /// - Parameters:
    ///   - field: One of ``countableFields()``; metadata in any case, also as `metadata.NAME`, and `NAME.KEY` of those that are JSON.
    ///   - query: In the query language; `*` for all documents.
    ///   - limit: Most values to return; nil for all.
    /// - Throws: ``UnknownField``, and as ``search(_:)``.
    /// - Complexity: O(documents that have the field), some nanoseconds each, and finding all matches.
    public func facet(_ field: String, of query: String = "*", limit: Int? = nil) throws -> Facet {
        let name = try columnName(field, isForSorting: false)
        return try facet(field, name, in: matches(of: SearchRequest(query)), limit: limit)
    }

    /// The fields that documents have which match a query, with the number of documents that have each.
    public func fields(of query: String = "*") throws -> Facet {
        let matches = try matches(of: SearchRequest(query))
        var values: [Facet.Value] = []
        for field in try countableFields() where field != "year" {
            let counts = try snapshot.valueCounts(of: columnName(field, isForSorting: false), in: matches)
            let count = matches.count - counts.without
            if count > 0 { values.append(Facet.Value(value: field, count: count)) }
        }
        return Facet(field: "field", values: values, valueCount: values.count, without: 0)
    }

    private func facet(_ field: String, _ name: ColumnName, in matches: DocumentBitmap, limit: Int?) throws -> Facet {
        let counts = try snapshot.valueCounts(of: name, in: matches)
        return Facet(
            field: field,
            values: counts.first(limit).map { Facet.Value(value: $0.value, count: $0.count) },
            valueCount: counts.valueCount, without: counts.without)
    }

    /// The counts that a request asks for.
    func facets(_ request: SearchRequest, in matches: DocumentBitmap) throws -> [Facet] {
        try request.facets.map { field in
            try facet(field, columnName(field, isForSorting: false), in: matches, limit: request.facetLimit)
        }
    }

    /// What a name stands for.
    func columnName(_ field: String, isForSorting: Bool) throws -> ColumnName {
        switch field.lowercased() {
        case "author": return .author
        case "date": return .date
        case "year": return .year
        case "source": return .source
        case "tag", "tags": return .tag
        case "title" where isForSorting: return .title
        default:
            let prefix = "metadata."
            let key = field.hasPrefix(prefix) ? String(field.dropFirst(prefix.count)) : field
            let folded = key.lowercased()
            // What a document is may be nowhere said.
            if try folded == "kind" || snapshot.metadataNames().contains(where: { $0.lowercased() == folded }) {
                return .metadata(key)
            }
            // `obj.k` is what JSON in `obj` has at `k`; such values are not kept in an order.
            if !isForSorting, try hasMetadata(key) { return .metadata(key) }
            throw UnknownField(name: field, known: (isForSorting ? ["title"] : []) + (try countableFields()))
        }
    }
}

extension Searcher {
    /// Whether documents have metadata of a name, in any case, or some within which it may lead to a place (`obj.k`).
    package func hasMetadata(_ name: String) throws -> Bool {
        let names = Set(try snapshot.metadataNames().map { $0.lowercased() })
        let folded = name.lowercased()
        return names.contains(folded) || NestedValue.places(of: folded).contains { names.contains($0.name) }
    }
}

extension SearchHit {
    /// What metadata of a name say: in that very case, or else in any; of JSON what stands at a place (`obj.k`).
    package func metadataText(of name: String) -> String? {
        if let text = metadata[name] { return text }
        let folded = name.lowercased()
        if let known = metadata.keys.filter({ $0.lowercased() == folded }).min() { return metadata[known] }
        guard name.contains(".") else { return nil }
        let values = ValueParts.values(of: name, in: metadata, lists: [])
        return values.isEmpty ? nil : values.joined(separator: ", ")
    }
}

/// The documents of a plan in an order that is not that of their scores, and in groups.
struct ColumnOrder {
    let snapshot: any SearchedCollection
    let matches: DocumentBitmap
    /// What documents are sorted by; nil for their scores.
    let sort: (name: ColumnName, descends: Bool)?
    /// The best documents of a plan by score.
    let rank: (EvaluationPlan, _ limit: Int) throws -> EvaluationResult

    /// The first `limit` of those matches that are in `documents`, with their scores.
    func first(_ limit: Int, of documents: DocumentBitmap, _ plan: EvaluationPlan) throws -> [ScoredDocument] {
        var plan = plan
        plan.filters.append(documents)
        plan.match = .all([plan.match, .filter(plan.filters.count - 1)])
        guard let sort else { return try rank(plan, limit).top }
        var wanted = documents
        wanted.formIntersection(matches)
        let sorted = try snapshot.first(limit, of: wanted, by: sort.name, descends: sort.descends)
        var shown = DocumentBitmap()
        for document in sorted { shown.insert(document) }
        plan.filters[plan.filters.count - 1] = shown
        let scores = try rank(plan, sorted.count).top
        let units = Dictionary(scores.map { ($0.document, $0.units) }, uniquingKeysWith: { first, _ in first })
        return sorted.map { ScoredDocument(document: $0, units: units[$0] ?? 0) }
    }

    /// The groups of a page, each with its first documents.
    ///
    /// Each next group is that of the first document that is in none of those before, so that no more documents are looked at
    /// than are shown.
    func groups(
        by name: ColumnName, perGroup: Int, from offset: Int, limit: Int, _ plan: EvaluationPlan
    ) throws -> [(value: String?, count: Int, hits: [ScoredDocument])] {
        var rest = matches
        var groups: [(value: String?, count: Int, hits: [ScoredDocument])] = []
        var used: Set<ValueSpelling> = []
        let lists = try snapshot.listNames()
        for number in 0..<offset + limit {
            guard let first = try first(1, of: rest, plan).first,
                let stored = try snapshot.document(DocumentID(rawValue: first.document))
            else { break }
            let value = values(of: stored, name, lists: lists).first {
                !$0.isEmpty && !used.contains(name.spelling(of: $0))
            }
            if let value { used.insert(name.spelling(of: value)) }
            var members = try snapshot.documents(having: value, of: name)
            members.formIntersection(rest)
            // Of several values a document may have none left.
            members.insert(first.document)
            if number >= offset {
                groups.append((value, members.count, try self.first(perGroup, of: members, plan)))
            }
            rest.subtract(members)
        }
        return groups
    }

    private func values(of stored: StoredDocument, _ name: ColumnName, lists: Set<String>) -> [String] {
        let document = stored.document
        switch name {
        case .author: return document.author.map(PersonNames.names) ?? []
        case .date: return [document.date ?? ""]
        case .year: return [document.date.flatMap(ColumnName.year(of:)) ?? ""]
        case .source: return [stored.source ?? ""]
        case .tag: return document.tags
        case .title: return [document.title]
        case .metadata(let key): return ValueParts.values(of: key, in: document.metadata, lists: lists)
        }
    }
}

import Documents

/// Makes documents of records by a `RecordMapping`.
struct RecordMapper: Sendable {
    /// The fields that the mapping reads.
    let names: FieldNames
    private let rules: [PreparedRule]
    /// Fields that hold HTML, besides those whose rules say so.
    private let htmlNames: Set<String>

    init(_ mapping: RecordMapping, htmlNames: Set<String> = []) {
        self.htmlNames = htmlNames
        let names = FieldNames(mapping.documents.flatMap(\.paths))
        self.names = names
        rules = mapping.documents.indices.map { index in
            var others = mapping.documents
            let rule = others.remove(at: index)
            return PreparedRule(rule, others: others, names: names)
        }
    }

    /// Whether a record that gives no document is at fault: true unless every rule says what it needs.
    var expectsDocument: Bool { rules.contains { $0.needs == .any } }

    /// Calls `body` with each document of a record; gives how many there were.
    func forEachDocument(
        of record: some Record, in context: RecordContext, tally: BatchTally,
        _ body: (consuming Document) throws -> Void
    ) rethrows -> Int {
        var count = 0
        for index in rules.indices {
            guard let document = document(of: record, by: rules[index], index, in: context, tally: tally) else {
                continue
            }
            try body(document)
            count += 1
        }
        return count
    }

    /// The document that a rule makes of a record; nil when the record gives none.
    private func document(
        of record: some Record, by rule: PreparedRule, _ index: Int, in context: RecordContext, tally: BatchTally
    ) -> Document? {
        var taken = MappingFields()
        var body = text(rule.body, of: record, in: context, separator: "\n\n", taken: &taken)
        if body == nil, rule.needs == .body { return nil }
        let title = text(rule.title, of: record, in: context, separator: ", ", taken: &taken)?.plain.trimmed ?? ""
        if title.isEmpty, rule.needs == .title || body == nil { return nil }
        if let text = body { body = abstract(rule, before: text, of: record, in: context, taken: &taken) }
        let author = author(rule.author, of: record, in: context, taken: &taken)
        let written = text(rule.date, of: record, in: context, separator: " ", taken: &taken)?.plain.trimmed
        var url = text(rule.url, of: record, in: context, separator: " ", taken: &taken)?.plain.trimmed
        // Of a list the first is the document's own.
        if url?.utf8.contains(0x20) ?? false {
            url = values(rule.url, of: record, in: context, taken: &taken)?.values.first
        }
        let tags = tags(rule.tags, of: record, in: context, taken: &taken)
        let id = id(rule, index, of: record, in: context, taken: &taken)
        var lists = MetadataLists()
        var metadata = metadata(rule, of: record, in: context, tally: tally, lists: &lists)
        for field in rule.spareFields where record.has(field) && !taken.contains(field) {
            let name = names.names[field].text
            guard let found = record.otherText(of: field).map({ plain($0, of: name).trimmed }),
                ![title, body?.plain.trimmed, author, written, url, id].contains(found)
            else { continue }
            metadata[name] = found
        }
        var date: String?
        if let text = written {
            date = CalendarDate.iso8601(from: text)
            if date == nil, text.utf8.contains(0x20) {
                let dates = values(rule.date, of: record, in: context, taken: &taken)?.values ?? []
                if dates.count > 1 { date = dates.lazy.compactMap(CalendarDate.iso8601).first }
            }
            // What is no date is kept where the user can see it.
            if date == nil {
                metadata["date"] = text
                tally.note(.unreadDates, line: context.line)
            }
        }
        return Document(
            externalID: id, title: title, body: body?.plain ?? "", markup: body?.markup, author: author, date: date,
            url: url, tags: tags, metadata: metadata, line: context.line, lists: lists)
    }

    /// A body with the abstract before it that stands beside it in the record.
    private func abstract(
        _ rule: PreparedRule, before body: MarkedText, of record: some Record, in context: RecordContext,
        taken: inout MappingFields
    ) -> MarkedText {
        var own = MappingFields()
        guard !rule.abstract.sources.isEmpty,
            let abstract = text(rule.abstract, of: record, in: context, separator: "\n\n", taken: &own),
            !own.isSubset(of: taken)
        else { return body }
        taken.formUnion(own)
        return Self.holds(body.plain, abstract.plain.trimmed)
            ? body : MarkedText(joining: [abstract, body], separator: "\n\n")
    }

    /// Whether a text holds another, as far as can be told by a bounded number of looks at each byte.
    private static func holds(_ text: String, _ part: String) -> Bool {
        var (text, part) = (text, part)
        return text.withUTF8 { text in
            part.withUTF8 { part in
                guard let first = part.first else { return true }
                let bytes = UnsafeRawBufferPointer(text)
                var (place, looks) = (0, 8 * text.count)
                while let found = bytes.first(first, from: place), found + part.count <= text.count, looks > 0 {
                    let same = zip(text[found...], part).prefix { $0 == $1 }.count
                    if same == part.count { return true }
                    looks -= same
                    place = found + 1
                }
                return false
            }
        }
    }

    private func id(
        _ rule: PreparedRule, _ index: Int, of record: some Record, in context: RecordContext,
        taken: inout MappingFields
    ) -> String {
        if let id = text(rule.id, of: record, in: context, separator: " ", taken: &taken)?.plain.trimmed, !id.isEmpty {
            return id
        }
        if rules.count == 1 { return context.defaultID }
        return "\(context.defaultID)#\(rule.kind ?? String(index + 1))"
    }

    /// The first alternative that is not blank; the field it is, or lies in, is noted as taken.
    private func text(
        _ field: PreparedField, of record: some Record, in context: RecordContext, separator: String,
        taken: inout MappingFields
    ) -> MarkedText? {
        for index in field.alternatives.indices {
            let found: MarkedText?
            switch field.alternatives[index] {
            case .field(let number):
                found = record.text(of: number, joinedBy: separator).map { MarkedText(plain: $0) }
            case .text:
                found = context.text.flatMap { $0.plain.isBlank ? nil : $0 }
            case .known(let known):
                found = context.text(of: known).flatMap { $0.isBlank ? nil : MarkedText(plain: $0) }
            case .within(let number) where !record.has(number):
                found = nil
            case .within, .other:
                found = text(from: field.sources[index], of: record, in: context, separator: separator)
            }
            if let found {
                field.alternatives[index].note(in: &taken)
                return found
            }
        }
        return nil
    }

    private func text(
        from source: FieldSource, of record: some Record, in context: RecordContext, separator: String
    ) -> MarkedText? {
        let separator = source.separator ?? separator
        let found: String?
        switch source.origin {
        case .path(let path) where path.known == .text && source.markup == nil:
            return context.text.flatMap { $0.plain.isBlank ? nil : $0 }
        case .path(let path):
            found = lookUp(path, in: record, context, separator: separator)
        case .template(let template):
            found = fill(template, from: record, context)
        case .constant(let constant):
            found = constant
        case .joined(let parts):
            let texts = parts.compactMap { part in text(from: part, of: record, in: context, separator: separator) }
            return texts.isEmpty ? nil : MarkedText(joining: texts, separator: separator)
        }
        guard let found else { return nil }
        guard let markup = source.markup, markup != .text else { return MarkedText(plain: found) }
        let marked = MarkedText(found, markup)
        return marked.plain.isBlank ? nil : marked
    }

    private func lookUp(
        _ path: FieldPath, in record: some Record, _ context: RecordContext, separator: String
    ) -> String? {
        if let known = path.known { return context.text(of: known).flatMap { $0.isBlank ? nil : $0 } }
        return record.text(at: path, joinedBy: separator)
    }

    private func fill(_ template: TextTemplate, from record: some Record, _ context: RecordContext) -> String? {
        var result = ""
        for part in template.parts {
            switch part {
            case .literal(let literal): result += literal
            case .field(let path, let isSlug):
                guard let value = lookUp(path, in: record, context, separator: ", ") else { return nil }
                result += isSlug ? TextTemplate.slug(value) : value.trimmed
            }
        }
        return result
    }

    /// The values of the first alternative that has some, cut where the source says; a single text of tags, else, that is not in a
    /// list, as `TagList` has it.
    private func values(
        _ field: PreparedField, of record: some Record, in context: RecordContext, areTags: Bool = false,
        areNames: Bool = false, taken: inout MappingFields
    ) -> (values: [String], source: FieldSource)? {
        for index in field.alternatives.indices {
            switch field.alternatives[index] {
            case .field(let number), .within(let number): if !record.has(number) { continue }
            case .text, .known, .other: break
            }
            let source = field.sources[index]
            var values = self.values(from: source, of: record, in: context, areTags: areTags, areNames: areNames)
            if values.isEmpty { continue }
            if let split = source.split {
                values = values.flatMap { $0.split(separator: split).map(String.init) }
            } else if areTags, values.count == 1, !isList(source, of: record) {
                values = TagList.labels(in: values[0])
            }
            values = values.map(\.trimmed).filter { !$0.isEmpty }
            if !values.isEmpty {
                field.alternatives[index].note(in: &taken)
                return (values, source)
            }
        }
        return nil
    }

    private func isList(_ source: FieldSource, of record: some Record) -> Bool {
        guard case .path(let path) = source.origin, path.known == nil else { return false }
        return record.isList(at: path)
    }

    private func values(
        from source: FieldSource, of record: some Record, in context: RecordContext, areTags: Bool, areNames: Bool
    ) -> [String] {
        if case .joined(let parts) = source.origin, areNames, source.separator == nil {
            return parts.flatMap { values(from: $0, of: record, in: context, areTags: false, areNames: true) }
        }
        if case .path(let path) = source.origin, path.known == nil {
            return areTags ? record.labels(at: path) : areNames ? record.people(at: path) : record.texts(at: path)
        }
        return text(from: source, of: record, in: context, separator: ", ").map { [$0.plain] } ?? []
    }

    private func author(
        _ field: PreparedField, of record: some Record, in context: RecordContext, taken: inout MappingFields
    ) -> String? {
        guard let (names, source) = values(field, of: record, in: context, areNames: true, taken: &taken) else {
            return nil
        }
        if let separator = source.separator {
            return (source.isFamilyFirst ? names.map { PersonNames.text(of: [$0]) } : names).joined(
                separator: separator)
        }
        // One text is a list as somebody wrote it.
        return names.count == 1 && !source.isFamilyFirst ? names[0] : PersonNames.text(of: names)
    }

    /// The names of a field that has a list of them.
    private func people(_ name: String, of record: some Record) -> String? {
        guard let path = try? FieldPath(parsing: name) else { return nil }
        let names = record.people(at: path)
        return names.count > 1 ? PersonNames.text(of: names) : names.first
    }

    private func tags(
        _ field: PreparedField, of record: some Record, in context: RecordContext, taken: inout MappingFields
    ) -> [String] {
        guard let (tags, _) = values(field, of: record, in: context, areTags: true, taken: &taken) else { return [] }
        var labels: [String] = []
        var seen: Set<String> = []
        for tag in tags {
            // `#ai` is how people write the tag `ai`.
            let isMarked = tag.utf8.first == UInt8(ascii: "#") && tag.count > 1 && tag.first == "#"
            let label = isMarked ? String(tag.dropFirst()) : tag
            // Few are compared sooner than they are hashed.
            if labels.count == Self.fewTags { seen = Set(labels) }
            let isNew = labels.count < Self.fewTags ? !labels.contains(label) : seen.insert(label).inserted
            if isNew { labels.append(label) }
        }
        return labels
    }

    private static let fewTags = 8

    /// Metadata fields that a document gets by `others`. A document with more is a table by itself: each name becomes a name
    /// that queries can use, and every hit shows them all.
    static let maximumFields = 1000
    /// Bytes of the name of such a field: each row of a table has all names again.
    static let longestName = 256

    /// The text of a field that is kept as it is, without tags where it is HTML.
    private func plain(_ text: String, of name: String) -> String {
        htmlNames.contains(name) && HTMLMarkup.looksLikeHTML(text) ? TextMarkup.html.plainText(of: text) : text
    }

    private func metadata(
        _ rule: PreparedRule, of record: some Record, in context: RecordContext, tally: BatchTally,
        lists: inout MetadataLists
    ) -> [String: String] {
        var metadata: [String: String] = [:]
        switch rule.metadata {
        case .none: break
        case .others:
            let (fields, isCut) = record.otherFields(atMost: Self.maximumFields)
            if isCut { tally.note(.manyFields, line: context.line) }
            if !fields.isEmpty { metadata = Dictionary(minimumCapacity: fields.count) }
            if fields.contains(where: { $0.name.utf8.count > Self.longestName }) {
                tally.note(.longNames, line: context.line)
            }
            for field in fields where field.name.utf8.count <= Self.longestName {
                let (name, text) = (field.name, field.text)
                let names = MetadataLists.areOfPeople(name) ? people(name, of: record) : nil
                metadata[name] = names ?? (htmlNames.isEmpty ? text : plain(text, of: name))
                if field.isList { lists.names.insert(name) }
            }
        case .fields(let named):
            var taken = MappingFields()
            for (name, field) in named {
                if MetadataLists.areOfPeople(name), let text = author(field, of: record, in: context, taken: &taken) {
                    metadata[name] = text.trimmed
                } else if let text = text(field, of: record, in: context, separator: ", ", taken: &taken) {
                    metadata[name] = text.plain.trimmed
                }
            }
        }
        if let kind = rule.kind { metadata["kind"] = kind }
        return metadata
    }
}

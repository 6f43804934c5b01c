/// Tells by the first records of an input which of its fields are HTML: those where most values have tags of it.
///
/// A profile that says what a field's mark-up is, `text` included, is believed.
struct HTMLFields {
    /// Records looked at: enough for one that is unlike the others not to matter, and few against any file worth indexing.
    static let recordsLookedAt = 100

    private struct Count {
        var (filled, html) = (0, 0)
        /// Whether most are HTML.
        var isTelling: Bool { html * 2 > filled }

        mutating func take(_ text: String) {
            filled += 1
            if HTMLMarkup.isMarkedUp(text) { html += 1 }
        }
    }

    private let mapping: RecordMapping
    private var paths: [FieldPath: Count] = [:]
    private var others: [String: Count] = [:]

    /// Begins to look at the records of an input that is mapped so.
    init(_ mapping: RecordMapping) {
        self.mapping = mapping
        for path in mapping.documents.flatMap(\.unmarkedPaths) { paths[path] = Count() }
    }

    /// Whether the records that are looked at can hold a tag at all, so that most inputs cost no second look.
    static func mayBe(in spans: [RecordSpan], of bytes: UnsafeRawBufferPointer) -> Bool {
        guard let first = spans.first, let last = spans.prefix(recordsLookedAt).last else { return false }
        return mayBe(
            in: UnsafeRawBufferPointer(rebasing: bytes[..<last.range.upperBound]), from: first.range.lowerBound)
    }

    /// Whether there is a tag from a place on, as it is or escaped as JSON may have it.
    static func mayBe(in bytes: UnsafeRawBufferPointer, from start: Int) -> Bool {
        bytes.first(UInt8(ascii: "<"), from: start) != nil
            || bytes.firstRange(of: Array("u003".utf8), from: start) != nil
    }

    /// Looks at a record.
    mutating func take(_ record: some Record) {
        for path in paths.keys {
            if let text = record.text(at: path, joinedBy: " ") { paths[path]?.take(text) }
        }
        for field in record.otherFields(atMost: RecordMapper.maximumFields).fields {
            others[field.name, default: Count()].take(field.text)
        }
    }

    /// What maps the input's records; nil when no field is HTML.
    var mapper: RecordMapper? {
        let html = Set(paths.filter(\.value.isTelling).keys)
        let names = others.filter(\.value.isTelling).keys
        if html.isEmpty, names.isEmpty { return nil }
        var mapping = mapping
        for index in mapping.documents.indices { mapping.documents[index].markHTML(html) }
        return RecordMapper(mapping, htmlNames: Set(names).union(html.compactMap(\.onlyName?.text)))
    }
}

extension DocumentRule {
    /// The rules of fields that are text for readers.
    private static var texts: [WritableKeyPath<DocumentRule, FieldRule>] { [\.title, \.body, \.abstract] }

    /// The paths whose mark-up nobody has named.
    fileprivate var unmarkedPaths: [FieldPath] {
        var rules = Self.texts.map { self[keyPath: $0] }
        if case .fields(let named) = metadata { rules += named.map(\.rule) }
        return rules.flatMap(\.alternatives).flatMap(\.unmarkedPaths)
    }

    /// Says that what lies at some paths is HTML.
    fileprivate mutating func markHTML(_ paths: Set<FieldPath>) {
        for rule in Self.texts { self[keyPath: rule].markHTML(paths) }
        guard case .fields(var named) = metadata else { return }
        for index in named.indices { named[index].rule.markHTML(paths) }
        metadata = .fields(named)
    }
}

extension FieldRule {
    fileprivate mutating func markHTML(_ paths: Set<FieldPath>) {
        for index in alternatives.indices { alternatives[index].markHTML(paths) }
    }
}

extension FieldSource {
    fileprivate var unmarkedPaths: [FieldPath] {
        switch origin {
        case .path(let path): markup == nil && path.known == nil ? [path] : []
        case .joined(let parts): markup == nil ? parts.flatMap(\.unmarkedPaths) : []
        case .template, .constant: []
        }
    }

    fileprivate mutating func markHTML(_ paths: Set<FieldPath>) {
        guard markup == nil else { return }
        switch origin {
        case .path(let path): if paths.contains(path) { markup = .html }
        case .joined(var parts):
            for index in parts.indices { parts[index].markHTML(paths) }
            origin = .joined(parts)
        case .template, .constant: break
        }
    }
}

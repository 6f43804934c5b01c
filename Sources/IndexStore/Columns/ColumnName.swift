import Postings
import Ranking

/// What people sort, count and group documents by.
package enum ColumnName: Sendable, Hashable {
    /// The authors: as shown to sort by, and one by one to count and group by.
    case author
    /// The date.
    case date
    /// The year of the date.
    case year
    /// The path of the source.
    case source
    /// Each tag.
    case tag
    /// The title; for sorting only.
    case title
    /// The metadata of that name, in any case.
    case metadata(String)

    /// A year stands in front of a date of ISO 8601; nil for what is none.
    package static func year(of date: String) -> String? {
        var date = date
        return date.withUTF8 { hasYear($0) } ? String(date.prefix(4)) : nil
    }

    private static func hasYear(_ date: UnsafeBufferPointer<UInt8>) -> Bool {
        let digits = date.prefix(4)
        return digits.count == 4 && digits.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            && (date.count == 4 || date[4] == UInt8(ascii: "-"))
    }

    /// How its values follow each other; see ``ColumnField/order``.
    var order: ValueOrder { self == .date || self == .year ? .bytes : .natural }

    /// Whether values are one to people that differ in their spelling alone.
    var joinsSpellings: Bool {
        switch self {
        case .author, .tag, .metadata: true
        case .date, .year, .source, .title: false
        }
    }

    /// Whether a document can have several values that are stored apart.
    var hasSeveral: Bool { self == .author || self == .tag }

    /// What two values have in common that are one to people.
    package func spelling(of value: String) -> ValueSpelling {
        joinsSpellings ? ValueSpelling(value) : ValueSpelling(exactly: value)
    }

    /// The part of a stored value that people see as one; nil for none.
    func countedPart(of value: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8>? {
        guard self == .year else { return value }
        return Self.hasYear(value) ? UnsafeBufferPointer(rebasing: value[..<4]) : nil
    }
}

extension DocumentColumns {
    /// The fields whose values stand for a name.
    func fields(of name: ColumnName) throws -> [ColumnField] {
        switch name {
        case .author: [.author]
        case .date, .year: [.date]
        case .source: [.source]
        case .tag: [.tag]
        case .title: [.title]
        case .metadata(let key): try metadataFields(named: key)
        }
    }

    /// The fields whose values are counted and grouped by: of authors, each person; of lists, each value; and what JSON has at a path.
    func countedFields(of name: ColumnName) throws -> [(field: ColumnField, parts: ValueParts)] {
        switch name {
        case .author: return [(.authorName, .whole)]
        case .metadata(let key):
            return try metadataFields(named: key).map { field in
                guard case .metadata(let name) = field else { return (field, .whole) }
                return (field, ValueParts(ofMetadata: name, isList: try isList(name)))
            } + nestedFields(named: key).map { ($0.field, .nested($0.path)) }
        default: return try fields(of: name).map { ($0, .whole) }
        }
    }

    /// Which value people see for a stored one.
    func label(of name: ColumnName) throws -> (String) -> String? {
        switch name {
        case .year: return ColumnName.year(of:)
        case .source:
            let paths = try sourcePaths()
            return { paths[$0] }
        default: return { $0 }
        }
    }

    /// The documents that have this value, as people see it, in any spelling.
    func documents(having value: String, of name: ColumnName) throws -> DocumentBitmap {
        let label = try label(of: name)
        let wanted = name.joinsSpellings ? SpelledValue(value) : nil
        var found = DocumentBitmap()
        for (field, parts) in try countedFields(of: name) {
            found.formUnion(
                try documents(of: field) { bytes in
                    guard let wanted else {
                        return label(String(decoding: bytes, as: UTF8.self)).map { $0.utf8.elementsEqual(value.utf8) }
                            ?? false
                    }
                    if case .whole = parts { return wanted.matches(bytes) }
                    return parts.values(of: String(decoding: bytes, as: UTF8.self)).contains { wanted.matches($0) }
                })
        }
        return found
    }

    /// The documents that have a value which is no empty text.
    func documents(withAnyOf name: ColumnName) throws -> DocumentBitmap {
        let label = try label(of: name)
        var found = DocumentBitmap()
        for (field, parts) in try countedFields(of: name) {
            found.formUnion(
                try documents(of: field) { bytes in
                    let value = String(decoding: bytes, as: UTF8.self)
                    if case .whole = parts { return label(value).map { !$0.isEmpty } ?? false }
                    return !parts.values(of: value).isEmpty
                })
        }
        return found
    }
}

extension IndexSnapshot {
    /// The columns, or in an index that has none of the present documents the same made from the documents' rows.
    private func accessColumns<Value>(_ body: (DocumentColumns) throws -> Value) throws -> Value {
        try connection.access { db in try body(try columns(db) ?? rowColumns(db)) }
    }

    /// The first documents of a set in the order of a field's values; those without a value last, and equals by id.
    package func first(_ limit: Int, of documents: DocumentBitmap, by name: ColumnName, descends: Bool) throws
        -> [Int64]
    {
        try sorted(limit, of: documents, by: name, descends: descends).map(\.document)
    }

    /// The same with what they are sorted by.
    func sorted(_ limit: Int, of documents: DocumentBitmap, by name: ColumnName, descends: Bool) throws
        -> [SortedDocument]
    {
        try accessColumns { columns in
            try columns.first(limit, of: documents, by: columns.fields(of: name), descends: descends)
        }
    }

    /// How many documents of a set have each value of a field.
    package func valueCounts(of name: ColumnName, in documents: DocumentBitmap) throws -> ValueCounts {
        try accessColumns { try $0.counts(of: name, in: documents) }
    }

    /// The documents that have just this value; nil asks for those without any.
    package func documents(having value: String?, of name: ColumnName) throws -> DocumentBitmap {
        try accessColumns { columns in
            if let value { return try columns.documents(having: value, of: name) }
            var rest = try columns.liveDocuments()
            rest.subtract(try columns.documents(withAnyOf: name))
            return rest
        }
    }

    /// The documents that exist.
    package func liveDocuments() throws -> DocumentBitmap { try accessColumns { try $0.liveDocuments() } }
}

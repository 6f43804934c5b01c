import Postil

/// Groups of documents whose texts are nearly the same.
package struct DuplicatesReport: Report {
    package static let shape: ReportShape = [.table, .ids]
    package static let listName: String? = "groups"

    let threshold: Double
    let microseconds: Int
    let groups: [DuplicateGroup]
    /// Gives a document by its row id; asked while the report is printed, one group after another.
    let document: (DocumentID) throws -> StoredDocument?

    /// Describes groups found with a least similarity of `threshold` in some time.
    package init(
        _ groups: [DuplicateGroup], threshold: Double, microseconds: Int,
        document: @escaping (DocumentID) throws -> StoredDocument?
    ) {
        self.groups = groups
        self.threshold = threshold
        self.microseconds = microseconds
        self.document = document
    }

    package var facts: [ReportValue.Member] {
        .members(["threshold": .number(threshold), "took_us": .count(microseconds)])
    }

    package var columns: [String] { Self.rowFields.map(\.name) }

    /// One document of a group.
    fileprivate struct Copy {
        var stored: StoredDocument
        /// To the group's first document; nil for that itself.
        var similarity: Double?
        /// 1 for the first group.
        var group: Int
    }

    private static let similarity = ReportField<Copy>("similarity", isOptional: true) {
        $0.similarity.map { .number($0) } ?? .null
    }

    private static let documentFields: [ReportField<Copy>] = [
        ReportField("id") { .string($0.stored.document.externalID) },
        ReportField("title") { .string($0.stored.document.title) },
        ReportField("author") { .optional($0.stored.document.author) },
        ReportField("date") { .optional($0.stored.document.date) },
        ReportField("url") { .optional($0.stored.document.url) },
        ReportField("source") { .optional($0.stored.source) },
        ReportField("line") { .count($0.stored.document.line) },
    ]

    /// `{"id":"a","title":"A","author":null,"date":"2019","url":null,"source":"a.jsonl","line":3,"similarity":0.97}`, the
    /// last not for a group's first.
    private static let objectFields = documentFields + [similarity]
    private static let rowFields = [ReportField("group") { .count($0.group) }, similarity] + documentFields

    /// `{"representative":{…},"duplicates":[{…},…]}`; a table has a row for each document of a group.
    private struct Entry: ReportEntry {
        let copies: [Copy]

        var value: ReportValue {
            .members([
                "representative": copies.first.map(DuplicatesReport.objectFields.object) ?? .null,
                "duplicates": .array(copies.dropFirst().map(DuplicatesReport.objectFields.object)),
            ])
        }
        var rows: [[ReportValue]] { copies.map(DuplicatesReport.rowFields.row) }
        var ids: [String] { copies.dropFirst().map(\.stored.document.externalID) }
    }

    package func forEachEntry(_ body: (any ReportEntry) throws -> Void) throws {
        try forEachGroup { try body(Entry(copies: $0)) }
    }

    private func forEachGroup(_ body: ([Copy]) throws -> Void) throws {
        for (number, group) in zip(1..., groups) {
            var copies: [Copy] = []
            if let stored = try document(group.representative) { copies.append(Copy(stored: stored, group: number)) }
            for other in group.others {
                guard let stored = try document(other.id) else { continue }
                copies.append(Copy(stored: stored, similarity: other.similarity, group: number))
            }
            try body(copies)
        }
    }

    package func writeText(in layout: TextLayout, to write: (String) throws -> Void) throws {
        try forEachGroup { copies in
            guard let number = copies.first?.group else { return }
            if number > 1 { try write("\n") }
            let label = String(number)
            let width = max(label.count, 2)
            for copy in copies {
                guard let similarity = copy.similarity else {
                    let padding = String(repeating: " ", count: width - label.count)
                    try write(copy.text(in: layout, label: padding + label + "  "))
                    continue
                }
                // Rounded down, so that 1.00 is nothing less.
                let share = Quantity.decimal((similarity * 100).rounded(.down) / 100, places: 2)
                try write(copy.text(in: layout, label: String(repeating: " ", count: width + 2) + share + "  "))
            }
        }
    }

    package var remarks: [String] { [(groups.isEmpty ? "" : "\n") + summary] }

    /// `88 groups of 180 documents (0.84 s)`.
    private var summary: String {
        let documents = groups.reduce(0) { $0 + 1 + $1.others.count }
        let duration = Quantity.duration(microseconds: microseconds)
        guard !groups.isEmpty else { return "No duplicates (\(duration))" }
        return "\(Quantity.count(groups.count, "group")) of \(Quantity.count(documents)) documents (\(duration))"
    }
}

extension DuplicatesReport.Copy {
    /// Title, who and when, the link, where it was read and the id.
    ///
    /// - Parameter label: Stands before the first line; the others are indented by its width.
    fileprivate func text(in layout: TextLayout, label: String) -> String {
        let document = stored.document
        let indent = String(repeating: " ", count: label.count)
        var heading = StyledText()
        heading.append(
            document.title.isEmpty ? document.externalID : document.title,
            style: similarity == nil ? .heading : .plain)
        var lines = heading.lines(width: max(layout.width - indent.count, 20), color: layout.usesColor)
        let facts = [document.author, document.date.map { String($0.prefix(10)) }]
            .compactMap { $0?.isEmpty == false ? $0 : nil }
        func add(_ text: String?, _ style: TextStyle) {
            guard let text, !text.isEmpty else { return }
            lines.append(layout.line(text, style))
        }
        add(facts.joined(separator: " · "), .secondary)
        add(document.url, .link)
        add(stored.source.map { document.line > 0 ? "\($0):\(document.line)" : $0 }, .secondary)
        add(document.title.isEmpty ? nil : document.externalID, .secondary)
        return lines.enumerated().map { ($0.offset == 0 ? label : indent) + $0.element + "\n" }.joined()
    }
}

import Postil

/// What an index says of itself.
package struct InformationReport: Report {
    let information: IndexInformation

    /// Describes figures about an index.
    package init(_ information: IndexInformation) { self.information = information }

    package var facts: [ReportValue.Member] {
        .members([
            "index": .string(information.path),
            "documents": .count(information.documents),
            "first_date": .optional(information.firstDate),
            "last_date": .optional(information.lastDate),
            "sources": .count(information.sources),
            "failed_sources": .count(information.failedSources),
            "index_bytes": .integer(information.indexBytes),
            "analyzer": .string(information.analyzer),
            "profile": .string(information.profile),
            "compression": .string(information.compression.rawValue),
            "index_format": .count(information.formatVersion),
            "sqlite": .string(information.sqliteVersion),
        ])
    }

    /// A table for people.
    package func writeText(in layout: TextLayout, to write: (String) throws -> Void) throws {
        let dates = [information.firstDate, information.lastDate].compactMap { $0.map { String($0.prefix(10)) } }
        let failed = information.failedSources
        let rows: [(String, String)] = [
            ("index", information.path),
            ("documents", Quantity.count(information.documents)),
            ("dates", dates.isEmpty ? "–" : dates.joined(separator: " to ")),
            (
                "files",
                Quantity.count(information.sources) + (failed > 0 ? ", \(Quantity.count(failed)) with problems" : "")
            ),
            ("size", Quantity.bytes(information.indexBytes)),
            ("analyzer", information.analyzer),
            ("profile", information.profile),
            ("compression", information.compression.rawValue),
            ("format", "\(information.formatVersion), SQLite \(information.sqliteVersion)"),
        ]
        let width = rows.map(\.0.count).max() ?? 0
        for (name, value) in rows { try write("\(name.padded(to: width))  \(VisibleText.line(value))\n") }
    }
}

import GRDB
import Ranking

extension IndexFile {
    /// Looks for damage, and with `repair` rebuilds the inverted index from the documents where they disagree.
    ///
    /// In this order: SQLite's own check of the file; compressed texts, each of which is read; FTS5's comparison of its index with the documents (`integrity-check`
    /// with rank 1); documents without an entry in FTS5 and entries without a document; references to sources; score grids.
    ///
    /// - Complexity: Reads the whole file and analyses all documents.
    public func check(repair: Bool) throws -> CheckReport {
        if repair { try requireWritable() }
        let connection = try IndexConnection(path: path, mode: .readWrite)
        return try connection.access { db in
            var report = CheckReport()
            if repair { try db.execute(sql: "BEGIN IMMEDIATE") }
            for message in try pageFaults(db) {
                report.findings.append(
                    .init(severity: .error, what: "SQLite: \(message)", wayOut: "rebuild with `postil index --rebuild`")
                )
            }
            let textFaults = try textFaults(db)
            for fault in textFaults {
                report.findings.append(
                    .init(severity: .error, what: fault, wayOut: "rebuild with `postil index --rebuild`"))
            }
            // What cannot be read cannot be compared with anything.
            let faults = textFaults.isEmpty ? try indexFaults(db) : []
            if repair, !faults.isEmpty, report.isSound {
                try db.execute(sql: "INSERT INTO documents_fts(documents_fts) VALUES ('rebuild')")
                for fault in faults {
                    report.findings.append(
                        .init(
                            severity: .repaired, what: fault,
                            wayOut: "the inverted index was rebuilt from the documents"))
                }
                for fault in try indexFaults(db) {
                    report.findings.append(
                        .init(severity: .error, what: fault, wayOut: "rebuild with `postil index --rebuild`"))
                }
            } else {
                // Documents on damaged pages are nothing to rebuild the inverted index from.
                let way =
                    report.isSound ? "repair with `postil check --repair`" : "rebuild with `postil index --rebuild`"
                for fault in faults { report.findings.append(.init(severity: .error, what: fault, wayOut: way)) }
            }
            let strays = try Int.fetchOne(
                db,
                sql: """
                    SELECT count(*) FROM documents
                    WHERE source IS NOT NULL AND source NOT IN (SELECT id FROM sources)
                    """)
            if let strays, strays > 0 {
                if repair {
                    try db.execute(
                        sql: """
                            UPDATE \(settings.compression.table) SET source = NULL
                            WHERE source IS NOT NULL AND source NOT IN (SELECT id FROM sources)
                            """)
                }
                report.findings.append(
                    .init(
                        severity: repair ? .repaired : .warning,
                        what: "\(strays) documents name a source that is not recorded",
                        wayOut: repair ? "their source was cleared" : "repair with `postil check --repair`"))
            }
            let grids = try ScoreGridUpdate(db, path: path, parameters: settings.ranking)
            let state = try grids.state()
            if state != .current {
                let isRepaired = try repair && grids.run(chunks: nil) == .current
                report.findings.append(
                    .init(
                        severity: isRepaired ? .repaired : .warning, what: state.what,
                        wayOut: isRepaired ? "they were made anew" : state.wayOut))
            }
            if repair { try db.execute(sql: "COMMIT") }
            return report
        }
    }

    private func pageFaults(_ db: Database) throws -> [String] {
        do {
            return try String.fetchAll(db, sql: "PRAGMA integrity_check(20)").filter { $0 != "ok" }
        } catch let error as DatabaseError where error.resultCode == .SQLITE_CORRUPT {
            return [error.message ?? "malformed"]
        }
    }

    private func indexFaults(_ db: Database) throws -> [String] {
        var faults: [String] = []
        do {
            try db.execute(sql: "INSERT INTO documents_fts(documents_fts, rank) VALUES ('integrity-check', 1)")
        } catch let error as DatabaseError
            where error.resultCode == .SQLITE_CORRUPT || error.extendedResultCode == .SQLITE_CORRUPT_VTAB
        {
            faults.append("documents_fts: the inverted index does not agree with the documents")
        }
        let missing = "SELECT id FROM documents WHERE id NOT IN (SELECT id FROM documents_fts_docsize) LIMIT 1"
        if let id = try Int64.fetchOne(db, sql: missing) {
            faults.append("documents, row \(id): not in the inverted index")
        }
        let surplus = "SELECT id FROM documents_fts_docsize WHERE id NOT IN (SELECT id FROM documents) LIMIT 1"
        if let id = try Int64.fetchOne(db, sql: surplus) {
            faults.append("documents_fts_docsize, row \(id): indexed, but there is no such document")
        }
        return faults
    }
}

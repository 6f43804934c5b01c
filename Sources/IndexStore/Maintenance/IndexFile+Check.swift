import GRDB
import Ranking

extension IndexFile {
    /// Looks for damage, and with `repair` rebuilds the inverted index from the documents where they disagree.
    ///
    /// In this order: SQLite's own check of the file; compressed texts, each of which is read; FTS5's comparison of its index with the documents (`integrity-check`
    /// with rank 1); documents without an entry in FTS5 and entries without a document; references to sources; score grids.
    ///
    /// FTS5 compares its index with the documents only where it may write. Of a file or folder that is read-only all else is
    /// checked, and a warning says what was not.
    ///
    /// - Complexity: Reads the whole file and analyses all documents.
    public func check(repair: Bool) throws -> CheckReport {
        if repair { try requireWritable() }
        return try connectionToCheck(repair: repair).access { db in
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
            var faults: [String] = []
            if textFaults.isEmpty {
                do { faults = try comparisonFaults(db) } catch let error as DatabaseError
                    where !repair && error.resultCode == .SQLITE_READONLY
                {
                    report.findings.append(
                        .init(
                            severity: .warning,
                            what:
                                "documents_fts: the inverted index was not compared with the documents, which FTS5 does "
                                + "only where it may write",
                            wayOut: "check a copy of the file, or where it can be written to"))
                }
                faults += try coverageFaults(db)
            }
            if repair, !faults.isEmpty, report.isSound {
                try db.execute(sql: "INSERT INTO documents_fts(documents_fts) VALUES ('rebuild')")
                for fault in faults {
                    report.findings.append(
                        .init(
                            severity: .repaired, what: fault,
                            wayOut: "the inverted index was rebuilt from the documents"))
                }
                for fault in try comparisonFaults(db) + coverageFaults(db) {
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

    /// Fit to write if the file is.
    private func connectionToCheck(repair: Bool) throws(IndexError) -> IndexConnection {
        do {
            return try IndexConnection(path: path, mode: .readWrite)
        } catch {
            switch error {
            case .readOnly where !repair, .unreadable where !repair, .diskFull where !repair:
                return try IndexConnection(path: path, mode: .readOnly)
            default: throw error
            }
        }
    }

    /// FTS5's own comparison.
    private func comparisonFaults(_ db: Database) throws -> [String] {
        do {
            try db.execute(sql: "INSERT INTO documents_fts(documents_fts, rank) VALUES ('integrity-check', 1)")
            return []
        } catch let error as DatabaseError
            where error.resultCode == .SQLITE_CORRUPT || error.extendedResultCode == .SQLITE_CORRUPT_VTAB
        {
            return ["documents_fts: the inverted index does not agree with the documents"]
        }
    }

    /// Documents that are not in the inverted index, and entries there of no document.
    private func coverageFaults(_ db: Database) throws -> [String] {
        var faults: [String] = []
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

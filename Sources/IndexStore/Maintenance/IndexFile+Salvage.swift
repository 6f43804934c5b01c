import Documents
import FTS5Bridge
import Foundation
import GRDB
import TextAnalysis

extension IndexFile {
    /// Opens an index to mend it. SQLite does not read a file that is shorter than it says it is; such a one is made as long again
    /// first, with empty pages behind what there is.
    package init(mendingLengthOf path: String) throws {
        do { try self.init(path: path) } catch let error as IndexError {
            guard case .corrupt = error, !MemoryFile.isName(path), case .file(let bytes) = FileKind(path) else {
                throw error
            }
            let missing = try IndexFileHeader.missingBytes(path: path)
            guard missing > 0, truncate(path, off_t(bytes + missing)) == 0 else { throw error }
            try self.init(path: path)
        }
    }

    /// Puts the documents that can be read into a new file, and that into the place of this one.
    ///
    /// Each document is looked for under each id that was ever given, since the way from row to row may be broken. All sources
    /// are read again by the next index run, which brings back what is missing.
    ///
    /// - Complexity: O(log n) reads for each id that was ever given, and a build of the index.
    func salvage(after report: CheckReport, patience: Patience) throws -> CheckReport {
        let (tokenizer, sources, roots, lists, last) = try {
            let old = try IndexConnection(path: path, mode: .readOnly)
            return try old.access {
                (
                    // Not what the damaged schema says.
                    try AnalyzerSpecification(settings.analyzer).tokenizeOption, try readableSources($0),
                    readableRoots($0),
                    (try? MetadataNames.lists($0)) ?? [],
                    try greatestID($0)
                )
            }
        }()
        var saved = 0
        var lost: [Int64] = []
        let compression = settings.compression
        _ = try IndexFile.build(
            at: path, settings: settings, tokenizer: tokenizer, replaces: true, patience: patience
        ) { writer in
            var ids: [Int64: SourceID] = [:]
            for root in roots ?? [] { try writer.roots.save(root) }
            for (id, source) in sources { ids[id] = try writer.sources.save(source) }
            // Closed before the new file comes into the old one's place.
            let old = try IndexConnection(path: path, mode: .readOnly)
            try old.access { db in
                let reader = try DocumentRowReader(db, path: path)
                let known = try indexedIDs(db)
                for id in stride(from: Int64(1), through: last, by: 1) {
                    do {
                        guard var row = try reader.read(id) else {
                            if known.contains(id) { lost.append(id) }
                            continue
                        }
                        // One whose source is lost is adopted when its file is read again. So is one that is not what was
                        // indexed, if its file has it: it may be a row that never was.
                        let source = row.source.map { ids[$0] ?? .lost }
                        row.document.lists.names = lists.intersection(row.document.metadata.keys)
                        let new = try writer.insert(
                            row.document, source: row.isAsIndexed || ids.isEmpty ? source : .lost)
                        if !row.hasLine { try writer.renew(new) }
                        saved += 1
                    } catch {
                        lost.append(id)
                    }
                }
            }
        }
        var result = report
        result.findings = report.findings.map {
            CheckReport.Finding(severity: .repaired, what: $0.what, remedy: .done(IndexFault.Part.pages.repair))
        }
        let names = lost.prefix(20).map(String.init).joined(separator: ", ")
        result.findings.append(
            CheckReport.Finding(
                severity: lost.isEmpty ? .repaired : .warning,
                what: "\(saved) documents were saved, \(lost.count) could not be read"
                    + (lost.isEmpty ? "" : " (\(compression.table), rows \(names)\(lost.count > 20 ? " …" : ""))"),
                remedy: .done("the next index run reads all \(sources.count) sources again")))
        if roots == nil {
            result.findings.append(
                CheckReport.Finding(
                    severity: .warning, what: "roots: the places that were indexed cannot be read",
                    remedy: .namedPlaces))
        }
        return result
    }

    /// The places that are remembered; nil when the table cannot be read.
    private func readableRoots(_ db: Database) -> [IndexedRoot]? {
        // What cannot be read either is reported, and costs no document.
        if let copy = try? RootCopy(db).roots(indexAt: path) { return copy }
        return try? IndexedRoot.all(db, indexAt: path)
    }

    /// The sources that can be read, marked to be read again.
    private func readableSources(_ db: Database) throws -> [(Int64, IndexedSource)] {
        var found: [(Int64, IndexedSource)] = []
        do {
            let rows = try SQLiteStatement("SELECT \(IndexedSource.columns) FROM sources", on: db.handle)
            while try rows.step() {
                var source: IndexedSource
                do { source = try IndexedSource(rows, paths: StoredPath(indexAt: path), path: path) } catch {
                    // New to the next index run, which gives it its documents.
                    continue
                }
                guard let id = source.id else { continue }
                (source.id, source.size, source.modified, source.hash) = (nil, -1, -1, [])
                found.append((id.rawValue, source))
            }
        } catch is DatabaseError {
            // Those that are lost are new to the next index run.
        }
        return found
    }

    /// The last id that was given, from whatever tells.
    private func greatestID(_ db: Database) throws -> Int64 {
        let table = settings.compression.table
        let places = [
            "SELECT max(seq) FROM sqlite_sequence", "SELECT max(id) FROM \(table)",
            "SELECT max(id) FROM documents_fts_docsize",
        ]
        // A place that cannot be read tells nothing.
        let found = places.compactMap { try? Int64.fetchOne(db, sql: $0) }.filter {
            (0..<IndexSchema.idLimit).contains($0)
        }
        return found.max() ?? 0
    }

    /// The ids that FTS5 knows, as far as they can be read.
    private func indexedIDs(_ db: Database) throws -> Set<Int64> {
        var ids: Set<Int64> = []
        do {
            let select = try SQLiteStatement("SELECT id FROM documents_fts_docsize", on: db.handle)
            while try select.step() { ids.insert(select.integer(0)) }
        } catch is DatabaseError {
            // Then fewer losses have a name.
        }
        return ids
    }
}

extension DocumentWriter {
    /// Has the document's source bring it anew, since only that has all of it.
    fileprivate func renew(_ id: DocumentID) throws {
        try readDatabase { db, _ in
            try db.execute(
                sql: "UPDATE \(settings.compression.table) SET content_hash = ? WHERE id = ?",
                arguments: [DocumentFingerprint.unknown, id.rawValue])
        }
    }
}

extension FTS5TableReader {
    /// The tokenizer's arguments that an index was made with.
    static func tokenizer(_ db: Database) throws -> String {
        let sql = try String.fetchOne(db, sql: "SELECT sql FROM sqlite_schema WHERE name = 'documents_fts'") ?? ""
        // ``IndexObjects`` has compared the rest.
        guard let start = sql.range(of: "tokenize='"), let end = sql.range(of: "', detail=full", options: .backwards)
        else { throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "documents_fts has no tokenizer") }
        return String(sql[start.upperBound..<end.lowerBound]).replacing("''", with: "'")
    }
}

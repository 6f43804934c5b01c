import Documents
import FTS5Format
import GRDB
import Ranking
import TextAnalysis
import FTS5Bridge

/// One check of an index, part by part. The faults of a part that others derive from come before theirs.
struct IndexCheck {
    let db: Database
    let path: String
    let settings: IndexSettings
    private(set) var faults: [IndexFault] = []

    /// Faults of a kind that are named one by one.
    private static let named = 20

    init(_ db: Database, path: String, settings: IndexSettings) {
        self.db = db
        self.path = path
        self.settings = settings
    }

    /// Runs all that the depth asks for. What cannot be read is a fault, not an error.
    mutating func run(_ depth: CheckDepth) throws {
        try attempt(.settings) { check in
            if try !IndexSettings.isWhole(check.db) {
                check.faults.append(IndexFault(.settings, "settings: they are not what was written"))
            }
        }
        try checkPages(depth)
        try attempt(.pages) { try $0.checkTokenizer() }
        // What cannot be read cannot be compared with anything.
        if faults.contains(where: { $0.part == .pages }) { return }
        try attempt(.pages) { $0.faults += try ValueKinds($0.db).faults() }
        if depth == .whole { try attempt(.documents) { try $0.checkDocuments() } }
        try attempt(.sources) { try $0.checkSources() }
        let areReadable = !faults.contains(where: \.isTorn)
        if areReadable {
            try attempt(.fullText) { try $0.checkVersion() }
            let isOpen = !faults.contains(where: \.isAboutVersion)
            if depth == .whole, isOpen { try attempt(.fullText) { try $0.compareFullText() } }
            try attempt(.fullText) { try $0.checkCoverage() }
            if depth == .whole { try attempt(.fullText) { try $0.checkPageIndex() } }
        }
        if areReadable { try attempt(.words) { try $0.checkWords(depth) } }
        try attempt(.grids) { check in
            let state = try ScoreGridUpdate(check.db, path: check.path, parameters: check.settings.ranking).state()
            if state != .current {
                check.faults.append(IndexFault(.grids, state.what, severity: .warning))
            } else if depth == .whole, !check.faults.contains(where: { $0.part == .fullText }) {
                check.faults += try GridCheck(check.db, path: check.path).faults()
            }
        }
        if !faults.contains(where: { $0.part == .grids && $0.severity == .warning }) {
            try attempt(.columns) { try $0.checkColumns(depth) }
        }
    }

    /// Ends of faults for which the text is not there to compare anything with.
    static let unreadable = "it cannot be read"

    private mutating func attempt(_ part: IndexFault.Part, _ body: (inout IndexCheck) throws -> Void) throws {
        do { try body(&self) } catch let error as DatabaseError where error.resultCode == .SQLITE_CORRUPT {
            faults.append(IndexFault(part, "\(part): \(error.message ?? "malformed")"))
        } catch let error as FTS5FormatError {
            if case .unsupported = error { throw error }
            faults.append(IndexFault(.fullText, "documents_fts_data: \(error)"))
        } catch IndexError.corrupt(_, let table, let rowID, let reason) {
            faults.append(IndexFault(part, "\(table)\(rowID.map { ", row \($0)" } ?? ""): \(reason)"))
        } catch let error as WordListError {
            faults.append(IndexFault(.words, "words, row \(error.row): \(error.reason)"))
        } catch is RowDecodingError {
            faults.append(IndexFault(part, "\(part): a value of another kind"))
        }
    }

    private mutating func checkPages(_ depth: CheckDepth) throws {
        let pragma = depth == .quick ? "quick_check" : "integrity_check"
        do {
            for message in try String.fetchAll(db, sql: "PRAGMA \(pragma)(\(Self.named))") where message != "ok" {
                faults.append(IndexFault(.pages, "SQLite: \(message)"))
            }
        } catch let error as DatabaseError where error.resultCode == .SQLITE_CORRUPT {
            faults.append(IndexFault(.pages, "SQLite: \(error.message ?? "malformed")"))
        }
    }

    // MARK: Documents

    /// Reads each document and compares it with the fingerprint of what was indexed.
    private mutating func checkDocuments() throws {
        var names: Set<String> = []
        let reader = try DocumentRowReader(db, path: path)
        let ids = try SQLiteStatement("SELECT id FROM \(settings.compression.table) ORDER BY id", on: db.handle)
        var unnamed = 0
        while try ids.step() {
            let id = ids.integer(0)
            let reason: String?
            do {
                guard let row = try reader.read(id) else { continue }
                reason =
                    !(0..<IndexSchema.idLimit).contains(id)
                    ? "a row id out of range" : row.isAsIndexed ? nil : "it is not what was indexed"
                names.formUnion(row.document.metadata.keys)
            } catch IndexError.corrupt(_, _, _, let what) {
                reason = what
            } catch is TextFrameError {
                reason = Self.unreadable
            } catch let error as DatabaseError where error.resultCode == .SQLITE_CORRUPT {
                reason = Self.unreadable
            }
            guard let reason else { continue }
            if faults.count < Self.named {
                faults.append(IndexFault(.documents, "\(settings.compression.table), row \(id): \(reason)"))
            } else {
                unnamed += 1
            }
        }
        if unnamed > 0 { faults.append(IndexFault(.documents, "\(unnamed) more documents")) }
        let known = try MetadataNames(db)
        let missing = names.subtracting(known.all).sorted().prefix(Self.named)
        for name in missing { faults.append(IndexFault(.names, "metadata_names: “\(name)” is not there")) }
        if missing.isEmpty, let fault = try known.fault(db) { faults.append(fault) }
        // Row ids go on from here; behind the limit no document could be added any more.
        let sequence = try Int64.fetchOne(
            db, sql: "SELECT max(seq) FROM sqlite_sequence WHERE name = ?", arguments: [settings.compression.table])
        let last = try Int64.fetchOne(db, sql: "SELECT max(id) FROM \(settings.compression.table)") ?? 0
        if (sequence ?? 0) < last || (sequence ?? 0) >= IndexSchema.idLimit {
            faults.append(IndexFault(.documents, "sqlite_sequence: \(sequence ?? 0) is not the last id, \(last)"))
        }
    }

    private mutating func checkSources() throws {
        let select = try SQLiteStatement("SELECT \(IndexedSource.columns) FROM sources ORDER BY id", on: db.handle)
        while try select.step() {
            do {
                _ = try IndexedSource(select, paths: StoredPath(indexAt: path), path: path)
            } catch IndexError.corrupt(_, _, let id, let reason) {
                faults.append(IndexFault(.sources, "sources, row \(id ?? 0): \(reason)"))
            }
        }
        try checkSeals()
        do { _ = try IndexedRoot.all(db, indexAt: path) } catch IndexError.corrupt(_, let table, _, let reason) {
            if try !RootCopy(db).exists() {
                faults.append(IndexFault(.sources, "\(table): \(reason); that place has to be named once more"))
            }
        }
        let strays = try Int.fetchOne(
            db,
            sql: """
                SELECT count(*) FROM \(settings.compression.table)
                WHERE source <> \(SourceID.lost.rawValue) AND source NOT IN (SELECT id FROM sources)
                """)
        if let strays, strays > 0 { faults.append(.strays(strays)) }
        let unusable = try Int.fetchOne(db, sql: "SELECT count(*) FROM sources WHERE id < 1") ?? 0
        if unusable > 0 { faults.append(IndexFault(.sources, "sources: \(unusable) have ids that are never given")) }
    }

    /// Compares rows with what was written.
    private mutating func checkSeals() throws {
        let differences = try SourceSeals(db).differences()
        for difference in differences.prefix(Self.named) {
            let reason =
                switch difference {
                case .gone: "it is not there"
                case .unknown: "nobody wrote it"
                case .path: "its path is not what was written"
                case .rest: "it is not what was written"
                }
            let fault = IndexFault(.sources, "sources, row \(difference.id): \(reason)")
            // A value that cannot be read has been named.
            if !faults.contains(where: { $0.what.hasPrefix("sources, row \(difference.id):") }) { faults.append(fault) }
        }
        if differences.count > Self.named {
            faults.append(IndexFault(.sources, "\(differences.count - Self.named) more sources"))
        }
        if let fault = try RootCopy(db).fault() { faults.append(fault) }
    }

    // MARK: Words

    /// Reads the list of words and, if the whole is to be checked, compares it with the documents.
    private mutating func checkWords(_ depth: CheckDepth) throws {
        guard try WordListReader.exists(db) else {
            faults.append(IndexFault(.words, "words: the list of words is not there", severity: .warning))
            return
        }
        let reader = try WordListReader(db)
        var found = WordMerge(try reader.layers().map { .layer(try WordLayerCursor(reader, $0)) })
        guard depth == .whole else {
            while try found.next() {}
            return
        }
        var expected = WordMerge([
            .counted(CountedWordsCursor(try WordCounter.words(of: db, analyzer: settings.analyzer)))
        ])
        while true {
            let (isFound, isExpected) = (try found.next(), try expected.next())
            guard isFound || isExpected else { return }
            let isSame = isFound == isExpected && found.word == expected.word
            if isSame, found.documents == expected.documents { continue }
            let isMore = isFound && (!isExpected || found.word.lexicographicallyPrecedes(expected.word))
            let word = String(decoding: isMore ? found.word : expected.word, as: UTF8.self)
            let what = isSame ? "is not in as many documents as it says" : isMore ? "is in no document" : "is not there"
            let written = word.split(separator: "\0").last ?? ""
            faults.append(IndexFault(.words, "words: “\(written)” \(what)"))
            return
        }
    }

    // MARK: Columns

    private mutating func checkColumns(_ depth: CheckDepth) throws {
        let columns = ColumnTable(db, path: path)
        if try !columns.isCurrent() {
            faults.append(.outdatedColumns)
        } else if depth == .whole, !faults.contains(where: \.isTorn) {
            faults += try columns.faults()
        }
    }

    // MARK: Full text

    /// Whether FTS5 cuts texts into the words that the index has: whoever writes has it do so, and so does a repair.
    private mutating func checkTokenizer() throws {
        let found = try FTS5TableReader.tokenizer(db)
        guard try !AnalyzerSpecification(settings.analyzer).isMeant(byTokenizer: found) else { return }
        faults.append(IndexFault(.pages, "documents_fts: its tokenizer is \(found), not analyzer \(settings.analyzer)"))
    }

    /// Whether FTS5 can open its tables. It goes by a number, whose row is derived as all else is. A newer SQLite's is no damage.
    private mutating func checkVersion() throws {
        let version = try SQLiteStatement("SELECT v FROM documents_fts_config WHERE k = 'version'", on: db.handle)
        guard try version.step(), version.isInteger(0),
            (FTS5TableOptions.supportedVersion...FTS5TableOptions.greatestVersion).contains(version.integer(0))
        else {
            faults.append(.version)
            return
        }
        // With merging step by step a document lies in two segments meanwhile.
        let merging = try SQLiteStatement("SELECT v FROM documents_fts_config WHERE k = 'automerge'", on: db.handle)
        guard try merging.step(), merging.isInteger(0), merging.integer(0) == 0 else {
            faults.append(IndexFault(.fullText, "documents_fts_config: its automerge is not what was written"))
            return
        }
    }

    /// FTS5's own comparison.
    private mutating func compareFullText() throws {
        do {
            try db.execute(sql: "INSERT INTO documents_fts(documents_fts, rank) VALUES ('integrity-check', 1)")
        } catch let error as DatabaseError
            where error.resultCode == .SQLITE_CORRUPT || error.extendedResultCode == .SQLITE_CORRUPT_VTAB
        {
            faults.append(IndexFault(.fullText, "documents_fts: the inverted index does not agree with the documents"))
        } catch let error as DatabaseError where error.resultCode == .SQLITE_READONLY {
            faults.append(IndexFault.notCompared)
        }
    }

    /// Documents that are not in the inverted index, and entries there of no document.
    private mutating func checkCoverage() throws {
        let table = settings.compression.table
        let missing = "SELECT id FROM \(table) WHERE id NOT IN (SELECT id FROM documents_fts_docsize) LIMIT 1"
        if let id = try Int64.fetchOne(db, sql: missing) {
            faults.append(IndexFault(.fullText, "documents, row \(id): not in the inverted index"))
        }
        let surplus = "SELECT id FROM documents_fts_docsize WHERE id NOT IN (SELECT id FROM \(table)) LIMIT 1"
        if let id = try Int64.fetchOne(db, sql: surplus) {
            faults.append(IndexFault.lostDocument(id))
        }
    }

    /// Whether `documents_fts_idx` leads to each term: FTS5 goes by it, and does not check that nothing of it is missing. And whether
    /// all positions can be read, in which phrases are looked for: FTS5 takes a broken list for one that ends there.
    private mutating func checkPageIndex() throws {
        guard !faults.contains(where: { $0.part == .fullText }) else { return }
        let records = try FTS5TableReader(db.handle)
        guard try records.unsupportedFeature() == nil else { return }
        for segment in try records.structure().segmentsNewestFirst where !segment.isEmpty {
            let terms = SegmentCursor(source: records, segment: segment, columns: 2)
            let finder = SegmentCursor(source: records, segment: segment, columns: 2)
            while try terms.nextTerm() {
                let isFound = try finder.seek(terms.term)
                while try terms.doclist.next() != nil { _ = try terms.doclist.positions() }
                if isFound { continue }
                faults.append(
                    IndexFault(.fullText, "documents_fts_idx: no way to a term of segment \(segment.id.rawValue)"))
                return
            }
        }
        let segments = try records.structure().segmentsNewestFirst.map { "\($0.id.rawValue)" }.joined(separator: ", ")
        let surplus = """
            SELECT count(*) FROM documents_fts_idx
            WHERE pgno / 2 < 0 OR typeof(pgno) <> 'integer' OR segid NOT IN (\(segments))
            """
        if try Int.fetchOne(db, sql: surplus) != 0 {
            faults.append(IndexFault(.fullText, "documents_fts_idx: a page that is none"))
        }
    }
}

extension IndexFault {
    /// The inverted index could not be compared.
    static let notCompared = IndexFault(
        .fullText,
        "documents_fts: the inverted index was not compared with the documents, which FTS5 does only where it may write",
        severity: .warning)

    /// Filters read the documents' rows.
    static let outdatedColumns = IndexFault(
        .columns, "columns are not of the present documents, so that filters are slow", severity: .warning)

    /// Documents that belong to no source.
    static func strays(_ count: Int) -> IndexFault {
        IndexFault(
            .sources, "\(count) \(count == 1 ? "document names" : "documents name") a source that is not recorded")
    }

    /// What FTS5 goes by when it opens its tables is not what was written.
    static let version = IndexFault(.fullText, "documents_fts_config: its version is not what was written")
    /// Whether FTS5 cannot open its tables.
    var isAboutVersion: Bool { self == .version }

    /// Whether the columns have other sources for documents than the documents' rows. Only their files can tell which is right.
    var isAboutSources: Bool { part == .columns && what.contains(", \(ColumnField.source.name):") }

    /// A document that is indexed and has no row any more.
    static func lostDocument(_ id: Int64) -> IndexFault {
        IndexFault(.fullText, "documents_fts_docsize, row \(id)\(lost)")
    }

    private static let lost = ": indexed, but there is no such document"
    /// Whether a document is gone, nobody knows of which source.
    var isLoss: Bool { what.hasSuffix(IndexFault.lost) }

    /// Whether something cannot be read, so that a repair is a new file.
    var isTorn: Bool { part == .pages || part == .documents && what.hasSuffix(IndexCheck.unreadable) }

    /// Whether a repair does not mend it.
    var hasOwnRemedy: Bool { self == .notCompared || severity == .warning && (part == .grids || part == .columns) }

    /// What mends it where a repair does not.
    var ownRemedy: CheckReport.Finding.Remedy {
        if self == .notCompared { return .writableCopy }
        return what == ScoreGridState.outdated.what || self == .outdatedColumns ? .optimization : .newerVersion
    }
}

import Foundation
import PostilTestSupport
import Testing

@testable import Postil

/// Every column of every table of an index, one damage at a time: the value altered, of another type, or null; and of every table a row
/// deleted and one doubled.
///
/// All that could change an answer, of this index or of one that the next run brings up to date, a check must find; the few columns
/// that cannot are ``harmless``. After a repair and the next run, answers are those of an index that nobody has touched.
///
/// `POSTIL_DAMAGES` sets how many are planted (by default a few; all are some hundreds), `POSTIL_SEED` plants others.
@Suite struct EveryColumnDamageTests {
    private let folder: TemporaryFolder
    private static let environment = ProcessInfo.processInfo.environment
    private static let seed = environment["POSTIL_SEED"].flatMap(UInt64.init) ?? 4
    private static let count = environment["POSTIL_DAMAGES"].flatMap(Int.init) ?? 8

    /// What no answer depends on, and why: such damage need not be found.
    private static let harmless: [String: String] = [
        "score_segments.title_weight": bounds, "score_segments.body_weight": bounds, "score_segments.norm_base": bounds,
        "score_segments.norm_slope": bounds, "score_segments.first_document": range,
        "score_segments.last_document": range,
        "sqlite_sequence": "the first row counts, and the ids of documents that are there",
        "documents_fts_data.block":
            "a bit that neither FTS5 nor Postil goes by, as that for delete markers beside positions",
        "documents_fts_data": "a page of no segment, which FTS5 writes over when it needs its place",
        "documents_fts_idx.term": "a key below which no other term lies leads to the same page",
        "score_terms": speed, "score_grids": speed,
        "score_state.name": "what is of no known name is not used, and made anew",
        "score_state.value": "what is of no known state is not used, and made anew",
        "score_state": "what is of no known state is not used, and made anew",
    ]

    private static let speed = "a term without a grid is read from FTS5's pages; a grid of no term by nobody"
    private static let bounds = "compared with the grids that it is of; where they are no better, it costs time only"
    private static let range = "a segment that seems to have room for more documents has none of them"

    init() throws { folder = try TemporaryFolder() }

    // MARK: The collection

    private func write() throws {
        var random = SplitMix64(seed: 11)
        for part in 0..<3 {
            var lines = ""
            for number in 0..<50 {
                let words = (0..<Int.random(in: 2...20, using: &random)).map { _ in
                    ["common", "frequent", "rare\(Int.random(in: 0..<40, using: &random))"].randomElement(
                        using: &random)!
                }
                lines += #"{"id":"d\#(part)-\#(number)","title":"\#(words.prefix(3).joined(separator: " "))","#
                lines +=
                    #""text":"\#(words.joined(separator: " "))","author":"\#(number % 2 == 0 ? "Ann Bee" : "Bob Cee")","#
                lines += #""date":"20\#(10 + number % 9)","url":"https://x.org/\#(part)/\#(number)","#
                lines += #""tags":["t\#(number % 3)","u\#(number % 4)"],"cats":["c\#(number % 5)","e\#(number % 2)"],"#
                lines += #""k":"v\#(number % 5)"}"# + "\n"
            }
            try folder.write(lines, to: "in/part\(part).jsonl")
        }
        try folder.write("# A note\n\ncommon frequent note\n", to: "in/deep/note.md")
        try folder.write("common letter", to: "letter.txt")
    }

    private func request(_ compression: TextCompression = .none) -> IndexingRequest {
        IndexingRequest(paths: [folder.file("in"), folder.file("letter.txt")], compression: compression, threads: 1)
    }

    /// An index of several segments, some documents of which are gone.
    private func build(at path: String, _ compression: TextCompression) throws {
        try write()
        _ = try Index.update(at: path, with: request(compression))
        try folder.write(#"{"id":"late","text":"common late"}"# + "\n", to: "in/late.jsonl")
        try FileManager.default.removeItem(atPath: folder.file("in/deep/note.md"))
        _ = try Index.update(at: path, with: request())
    }

    // MARK: Answers

    private static let queries = [
        "common rare7", "\"common frequent\"", "rare*", "title:common", "author:ann date:2012..2015", "k:v3 tag:t1",
        "cats:c2 url:x.org", "frequnt", "*",
    ]

    /// All that people see of an index, a line each; an error is a line that everybody notices.
    private func answers(_ path: String) -> [String] {
        guard let index = try? Index.open(at: path) else { return ["refusal"] }
        var lines: [String] = []
        func add(_ name: String, _ body: () throws -> [String]) {
            do { lines += try body().map { "\(name): \($0)" } } catch { lines.append("\(name): refusal") }
        }
        for query in Self.queries {
            add(query) {
                try index.makeSearcher().search(SearchRequest(query, limit: 1000, snippetLength: query == "*" ? 40 : 0))
                    .hits.map { hit in
                        "\(hit.externalID) \(hit.score) \(hit.title) \(hit.author ?? "") \(hit.date ?? "") \(hit.url ?? "") "
                            + "\(hit.tags) \(hit.metadata.sorted { $0.key < $1.key }) \(hit.source ?? "") \(hit.line) "
                            + (hit.snippet?.text ?? "")
                    }.sorted()
            }
        }
        for field in ["author", "year", "source", "tag", "cats", "k"] {
            add(field) {
                let facet = try index.makeSearcher().facet(field)
                return facet.values.map { "\($0.value) \($0.count)" }.sorted() + ["\(facet.without)"]
            }
        }
        add("places") {
            try index.roots().map { "\($0.path) \($0.isPattern) \($0.profileName) \($0.profileYAML.count)" }
        }
        return lines
    }

    /// Answers after a run without arguments over the collection, to which a file has come.
    private func answersAfterRun(_ path: String) -> [String] {
        do { _ = try Index.update(at: path, with: IndexingRequest(threads: 1)) } catch { return ["refusal"] }
        return answers(path)
    }

    // MARK: The test

    @Test(arguments: TextCompression.allCases) func whatCouldChangeAnAnswerIsFound(compression: TextCompression) throws
    {
        let sound = folder.file("sound.db")
        try build(at: sound, compression)
        #expect(try Index.open(at: sound).check().findings.isEmpty)
        let expected = answers(sound)
        try folder.write(#"{"id":"new","text":"common new"}"# + "\n", to: "in/new.jsonl")
        let later = try copy(sound, "later.db")
        let expectedLater = answersAfterRun(later)
        #expect(expectedLater != expected && !expectedLater.contains("refusal"))
        var random = SplitMix64(seed: Self.seed)
        var damages = try ColumnDamage.all(of: sound)
        damages.shuffle(using: &random)
        var (found, harmful, harmless) = (0, 0, Set<String>())
        for damage in damages.prefix(Self.count) {
            let path = try copy(sound, "damaged.db")
            guard let what = try damage.plant(in: path, &random) else { continue }
            let context: Comment = "seed: \(Self.seed), \(compression), \(what)"
            let after = answers(path)
            let isNoticed = after.contains { $0.hasSuffix("refusal") }
            let afterRun = answersAfterRun(try copy(path, "run.db"))
            guard let index = try? Index.open(at: path, access: .readWrite) else {
                found += 1
                continue
            }
            let report: CheckReport?
            do { report = try index.check() } catch is IndexError { report = nil }
            let isFound = report.map { !$0.findings.isEmpty } ?? true
            let changes = after != expected || afterRun != expectedLater
            if changes { harmful += 1 }
            if isFound { found += 1 } else { harmless.insert(damage.place) }
            #expect(isFound || Self.harmless[damage.place] != nil || damage.keepsBytes, "not found, \(context)")
            #expect(!changes || isFound || isNoticed, "changes answers, \(context)")
            guard isFound, report != nil else { continue }
            do {
                let repaired = try index.check(repair: true)
                #expect(repaired.isSound, "\(repaired.findings), \(context)")
                let mended = answersAfterRun(path)
                #expect(Self.difference(mended, expectedLater) == nil, "\(repaired.findings), \(context)")
                #expect(try Index.open(at: path).check().findings.isEmpty, context)
            } catch {
                Issue.record("\(error), \(context)")
            }
        }
        print(
            "damages by column: \(min(Self.count, damages.count)) of \(damages.count) (\(compression), seed \(Self.seed)): "
                + "\(found) found, \(harmful) changed an answer, not found: \(harmless.sorted())")
    }

    /// The first line that one list has and the other has not.
    private static func difference(_ one: [String], _ other: [String]) -> String? {
        Set(one).symmetricDifference(other).min()
    }

    private func copy(_ path: String, _ name: String) throws -> String {
        for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: folder.file(name) + suffix) }
        try FileManager.default.copyItem(atPath: path, toPath: folder.file(name))
        return folder.file(name)
    }
}

/// One kind of damage to one column, or to a row of one table.
private struct ColumnDamage {
    enum Kind: CaseIterable { case altered, otherType, null, deleted, doubled }

    let table: String
    /// Nil for damage to a row.
    let column: String?
    let kind: Kind

    /// Whether the value is read by its bytes, which are the same in another kind.
    var keepsBytes: Bool { kind == .otherType && table.hasPrefix("documents_fts_") }

    /// The column or table.
    var place: String { column.map { "\(table).\($0)" } ?? table }

    /// All there are for an index.
    static func all(of path: String) throws -> [ColumnDamage] {
        let database = try TestDatabase(path)
        let tables = try database.rows(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name")
        return try tables.map(\.[0].text).flatMap { table in
            let columns = try database.rows("SELECT name FROM pragma_table_info(?1)", [.text(table)]).map(\.[0].text)
            return [Kind.deleted, .doubled].map { ColumnDamage(table: table, column: nil, kind: $0) }
                + columns.flatMap { column in
                    [Kind.altered, .otherType, .null].map { ColumnDamage(table: table, column: column, kind: $0) }
                }
        }
    }

    /// Plants it in some row and says where; nil where the table does not take it.
    func plant(in path: String, _ random: inout SplitMix64) throws -> String? {
        if kind == .null { try allowNull(path, true) }
        defer { if kind == .null { try? allowNull(path, false) } }
        let database = try TestDatabase(path)
        let columns = try database.rows("SELECT name, pk, type FROM pragma_table_info(?1)", [.text(table)])
        let keys = columns.filter { $0[1].integer > 0 }.map { $0[0].text }
        let hasRowID = try !database.rows("SELECT sql FROM sqlite_schema WHERE name = ?1", [.text(table)])[0][0].text
            .contains("WITHOUT ROWID")
        let key = hasRowID ? ["rowid"] : keys
        let count = try database.rows("SELECT count(*) FROM \(table)")[0][0].integer
        guard count > 0 else { return nil }
        let values = try database.rows(
            "SELECT \(key.joined(separator: ", ")) FROM \(table) ORDER BY 1 LIMIT 1 OFFSET ?1",
            [.integer(.random(in: 0..<count, using: &random))])[0]
        let condition = key.enumerated().map { "\($0.element) IS ?\($0.offset + 1)" }.joined(separator: " AND ")
        let row = "\(table) \(values)"
        guard let column else {
            if kind == .deleted {
                try database.rows("DELETE FROM \(table) WHERE \(condition)", values)
                return "\(row) is deleted"
            }
            guard hasRowID, keys.count < 2 else { return nil }
            let rest = columns.map { $0[0].text }.filter { !keys.contains($0) }
            let list = (keys + rest).joined(separator: ", ")
            let copied = (keys.map { "(SELECT max(\($0)) + 1 FROM \(table))" } + rest).joined(separator: ", ")
            do {
                try database.rows(
                    "INSERT INTO \(table)(\(list)) SELECT \(copied) FROM \(table) WHERE \(condition)", values)
            } catch { return nil }
            return "\(row) is doubled"
        }
        let old = try database.rows("SELECT \(column) FROM \(table) WHERE \(condition)", values)[0][0]
        let new: TestDatabase.Value
        switch kind {
        case .null: new = .null
        case .otherType:
            switch old {
            case .integer: new = .text("x")
            case .text(let text): new = .blob(Array(text.utf8))
            case .blob(let bytes): new = .text(String(decoding: bytes.filter { $0 > 0 && $0 < 128 }, as: UTF8.self))
            case .null: new = .blob([0xFF])
            }
        default: new = Self.altered(old, &random)
        }
        guard new != old else { return nil }
        // A value that a key or a type does not take is none that somebody could have planted.
        do {
            try database.rows(
                "UPDATE \(table) SET \(column) = ?\(values.count + 1) WHERE \(condition)", values + [new])
        } catch { return nil }
        guard try database.rows("SELECT 1 FROM \(table) WHERE \(column) IS ?1", [new]).first != nil else { return nil }
        return "\(row).\(column): \(Self.short(old)) -> \(Self.short(new))"
    }

    /// Takes NOT NULL out of a table's definition, and puts it back.
    private func allowNull(_ path: String, _ isAllowed: Bool) throws {
        let (old, new) = isAllowed ? ("NOT NULL", "/*NN*/") : ("/*NN*/", "NOT NULL")
        try TestDatabase(path).execute(
            """
            PRAGMA writable_schema = ON;
            UPDATE sqlite_schema SET sql = replace(sql, '\(old)', '\(new)') WHERE name = '\(table)' AND type = 'table'
            """)
    }

    private static func altered(_ value: TestDatabase.Value, _ random: inout SplitMix64) -> TestDatabase.Value {
        switch value {
        case .integer(let number):
            return .integer(
                [number &+ 1, number &- 1, 0, -5, 1 << 40].filter { $0 != number }.randomElement(using: &random)!)
        case .blob(var bytes):
            guard !bytes.isEmpty else { return .blob([1]) }
            bytes[Int.random(in: 0..<bytes.count, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            return .blob(bytes)
        case .text(let text):
            // A real number.
            if let number = Double(text), text.contains(".") {
                return .text("\([2 * number, number / 2].randomElement(using: &random)!)")
            }
            return .text(
                [text + "x", String(text.dropLast()), "y"].filter { $0 != text }.randomElement(using: &random)!)
        case .null: return .text("x")
        }
    }

    private static func short(_ value: TestDatabase.Value) -> String {
        switch value {
        case .blob(let bytes): "\(bytes.count) bytes"
        case .text(let text): "“\(text.prefix(40))”"
        default: "\(value)"
        }
    }
}

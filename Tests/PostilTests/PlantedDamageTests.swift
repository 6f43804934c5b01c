import Foundation
import PostilTestSupport
import Testing

@testable import Postil

/// One fault planted in a sound index at a time: in each table a row deleted, altered or doubled, bytes of the file changed,
/// pages emptied, the file cut off.
///
/// What changes an answer, a check must find, unless the search says so itself; what a check has found, a repair must mend: the
/// answers then are those of an index built anew, as soon as the sources that it names have been read again.
///
/// `POSTIL_DAMAGES` sets how many are planted (by hand thousands), `POSTIL_SEED` repeats a sequence.
@Suite struct PlantedDamageTests {
    private let folder: TemporaryFolder
    private static let seed =
        ProcessInfo.processInfo.environment["POSTIL_SEED"].flatMap(UInt64.init) ?? .random(in: 0...999_999)
    private static let count = ProcessInfo.processInfo.environment["POSTIL_DAMAGES"].flatMap(Int.init) ?? 7

    init() throws { folder = try TemporaryFolder() }

    /// What an index answers; errors count as answers that everybody notices.
    private enum Answer: Equatable {
        case hits([String])
        case refusal
    }

    private static let queries = [
        "common", "common rare7", "rare3 rare4 rare5", "+common +frequent", "\"common frequent\"", "\"rare1 common\"~4",
        "rare*", "title:common", "author:ann common", "date:2012..2015 frequent", "frequent -common", "k:v3", "*",
    ]

    private func answers(_ path: String) -> [Answer] {
        guard let index = try? Index.open(at: path) else { return [.refusal] }
        return Self.queries.map { query in
            do {
                let request = SearchRequest(query, limit: 1000, snippetLength: 80)
                let hits = try index.makeSearcher().search(request).hits
                // Documents that were read again have other ids, which decide between equal scores.
                return .hits(
                    hits.map { "\($0.externalID) \($0.score) \($0.title) \($0.author ?? "") \($0.snippet?.text ?? "")" }
                        .sorted())
            } catch {
                return .refusal
            }
        }
    }

    private func write() throws {
        var random = SplitMix64(seed: 7)
        for part in 0..<3 {
            var lines = ""
            for number in 0..<150 {
                let words = (0..<Int.random(in: 1...30, using: &random)).map { _ in
                    switch Int.random(in: 0..<10, using: &random) {
                    case 0..<4: "common"
                    case 4..<7: "frequent"
                    default: "rare\(Int.random(in: 0..<40, using: &random))"
                    }
                }
                let author = number % 2 == 0 ? "Ann" : "Bob"
                lines += #"{"id":"d\#(part)-\#(number)","title":"\#(words.prefix(3).joined(separator: " "))","#
                lines += #""text":"\#(words.joined(separator: " "))","author":"\#(author)","#
                lines += #""date":"20\#(10 + number % 9)","tags":["t\#(number % 3)"],"k":"v\#(number % 5)"}"# + "\n"
            }
            try folder.write(lines, to: "in/part\(part).jsonl")
        }
    }

    @Test(arguments: TextCompression.allCases) func whatChangesAnswersIsFoundAndMended(compression: TextCompression)
        throws
    {
        try write()
        let sound = folder.file("sound.db")
        let request = IndexingRequest(paths: [folder.file("in")], compression: compression, threads: 1)
        // In steps, so that there are segments with documents that are gone.
        _ = try Index.update(at: sound, with: request)
        try folder.write(#"{"id":"late","text":"common late"}"# + "\n", to: "in/late.jsonl")
        _ = try Index.update(at: sound, with: request)
        let expected = answers(sound)
        #expect(try Index.open(at: sound).check().findings.isEmpty)
        var random = SplitMix64(seed: Self.seed)
        var found = 0
        var harmful = 0
        for round in 0..<Self.count {
            let path = folder.file("damaged.db")
            for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
            try FileManager.default.copyItem(atPath: sound, toPath: path)
            let damage = try Damage.plant(in: path, &random)
            let context: Comment = "seed: \(Self.seed), round: \(round), \(compression), \(damage)"
            let after = answers(path)
            let isSilent = zip(after, expected).contains { $0 != $1 && $0 != .refusal } && !after.contains(.refusal)
            let isChanged = after != expected
            if isChanged { harmful += 1 }
            guard let index = try? Index.open(at: path) else {
                // Told at once by every command; the index is made anew.
                found += 1
                if try IndexFileHeaderProbe.isReplaceable(path) {
                    _ = try Index.rebuild(at: path, with: request)
                    #expect(answers(path) == expected, context)
                }
                continue
            }
            let report: CheckReport
            do { report = try index.check() } catch let error as IndexError {
                found += 1
                if case .newerFTS5 = error { continue }
                #expect(!isSilent, "\(context): \(error)")
                continue
            }
            if !report.findings.isEmpty { found += 1 }
            #expect(!isChanged || !report.isSound || damage.hasPrefix("no row"), context)
            guard !report.findings.isEmpty else { continue }
            do {
                let repaired = try index.check(repair: true)
                guard repaired.isSound else {
                    Issue.record("not mended: \(repaired.findings), \(context)")
                    continue
                }
                _ = try Index.update(at: path, with: request)
                #expect(answers(path) == expected, "\(context), \(repaired.findings)")
                #expect(try Index.open(at: path).check().findings.isEmpty, context)
            } catch {
                Issue.record("\(error), \(context)")
            }
        }
        print(
            "planted damages: \(Self.count) (\(compression), seed \(Self.seed)): \(found) found, \(harmful) changed an answer"
        )
    }
}

/// Whether a rebuild may take the file for an index.
private enum IndexFileHeaderProbe {
    static func isReplaceable(_ path: String) throws -> Bool {
        let bytes = try Data(contentsOf: URL(filePath: path)).prefix(100)
        return bytes.count < 100
            || bytes.starts(with: Data("SQLite format 3\0".utf8)) && bytes[68..<72] == Data("Pstl".utf8)
    }
}

/// Faults of all kinds.
private enum Damage {
    static func plant(in path: String, _ random: inout SplitMix64) throws -> String {
        switch Int.random(in: 0..<20, using: &random) {
        case 0: return try cut(path, &random)
        case 1: return try emptyPage(path, &random)
        case 2: return try changeBytes(path, &random)
        default: return try changeRow(path, &random)
        }
    }

    private static func cut(_ path: String, _ random: inout SplitMix64) throws -> String {
        let whole = try Data(contentsOf: URL(filePath: path))
        let length = Bool.random(using: &random) ? 0 : Int.random(in: 0..<whole.count, using: &random)
        try whole.prefix(length).write(to: URL(filePath: path))
        return "cut off after \(length) bytes"
    }

    private static func emptyPage(_ path: String, _ random: inout SplitMix64) throws -> String {
        var bytes = try Data(contentsOf: URL(filePath: path))
        let page = Int.random(in: 1..<max(2, bytes.count / 32_768), using: &random)
        bytes.replaceSubrange(page * 32_768..<(page + 1) * 32_768, with: Data(count: 32_768))
        try bytes.write(to: URL(filePath: path))
        return "page \(page + 1) is empty"
    }

    private static func changeBytes(_ path: String, _ random: inout SplitMix64) throws -> String {
        var bytes = try Data(contentsOf: URL(filePath: path))
        let place = Int.random(in: 100..<bytes.count, using: &random)
        bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        try bytes.write(to: URL(filePath: path))
        return "byte \(place) of page \(place / 32_768 + 1)"
    }

    private static func changeRow(_ path: String, _ random: inout SplitMix64) throws -> String {
        let database = try TestDatabase(path)
        let tables = try database.rows(
            """
            SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'
              AND name NOT IN ('sqlite_stat1') ORDER BY name
            """)
        guard let table = tables.randomElement(using: &random)?[0].text else { return "no row of no table" }
        let columns = try database.rows("SELECT name, pk FROM pragma_table_info(?1)", [.text(table)])
        let isKeyed =
            table.hasSuffix("idx")
            || ["roots", "settings", "metadata_names", "score_state", "score_terms"].contains(table)
            || table.hasSuffix("config")
        let count = try database.rows("SELECT count(*) FROM \(table)")[0][0].integer
        guard count > 0 else { return "no row of \(table)" }
        let offset = Int64.random(in: 0..<count, using: &random)
        let keys = columns.filter { $0[1].integer > 0 }.map { $0[0].text }
        let key = isKeyed ? keys : ["rowid"]
        let values = try database.rows(
            "SELECT \(key.joined(separator: ", ")) FROM \(table) ORDER BY 1 LIMIT 1 OFFSET ?1", [.integer(offset)])[0]
        let condition = key.enumerated().map { "\($0.element) IS ?\($0.offset + 1)" }.joined(separator: " AND ")
        let place = "\(table) \(values)"
        switch Int.random(in: 0..<3, using: &random) {
        case 0:
            try database.rows("DELETE FROM \(table) WHERE \(condition)", values)
            return "\(place) is deleted"
        case 1 where !isKeyed && keys.count == 1:
            let rest = columns.map { $0[0].text }.filter { $0 != keys[0] && !["path"].contains($0) }
            guard table != "sources" else { return "no row of \(table) can be doubled" }
            try database.rows(
                "INSERT INTO \(table)(\(keys[0]), \(rest.joined(separator: ", "))) "
                    + "SELECT (SELECT max(\(keys[0])) + 1 FROM \(table)), \(rest.joined(separator: ", ")) FROM \(table) "
                    + "WHERE \(condition)", values)
            return "\(place) is doubled"
        default:
            let column = columns.randomElement(using: &random)![0].text
            let old = try database.rows("SELECT \(column) FROM \(table) WHERE \(condition)", values)[0][0]
            let new = changed(old, &random)
            try database.rows(
                "UPDATE OR IGNORE \(table) SET \(column) = ?\(values.count + 1) WHERE \(condition)", values + [new])
            return "\(place).\(column) is altered: \(old.short) -> \(new.short)"
        }
    }

    private static func changed(_ value: TestDatabase.Value, _ random: inout SplitMix64) -> TestDatabase.Value {
        switch value {
        case .integer(let number):
            let others: [Int64] = [-5, 0, 1, number &+ 1, number &- 1, 9_000_000_000_000, 1 << 31, .max, .min]
            return .integer(others[Int.random(in: 0..<others.count, using: &random)])
        case .blob(var bytes):
            guard !bytes.isEmpty else { return .blob([1]) }
            let place = Int.random(in: 0..<bytes.count, using: &random)
            if Int.random(in: 0..<4, using: &random) == 0 {
                bytes.removeSubrange(place...)
            } else {
                bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            }
            return .blob(bytes)
        case .text(let text):
            let others = ["", "x", String(text.dropFirst()), String(text.dropLast()), text + "}", "[1]", "-1", "nan"]
            return .text(others[Int.random(in: 0..<others.count, using: &random)])
        case .null: return .text("x")
        }
    }
}

extension TestDatabase.Value {
    /// For a line of a report.
    fileprivate var short: String {
        switch self {
        case .blob(let bytes): "\(bytes.count) bytes"
        case .text(let text): "“\(text.prefix(40))”"
        default: "\(self)"
        }
    }
}

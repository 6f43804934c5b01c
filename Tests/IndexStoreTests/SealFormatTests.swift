import Foundation
import GRDB
import PostilTestSupport
import Testing

@testable import IndexStore

/// The records by which rows are known again.
struct SealFormatTests {
    @Test func aSealedRecordIsReadAsItWasWrittenAndNoOther() throws {
        let queue = try DatabaseQueue()
        try queue.write { db in
            try db.execute(sql: "CREATE TABLE score_state(name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID")
            let record = SealedRecord(name: "r")
            #expect(try record.read(db) == .none)
            for content in [[], [0], [UInt8](0...255)] as [[UInt8]] {
                try record.write(content, db)
                #expect(try record.read(db) == .whole(content))
            }
            let value = try Data.fetchOne(db, sql: "SELECT value FROM score_state") ?? Data()
            for place in value.indices {
                var changed = value
                changed[place] ^= 4
                try db.execute(sql: "UPDATE score_state SET value = ?", arguments: [changed])
                #expect(try record.read(db) == .damaged, "byte \(place)")
                try db.execute(sql: "UPDATE score_state SET value = ?", arguments: [value.prefix(place)])
                #expect(try record.read(db) == .damaged, "\(place) bytes")
            }
        }
    }

    /// Values that SQLite compares as different ones have different hashes, so that no kind of change is missed.
    @Test func hashesTellValuesOfDifferentKindsApart() throws {
        let queue = try DatabaseQueue()
        try queue.read { db in
            let values = [
                "NULL", "0", "1", "-1", "0.0", "1.0", "''", "x''", "'1'", "x'31'", "'a'", "x'61'", "'aaaaaaaa'",
            ]
            let hashes = try values.map { value in
                let select = try SQLiteStatement("SELECT \(value)", on: db.handle)
                _ = try select.step()
                var hash = RowHash()
                hash.mix(select, 0)
                return hash.value
            }
            #expect(Set(hashes).count == values.count)
        }
    }

    @Test func lineSealsTellWhichGroupHasChanged() {
        func seals(_ lines: [Int: Int64]) -> [UInt8] {
            var seals = LineSeals()
            for (place, line) in lines.sorted(by: { $0.key < $1.key }) { seals.append(line, at: place) }
            return seals.finish() ?? []
        }
        let lines: [Int: Int64] = [0: 1, 1: 2, 63: 3, 64: 1, 4095: 9]
        #expect(seals(lines).count == 256)
        #expect(LineSeals.differences(seals(lines), seals(lines)).isEmpty)
        for (place, group) in [(0, 0...63), (63, 0...63), (64, 64...127), (4095, 4032...4095)] {
            var changed = lines
            changed[place] = 100
            #expect(LineSeals.differences(seals(lines), seals(changed)) == [group])
            changed[place] = nil
            #expect(LineSeals.differences(seals(lines), seals(changed)) == [group])
        }
        #expect(LineSeals.differences([], seals(lines)).count == 64)
        var empty = LineSeals()
        #expect(empty.finish() == nil)
    }
}

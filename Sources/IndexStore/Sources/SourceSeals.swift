import GRDB

/// What the rows of `sources` were when they were written. Nothing else in the file tells whether somebody has changed them since: a
/// path is what the next run looks for, and what people are shown.
///
///     row of score_state = name , seals
///     name  = "sources ", and the number of a group of ``groupLength`` ids
///     seals = for each id of the group up to the last one that has a row: path , rest
///     path  = 4 bytes: hash of the path as it is stored; 0 for an id without a row
///     rest  = 4 bytes: hash of the other columns
///
/// Numbers are little-endian. A group of which no id has a row has no seals. An index of an earlier version has none at all, and gets
/// them with the next write.
struct SourceSeals {
    /// Ids of a group: a change of one source reads the rows of one group, and writes a kilobyte.
    static let groupLength: Int64 = 1 << groupBits
    private static let groupBits: Int64 = 7
    private static let prefix = "sources "

    private let db: Database

    init(_ db: Database) { self.db = db }

    /// The seal of a row.
    struct Seal: Hashable {
        var path, rest: UInt32

        static let none = Seal(path: 0, rest: 0)

        /// Of the present row of a statement over `IndexedSource.columns`, whatever its values are.
        init(_ row: SQLiteStatement) {
            path = Seal.hash { $0.mix(row, 1) }
            rest = Seal.hash { hash in for column in 2..<IndexedSource.columnCount { hash.mix(row, column) } }
        }

        init(path: UInt32, rest: UInt32) { (self.path, self.rest) = (path, rest) }

        /// Of a path as it is stored.
        static func path(_ stored: String) -> UInt32 {
            var stored = stored
            return stored.withUTF8 { bytes in hash { $0.mix(text: UnsafeRawBufferPointer(bytes)) } }
        }

        private static func hash(_ body: (inout RowHash) -> Void) -> UInt32 {
            var hash = RowHash()
            body(&hash)
            // 0 stands for no row.
            return max(1, UInt32(truncatingIfNeeded: hash.value >> 32))
        }
    }

    /// How a source's row differs from what was written.
    enum Difference: Hashable {
        /// The row is not there; its seal is.
        case gone(Int64, Seal)
        /// Nobody wrote the row.
        case unknown(Int64, Seal)
        /// The path is another one. That it had has this hash.
        case path(Int64, UInt32)
        /// The path is what was written, and something else is not.
        case rest(Int64)

        var id: Int64 {
            switch self {
            case .gone(let id, _), .unknown(let id, _), .path(let id, _), .rest(let id): id
            }
        }
    }

    /// Whether there are any.
    func exist() throws -> Bool {
        try Row.fetchOne(
            db, sql: "SELECT 1 FROM score_state WHERE name >= '\(Self.prefix)' AND name < '\(Self.prefix):' LIMIT 1")
            != nil
    }

    /// Writes the seals of the rows of some ids, or of all. Those of others stay, so that no write makes up for what somebody else did.
    func write(ids: Set<Int64>?) throws {
        if ids == nil {
            try db.execute(
                sql: "DELETE FROM score_state WHERE name >= '\(Self.prefix)' AND name < '\(Self.prefix):'")
        }
        let changed = ids.map { Dictionary(grouping: $0, by: Self.group) }
        let groups = try changed.map { Set($0.keys) } ?? allGroups()
        guard !groups.isEmpty else { return }
        let select = try SQLiteStatement("SELECT value FROM score_state WHERE name = ?1", on: db.handle)
        let remove = try SQLiteStatement("DELETE FROM score_state WHERE name = ?1", on: db.handle)
        let insert = try SQLiteStatement(
            "INSERT OR REPLACE INTO score_state(name, value) VALUES (?1, ?2)", on: db.handle)
        let rows = try rows()
        for group in groups.sorted() {
            let name = Self.prefix + String(group)
            var seals = try present(group, rows)
            if let changed = changed?[group] {
                select.bind(name, at: 1)
                let stored = try select.step() ? Self.seals(select.bytes(0)) : []
                select.reset()
                seals = Self.seals(stored, with: seals, of: changed.map { Int($0 - Self.first(of: group)) })
            }
            let statement = seals.isEmpty ? remove : insert
            statement.bind(name, at: 1)
            if !seals.isEmpty { Self.bytes(seals).withUnsafeBytes { insert.bind($0, at: 2) } }
            try statement.run()
        }
    }

    /// Seals that were stored, with the present ones in some places.
    private static func seals(_ stored: [Seal], with present: [Seal], of places: [Int]) -> [Seal] {
        var seals = stored
        for place in places {
            while seals.count <= place { seals.append(.none) }
            seals[place] = place < present.count ? present[place] : .none
        }
        while seals.last == Seal.none { seals.removeLast() }
        return seals
    }

    /// Mixes them all into a hash.
    func mix(into hash: inout RowHash) throws {
        let select = try SQLiteStatement(
            "SELECT value FROM score_state WHERE name >= '\(Self.prefix)' AND name < '\(Self.prefix):' ORDER BY name",
            on: db.handle)
        while try select.step() { hash.mix(select.bytes(0)) }
    }

    /// Where the rows are not what was written; nothing where there are no seals.
    func differences() throws -> [Difference] {
        guard try exist() else { return [] }
        var stored: [Int64: [Seal]] = [:]
        let select = try SQLiteStatement(
            "SELECT name, value FROM score_state WHERE name >= '\(Self.prefix)' AND name < '\(Self.prefix):'",
            on: db.handle)
        while try select.step() {
            guard let group = select.text(0).flatMap({ Int64($0.dropFirst(Self.prefix.count)) }) else { continue }
            stored[group] = Self.seals(select.bytes(1))
        }
        let rows = try rows()
        var found: [Difference] = []
        for group in Set(stored.keys).union(try allGroups()).sorted() {
            let (written, present) = (stored[group] ?? [], try present(group, rows))
            for place in 0..<max(written.count, present.count) {
                let former = place < written.count ? written[place] : .none
                let now = place < present.count ? present[place] : .none
                let id = Self.first(of: group) + Int64(place)
                if former == now { continue }
                if now == .none {
                    found.append(.gone(id, former))
                } else if former == .none {
                    found.append(.unknown(id, now))
                } else {
                    found.append(former.path != now.path ? .path(id, former.path) : .rest(id))
                }
            }
        }
        return found
    }

    // MARK: Groups

    private static func group(_ id: Int64) -> Int64 { id >> groupBits }

    private static func first(of group: Int64) -> Int64 { group << groupBits }

    private func allGroups() throws -> Set<Int64> {
        var groups: Set<Int64> = []
        let select = try SQLiteStatement("SELECT id FROM sources ORDER BY id", on: db.handle)
        while try select.step() { groups.insert(Self.group(select.integer(0))) }
        return groups
    }

    private func rows() throws -> SQLiteStatement {
        try SQLiteStatement(
            "SELECT \(IndexedSource.columns) FROM sources WHERE id BETWEEN ?1 AND ?2 ORDER BY id", on: db.handle)
    }

    /// The seals that a group's rows would have.
    private func present(_ group: Int64, _ rows: SQLiteStatement) throws -> [Seal] {
        let first = Self.first(of: group)
        var seals: [Seal] = []
        try rows.forEachRow(of: "sources", ids: first...first + (Self.groupLength - 1)) { place in
            while seals.count < place { seals.append(.none) }
            seals.append(Seal(rows))
        }
        return seals
    }

    private static func bytes(_ seals: [Seal]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(8 * seals.count)
        for seal in seals {
            for number in [seal.path, seal.rest] {
                for shift in stride(from: UInt32(0), to: 32, by: 8) {
                    bytes.append(UInt8(truncatingIfNeeded: number >> shift))
                }
            }
        }
        return bytes
    }

    private static func seals(_ bytes: UnsafeRawBufferPointer) -> [Seal] {
        (0..<min(bytes.count / 8, Int(groupLength))).map { place in
            // Safety: place < bytes.count / 8.
            Seal(
                path: UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 8 * place, as: UInt32.self)),
                rest: UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 8 * place + 4, as: UInt32.self)))
        }
    }
}

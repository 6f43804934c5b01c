import GRDB

/// What the last index run saw of the file system and would say of it again, if it left nothing open: when it looks the same, the next run
/// need not read `sources`.
///
///     row of score_state: name "walk", content = JSON array of texts:
///     sources , asked , sum , files , report , number of folders , folders… , names…
///
/// `sources` tells the sources it holds for, by their seals, which each write of Postil's to one changes, and by their paths, which another
/// program may have changed. Numbers are decimal. For example `["17","23","42","2","","1","/notes","/.git"]`.
package struct WalkRecord: Equatable {
    /// Hash of what the run was asked for, and how it reads.
    package var asked: UInt64
    /// Where it looked, and a hash of how that looked.
    package var folders: [String], names: [String], sum: UInt64
    /// How many files it met.
    package var files: Int
    /// What it would say again; empty for nothing.
    package var report: String

    package init(asked: UInt64, folders: [String], names: [String], sum: UInt64, files: Int, report: String) {
        (self.asked, self.folders, self.names, self.sum) = (asked, folders, names, sum)
        (self.files, self.report) = (files, report)
    }

    private static let record = SealedRecord(name: "walk")

    /// The record; nil where there is none that holds for the present sources.
    static func read(_ db: Database) throws -> WalkRecord? {
        guard case .whole(let content) = try record.read(db),
            let texts = content.withUnsafeBytes(MetadataJSON.array), texts.count >= 6,
            texts[0] == String(try sources(db)), let asked = UInt64(texts[1]), let sum = UInt64(texts[2]),
            let files = Int(texts[3]), let folders = Int(texts[5]), 0...texts.count - 6 ~= folders
        else { return nil }
        return WalkRecord(
            asked: asked, folders: Array(texts[6..<6 + folders]), names: Array(texts[(6 + folders)...]), sum: sum,
            files: files, report: texts[4])
    }

    /// Puts the record in its place. The sources have been sealed.
    func write(_ db: Database) throws {
        let head = [String(try Self.sources(db)), String(asked), String(sum), String(files), report]
        var content: [UInt8] = []
        MetadataJSON.append(array: head + [String(folders.count)] + folders + names, to: &content)
        try Self.record.write(content, db)
    }

    /// Hash of what sources there are.
    private static func sources(_ db: Database) throws -> UInt64 {
        var hash = RowHash()
        try SourceSeals(db).mix(into: &hash)
        // From the index over the paths, which is read in a tenth of the time that the rows take.
        let paths = try SQLiteStatement("SELECT path FROM sources ORDER BY path", on: db.handle)
        while try paths.step() { hash.mix(paths, 0) }
        return hash.value
    }
}

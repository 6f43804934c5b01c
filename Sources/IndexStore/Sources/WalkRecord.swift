import GRDB

/// What the last index run saw of the file system and would say of it again, if it left nothing open: when it looks the same, the next run
/// need not read `sources`; where only some folders look otherwise, it reads what it says of these.
///
///     row of score_state: name "walk", content = JSON array of texts:
///     sources , asked , report , sum of names , number of folders , folders… , names…
///     folder = path , sum , files , contents
///
/// `sources` tells the sources it holds for, by their seals, which each write of Postil's to one changes, and by their paths, which another
/// program may have changed. Numbers are decimal. For example `["17","23","","42","1","/notes","99","2","0","/.git"]`.
package struct WalkRecord: Equatable {
    /// A folder that was entered.
    package struct Folder: Equatable {
        /// Absolute.
        package var path: String
        /// Hash of how it looked.
        package var sum: UInt64
        /// How many files were taken that lie in it.
        package var files: Int
        /// What else there is about it, in bits.
        package var contents: UInt8

        package init(path: String, sum: UInt64, files: Int, contents: UInt8) {
            (self.path, self.sum, self.files, self.contents) = (path, sum, files, contents)
        }
    }

    /// Hash of what the run was asked for, and how it reads.
    package var asked: UInt64
    /// What it would say again; empty for nothing.
    package var report: String
    /// The folders that it entered.
    package var folders: [Folder]
    /// Paths that it looked at by themselves, and a hash of how they looked.
    package var names: [String], nameSum: UInt64

    package init(asked: UInt64, report: String, folders: [Folder], names: [String], nameSum: UInt64) {
        (self.asked, self.report, self.folders) = (asked, report, folders)
        (self.names, self.nameSum) = (names, nameSum)
    }

    private static let record = SealedRecord(name: "walk")
    private static let headCount = 5
    private static let folderCount = 4

    /// The record; nil where there is none that holds for the present sources.
    static func read(_ db: Database) throws -> WalkRecord? {
        guard case .whole(let content) = try record.read(db),
            let texts = content.withUnsafeBytes(MetadataJSON.array), texts.count >= headCount,
            texts[0] == String(try sources(db)), let asked = UInt64(texts[1]), let nameSum = UInt64(texts[3]),
            let count = Int(texts[4]), 0...(texts.count - headCount) / folderCount ~= count
        else { return nil }
        var folders: [Folder] = []
        folders.reserveCapacity(count)
        for place in stride(from: headCount, to: headCount + folderCount * count, by: folderCount) {
            guard let sum = UInt64(texts[place + 1]), let files = Int(texts[place + 2]), files >= 0,
                let contents = UInt8(texts[place + 3])
            else { return nil }
            folders.append(Folder(path: texts[place], sum: sum, files: files, contents: contents))
        }
        return WalkRecord(
            asked: asked, report: texts[2], folders: folders,
            names: Array(texts[(headCount + folderCount * count)...]), nameSum: nameSum)
    }

    /// Puts the record in its place. The sources have been sealed.
    func write(_ db: Database) throws {
        let head = [String(try Self.sources(db)), String(asked), report, String(nameSum), String(folders.count)]
        let middle = folders.flatMap { [$0.path, String($0.sum), String($0.files), String($0.contents)] }
        var content: [UInt8] = []
        MetadataJSON.append(array: head + middle + names, to: &content)
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

import Ranking

extension IndexSnapshot {
    /// The words of the names of all files, without their folders; nil if there are more files than `limit`.
    ///
    /// - Complexity: A look at the path of every file.
    package func wordsOfFileNames(limit: Int) throws -> Set<[UInt8]>? {
        try connection.access { db in
            let files = try SQLiteStatement("SELECT path FROM sources LIMIT \(limit + 1)", on: db.handle)
            let folded = try FieldWords()
            var found: Set<[UInt8]> = []
            var count = 0
            while try files.step() {
                count += 1
                guard count <= limit else { return nil }
                guard let path = files.text(0) else { continue }
                found.formUnion(folded.everyWord(of: Self.bareName(path)))
            }
            return found
        }
    }

    /// The documents of files whose names, without their folders, have all of the words; the last one may be the beginning of
    /// a word. Files of more documents than a name stands for (``PastedName/maximumDocuments``) are left out.
    ///
    /// - Complexity: A look at the path of every file.
    package func documents(ofFilesNamed words: String, isBeginning: Bool) throws -> DocumentBitmap {
        try connection.access { db in
            let folded = try FieldWords()
            let probe = WordProbe(folded.words(of: words))
            let files = try SQLiteStatement("SELECT id, path FROM sources", on: db.handle)
            let documents = try SQLiteStatement(
                "SELECT id FROM documents WHERE source = ?1 LIMIT \(PastedName.maximumDocuments + 1)", on: db.handle)
            var found = DocumentBitmap()
            while try files.step() {
                guard let path = files.text(1) else { continue }
                let name = Self.bareName(path)
                let bytes = Array(name.utf8)
                guard bytes.withUnsafeBufferPointer(probe.mayMatch),
                    folded.matches(name, words, isBeginning: isBeginning)
                else { continue }
                documents.bind(files.integer(0), at: 1)
                var ids: [Int64] = []
                while try documents.step() { ids.append(documents.integer(0)) }
                documents.reset()
                guard ids.count <= PastedName.maximumDocuments else { continue }
                for id in ids { found.insert(try IndexSchema.validID(id, path: self.path).rawValue) }
            }
            return found
        }
    }

    /// The name of a file without folders and ending: every note ends in *md*.
    private static func bareName(_ path: String) -> String {
        let name = path.split(separator: "/").last ?? ""
        guard let dot = name.lastIndex(of: "."), dot > name.startIndex, name[dot...].count <= longestEnding else {
            return String(name)
        }
        return String(name[..<dot])
    }

    /// Characters of a file's ending, with its full stop.
    private static let longestEnding = 6
}

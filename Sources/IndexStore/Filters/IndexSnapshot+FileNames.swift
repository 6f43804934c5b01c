import Ranking

extension IndexSnapshot {
    /// The documents of files whose names, without their folders, have all of the words. Files of more documents than
    /// a name stands for (``PastedName/maximumDocuments``) are left out.
    ///
    /// - Complexity: A look at the path of every file.
    package func documents(ofFilesNamed words: String) throws -> DocumentBitmap {
        try connection.access { db in
            let folded = try FieldWords()
            let probe = WordProbe(folded.words(of: words))
            let files = try SQLiteStatement("SELECT id, path FROM sources", on: db.handle)
            let documents = try SQLiteStatement(
                "SELECT id FROM documents WHERE source = ?1 LIMIT \(PastedName.maximumDocuments + 1)", on: db.handle)
            var found = DocumentBitmap()
            while try files.step() {
                guard let path = files.text(1), let name = path.split(separator: "/").last.map(String.init) else {
                    continue
                }
                let bytes = Array(name.utf8)
                guard bytes.withUnsafeBufferPointer(probe.mayMatch),
                    folded.matches(name, words, isBeginning: false)
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
}

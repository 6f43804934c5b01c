import Postil

extension Searcher {
    /// Hands out all documents in order of their ids, some thousand at a time, so that few are held at once.
    func forEachBatch(_ body: ([StoredDocument]) throws -> Void) throws {
        var last = DocumentID(rawValue: 0)
        while true {
            let batch = try documents(after: last, limit: 2_000)
            guard let id = batch.last?.id else { return }
            try body(batch)
            last = id
        }
    }
}

import GRDB

extension IndexFile {
    /// Reads every compressed text and says which ones cannot be; twenty at most.
    func textFaults(_ db: Database) throws -> [String] {
        guard settings.compression == .zstd else { return [] }
        var faults: [String] = []
        do {
            let connection = try db.handle
            let reader = try TextFrameReader { try TextDictionary.find($0, on: connection) }
            let rows = try SQLiteStatement("SELECT id, text FROM packed_documents", on: connection)
            while faults.count < 20, try rows.step() {
                do {
                    try reader.read(.body, of: rows.bytes(1)) { _ in }
                } catch let error as TextFrameError {
                    faults.append("packed_documents, row \(rows.integer(0)): \(error)")
                }
            }
        } catch let error as DatabaseError where error.resultCode == .SQLITE_CORRUPT {
            // The check of the pages has said so.
        }
        return faults
    }
}

/// Records that are kept until others have been written.
final class DeferredRecords: FTS5RecordSink {
    private var records: [(id: FTS5RecordID, bytes: [UInt8])] = []

    func put(_ id: FTS5RecordID, _ bytes: UnsafeRawBufferPointer) { records.append((id, Array(bytes))) }

    func putIndexEntry(of segment: SegmentID, term: UnsafeRawBufferPointer, page: Int64) {
        preconditionFailure("rows of %_idx are not deferred")
    }

    func remove(_ segment: SegmentID) { preconditionFailure("a segment that is being written is not removed") }

    /// Writes the records in the order of their ids.
    func write(to sink: some FTS5RecordSink) throws {
        records.sort { $0.id.rawValue < $1.id.rawValue }
        for (id, bytes) in records { try bytes.withUnsafeBytes { try sink.put(id, $0) } }
        records = []
    }
}

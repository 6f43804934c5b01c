import FTS5Format

extension MemoryRecordSource: FTS5RecordSink {
    /// See ``FTS5RecordSink``.
    public func put(_ id: FTS5RecordID, _ bytes: UnsafeRawBufferPointer) { records[id] = Array(bytes) }

    /// See ``FTS5RecordSink``. Entries come in order.
    public func putIndexEntry(of segment: SegmentID, term: UnsafeRawBufferPointer, page: Int64) {
        entries[segment.rawValue, default: []].append((Array(term), page))
    }

    /// See ``FTS5RecordSink``.
    public func remove(_ segment: SegmentID) {
        let range = FTS5RecordID.all(of: segment)
        records = records.filter { !range.contains($0.key.rawValue) }
        entries[segment.rawValue] = nil
    }
}

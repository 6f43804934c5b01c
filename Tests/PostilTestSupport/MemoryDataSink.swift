import FTS5Format

extension MemoryDataSource: FTS5DataSink {
    /// See ``FTS5DataSink``.
    public func put(_ id: FTS5DataID, _ bytes: UnsafeRawBufferPointer) { records[id] = Array(bytes) }

    /// See ``FTS5DataSink``. Entries come in order.
    public func putIndexEntry(of segment: SegmentID, term: UnsafeRawBufferPointer, page: Int64) {
        entries[segment.rawValue, default: []].append((Array(term), page))
    }

    /// See ``FTS5DataSink``.
    public func remove(_ segment: SegmentID) {
        let range = FTS5DataID.all(of: segment)
        records = records.filter { !range.contains($0.key.rawValue) }
        entries[segment.rawValue] = nil
    }
}

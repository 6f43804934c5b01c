import Postings

extension FTS5Structure {
    /// The four bytes that mark the V2 layout; read as a varint they would be a level count far beyond the maximum.
    static let layoutV2: UInt32 = 0xFF00_0001

    /// Reads a structure record.
    ///
    /// Throws ``FTS5FormatError/unsupported(_:)`` for a layout it does not know, which is told by a first byte that
    /// no valid level count begins with, or by bytes behind its end: FTS5 passes over those, and so may a later one that
    /// writes them, but whoever does not know what they say must neither rely on the rest nor write the record again.
    public init(decoding bytes: UnsafeRawBufferPointer) throws(FTS5FormatError) {
        var reader = FTS5DataReader(bytes, record: .structure)
        cookie = try reader.bigEndian32()
        isV2 = false
        if !reader.isAtEnd, bytes[reader.offset] >= 0xF0 {
            let layout = try reader.bigEndian32()
            guard layout == Self.layoutV2 else { throw .unsupported(.structureLayout(layout)) }
            isV2 = true
        }
        let levelCount = try reader.varint(in: 0...Self.maximumLevels)
        let segmentCount = try reader.varint(in: 0...SegmentID.maximumCount)
        writeCounter = try reader.varint()
        levels = []
        var seen: [SegmentID] = []
        for _ in 0..<levelCount {
            let mergeInputs = try reader.varint(in: 0...segmentCount)
            let count = try reader.varint(in: mergeInputs...max(mergeInputs, segmentCount - seen.count))
            var segments: [Segment] = []
            for _ in 0..<count {
                let segment = try Self.segment(&reader, isV2: isV2)
                guard !seen.contains(segment.id) else { throw reader.error(.segmentRepeated) }
                seen.append(segment.id)
                segments.append(segment)
            }
            levels.append(Level(mergeInputs: mergeInputs, segments: segments))
        }
        guard seen.count == segmentCount else { throw reader.error(.numberOutOfRange) }
        try requireMergeOutputs(reader)
        guard reader.isAtEnd else { throw .unsupported(.structureSurplus(bytes.count - reader.offset)) }
    }

    /// A level with a merge under way needs a next level that holds its output.
    private func requireMergeOutputs(_ reader: FTS5DataReader) throws(FTS5FormatError) {
        for (number, level) in levels.enumerated() where level.mergeInputs > 0 {
            guard number + 1 < levels.count, !levels[number + 1].segments.isEmpty else {
                throw reader.error(.numberOutOfRange)
            }
        }
    }

    private static func segment(_ reader: inout FTS5DataReader, isV2: Bool) throws(FTS5FormatError) -> Segment {
        let id = SegmentID(rawValue: try reader.varint(in: 1...0xFFFF))
        let firstPage = try reader.varint(in: 0...FTS5DataID.maximumPage)
        let lastPage = try reader.varint(in: firstPage...FTS5DataID.maximumPage)
        var segment = Segment(id: id, firstPage: firstPage, lastPage: lastPage)
        if isV2 {
            let lower = try reader.varint()
            let upper = try reader.varint()
            let pages = try reader.varint(in: 0...FTS5DataID.maximumPage)
            let tombstones = try reader.varint()
            let rows = try reader.varint()
            segment.origin = Origin(
                lower: lower, upper: upper, tombstonePages: pages, tombstones: tombstones, rows: rows)
        }
        return segment
    }

    /// The record's bytes.
    public func encoded() -> [UInt8] {
        var bytes: [UInt8] = []
        func append(bigEndian value: UInt32) {
            for shift in [24, 16, 8, 0] { bytes.append(UInt8(truncatingIfNeeded: value >> UInt32(shift))) }
        }
        append(bigEndian: cookie)
        if isV2 { append(bigEndian: Self.layoutV2) }
        Varint.append(UInt64(levels.count), to: &bytes)
        Varint.append(UInt64(segmentCount), to: &bytes)
        Varint.append(writeCounter, to: &bytes)
        for level in levels {
            Varint.append(UInt64(level.mergeInputs), to: &bytes)
            Varint.append(UInt64(level.segments.count), to: &bytes)
            for segment in level.segments {
                Varint.append(UInt64(segment.id.rawValue), to: &bytes)
                Varint.append(UInt64(segment.firstPage), to: &bytes)
                Varint.append(UInt64(segment.lastPage), to: &bytes)
                guard isV2 else { continue }
                let origin = segment.origin ?? Origin(lower: 0, upper: 0, tombstonePages: 0, tombstones: 0, rows: 0)
                Varint.append(origin.lower, to: &bytes)
                Varint.append(origin.upper, to: &bytes)
                Varint.append(UInt64(origin.tombstonePages), to: &bytes)
                Varint.append(origin.tombstones, to: &bytes)
                Varint.append(origin.rows, to: &bytes)
            }
        }
        return bytes
    }
}

import Postings

/// What the lines of a chunk's documents were when they were written: no other row tells, and a hit says where it stands by its line.
///
///     seals = for each ``groupLength`` documents of the chunk 4 bytes, little-endian: ``RowHash`` of the places in the chunk and the lines
///
/// They stand among the columns, under ``name``. An index of an earlier version has none until a document of the chunk changes.
struct LineSeals {
    /// What stands as the field in the row.
    static let name = "line seals"
    /// So many documents at most are read again for one line that was changed.
    static let groupLength = 64

    private var groups: [RowHash]
    private var isEmpty = true

    init() { groups = Self.unused }

    private static let unused = [RowHash](repeating: RowHash(), count: DocumentChunkFormat.length / groupLength)

    /// Adds a document by its place in the chunk. Places must ascend.
    mutating func append(_ line: Int64, at place: Int) {
        isEmpty = false
        groups[place / Self.groupLength].mix(UInt64(place))
        groups[place / Self.groupLength].mix(UInt64(bitPattern: line))
    }

    /// The stored form, nil if there is no document; then it is empty again.
    mutating func finish() -> [UInt8]? {
        guard !isEmpty else { return nil }
        defer { (groups, isEmpty) = (Self.unused, true) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(4 * groups.count)
        for group in groups {
            for shift in [32, 40, 48, 56] { bytes.append(UInt8(truncatingIfNeeded: group.value >> shift)) }
        }
        return bytes
    }

    /// Places in the chunk of the groups in which two stored forms differ.
    static func differences(_ one: some Collection<UInt8>, _ other: [UInt8]) -> [ClosedRange<Int>] {
        let one = Array(one)
        return (0..<DocumentChunkFormat.length / groupLength).compactMap { group in
            let bytes = 4 * group..<4 * group + 4
            let isSame =
                one.count >= bytes.upperBound && other.count >= bytes.upperBound && one[bytes] == other[bytes]
            return isSame ? nil : group * groupLength...(group + 1) * groupLength - 1
        }
    }
}

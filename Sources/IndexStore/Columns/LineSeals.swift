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
        return groups.flatMap(Self.bytes)
    }

    /// A stored form with some groups in the place of its own; nil if it is of no document then.
    func replacing(_ groups: Set<Int>, of stored: [UInt8]) -> [UInt8]? {
        var bytes = stored
        for group in groups where 4 * group + 4 <= bytes.count {
            bytes.replaceSubrange(4 * group..<4 * group + 4, with: Self.bytes(of: self.groups[group]))
        }
        let none = Self.unused.flatMap(Self.bytes)
        return bytes == none ? nil : bytes
    }

    private static func bytes(of group: RowHash) -> [UInt8] {
        [32, 40, 48, 56].map { UInt8(truncatingIfNeeded: group.value >> $0) }
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

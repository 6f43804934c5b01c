import Postings

/// A page of a segment's b-tree of terms and postings: a view of a record, checked once.
///
/// ```
/// page    := firstRowID:u16be contentEnd:u16be content footer
/// content := [rest of a poslist] [posting*] (term doclist)*
/// term    := size:varint bytes                       first term of a page
///          | shared:varint size:varint bytes         later ones; `shared` bytes are as in the term before
/// doclist := rowID:varint poslist (delta:varint poslist)*
/// poslist := see ``PositionReader``
/// footer  := offset:varint*                          where each term begins, less the one before
/// ```
///
/// A doclist goes on over as many pages as it needs. A page that begins inside one starts with the rest of the poslist
/// that the page before could not hold; the next posting on it, if it comes before any term, has its row id in full
/// instead of a delta, and `firstRowID` is its offset. Otherwise `firstRowID` is 0. No number is cut by a page's end,
/// and a posting's row id and size stand on the same page. The first byte of a term says which index it is in:
/// `0` for the main one, `1` and on for prefix indexes.
///
/// Worked example: the term `cat` in rows 7 (offset 0) and 11 (offsets 1 and 2), then `cow` in row 7 (offset 1):
/// `0000 0017  04 30636174  07 02 02  04 04 03 03  02 02 6F77  07 02 03  04 0C`, that is: no posting before the first
/// term, 24 bytes until the footer; "0cat"; row 7 with one byte of positions, row 7 + 4 with two; two bytes
/// as before, then "ow"; row 7; terms at 4 and 16.
///
/// Checked: the header and the whole footer lie within the page and ascend. Not checked: what stands between two
/// terms; its readers do that as they go, at one comparison a posting.
public struct LeafPage {
    /// Bytes of the header, which is also where content begins.
    static let headerSize = 4

    /// Which page it is.
    public let record: FTS5DataID
    /// The page, with padding behind it; valid as long as the buffer it came in is not filled again.
    public let bytes: UnsafeRawBufferPointer
    /// Offset of the first row id that stands before any term, or 0.
    public let firstRowIDOffset: Int
    /// Where the content ends and the footer begins.
    public let contentEnd: Int
    /// Offset of the first term, or `contentEnd` when there is none.
    public let firstTermOffset: Int
    /// Offset behind the footer's first entry.
    let secondEntry: Int

    /// Checks the header and footer of `buffer`, which holds the record `record`.
    ///
    /// - Complexity: O(number of terms on the page).
    public init(_ buffer: FTS5DataBuffer, record: FTS5DataID) throws(FTS5FormatError) {
        self.record = record
        bytes = buffer.bytes
        guard bytes.count >= Self.headerSize else {
            throw .corrupt(record: record, offset: bytes.count, damage: .truncated)
        }
        firstRowIDOffset = Int(UInt16(bigEndian: bytes.loadUnaligned(fromByteOffset: 0, as: UInt16.self)))
        contentEnd = Int(UInt16(bigEndian: bytes.loadUnaligned(fromByteOffset: 2, as: UInt16.self)))
        guard (Self.headerSize...bytes.count).contains(contentEnd) else {
            throw .corrupt(record: record, offset: 2, damage: .headerOutOfRange)
        }
        var entry = contentEnd
        var term = 0
        var first = contentEnd
        var second = bytes.count
        while entry < bytes.count {
            let start = entry
            guard let delta = Varint.read(bytes, at: &entry), delta > 0, delta < UInt64(contentEnd - term) else {
                throw .corrupt(record: record, offset: start, damage: .footerOutOfRange)
            }
            if term == 0 {
                guard delta >= UInt64(Self.headerSize) else {
                    throw .corrupt(record: record, offset: start, damage: .footerOutOfRange)
                }
                first = Int(delta)
                second = entry
            }
            term += Int(delta)
        }
        firstTermOffset = first
        secondEntry = second
        guard firstRowIDOffset == 0 || (Self.headerSize..<first).contains(firstRowIDOffset) else {
            throw .corrupt(record: record, offset: 0, damage: .headerOutOfRange)
        }
    }

    /// Where the rest of a poslist from the page before must end at the latest.
    var continuationEnd: Int { firstRowIDOffset == 0 ? firstTermOffset : firstRowIDOffset }
}

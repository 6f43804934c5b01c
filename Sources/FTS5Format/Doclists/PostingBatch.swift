/// Postings decoded many at a time: row ids and, by column, how often the term occurs in the row.
///
/// The memory is allocated once and filled again and again. Within a batch and from one batch of a doclist to the
/// next, row ids ascend.
///
/// A posting whose delete flag is set says that what older segments know of its row is void. Where its frequencies
/// are all zero the row does not have the term (any more); otherwise they are the new ones.
public final class PostingBatch {
    /// The most postings it holds.
    public let capacity: Int
    /// Columns of the table.
    public let columns: Int
    /// How many postings it holds: 0 to ``capacity``.
    @exclusivity(unchecked) public internal(set) var count = 0
    /// Row ids; the first ``count`` are set.
    public let rowIDs: UnsafeMutablePointer<Int64>
    /// Frequencies, column by column: that of posting `i` in column `c` is at `c * capacity + i`.
    public let frequencies: UnsafeMutablePointer<UInt32>
    /// 1 where the delete flag is set, else 0.
    public let deleteFlags: UnsafeMutablePointer<UInt8>

    /// Allocates 9 bytes a posting and 4 for each of its columns; 1,024 postings of two columns fit the first cache.
    public init(capacity: Int = 1024, columns: Int) {
        precondition(capacity > 0 && columns > 0)
        self.capacity = capacity
        self.columns = columns
        rowIDs = .allocate(capacity: capacity)
        rowIDs.initialize(repeating: 0, count: capacity)
        frequencies = .allocate(capacity: capacity * columns)
        frequencies.initialize(repeating: 0, count: capacity * columns)
        deleteFlags = .allocate(capacity: capacity)
        deleteFlags.initialize(repeating: 0, count: capacity)
    }

    deinit {
        rowIDs.deallocate()
        frequencies.deallocate()
        deleteFlags.deallocate()
    }

    /// How often the term occurs in `column` of posting `index`'s row.
    @inlinable
    public func frequency(_ index: Int, column: Int) -> Int {
        precondition(index >= 0 && index < count && column >= 0 && column < columns)
        return Int(frequencies[column * capacity + index])
    }

    /// Whether posting `index` voids what older segments say of its row.
    @inlinable
    public func isDelete(_ index: Int) -> Bool {
        precondition(index >= 0 && index < count)
        return deleteFlags[index] != 0
    }
}

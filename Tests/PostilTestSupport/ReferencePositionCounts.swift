import FTS5Format

/// Positions of a poslist by column: decodes every one and counts them. The slow twin of batch decoding.
///
/// - Returns: a count for each column, or nil when the list is damaged.
public func referencePositionCounts(_ poslist: [UInt8], columns: Int) -> [Int]? {
    var positions: [Position] = []
    do {
        try poslist.withUnsafeBytes { try PositionReader.read($0, columns: columns, into: &positions) }
    } catch {
        return nil
    }
    return (0..<columns).map { column in positions.count { $0.column == column } }
}

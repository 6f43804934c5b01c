/// Finds the end and the cells of one row of CSV or TSV (RFC 4180) in bytes that may stop in its middle.
///
/// A row ends with LF, CRLF or CR outside quotes. A cell that begins with a quote ends with one; two quotes in it are one
/// quote; anything between its closing quote and the delimiter is an error. A quote within an unquoted cell is a quote.
/// The scanner looks at each byte once, so a row costs O(bytes).
///
/// SwiftCSV, which the packages of the field would offer, wants the whole file as one `String`.
struct RowScanner {
    struct Cell: Equatable {
        /// The bytes between the quotes, or the whole cell.
        var range: Range<Int>
        /// Whether it holds doubled quotes.
        var hasDoubledQuotes: Bool
    }

    enum Outcome: Equatable {
        /// The row ends before `next`, where the next one starts.
        case row(next: Int)
        /// The bytes end first; `quote` is where an open quote stands.
        case incomplete(quote: Int?)
        /// The row is damaged at a place.
        case malformed(at: Int, reason: String)
    }

    let delimiter: UInt8
    /// The cells of the row scanned last, as far as a table may have columns, and one more.
    private(set) var cells: [Cell] = []
    /// How many cells it has.
    private(set) var cellCount = 0
    /// Line ends in it, its own included.
    private(set) var lineCount = 0

    init(delimiter: UInt8) { self.delimiter = delimiter }

    /// Scans the row that starts at `start`. `isEnd` says that no bytes follow, so that the last row needs no line end.
    mutating func scan(_ bytes: UnsafeRawBufferPointer, from start: Int, isEnd: Bool) -> Outcome {
        cells.removeAll(keepingCapacity: true)
        cellCount = 0
        lineCount = 0
        var index = start
        while true {
            // At the start of a cell.
            var cell = Cell(range: index..<index, hasDoubledQuotes: false)
            if index < bytes.count, bytes[index] == 0x22 {
                let quote = index
                guard let end = scanQuoted(bytes, from: quote, isEnd: isEnd, &cell) else {
                    return .incomplete(quote: quote)
                }
                index = end
                if index < bytes.count, !isCellEnd(bytes[index]) {
                    return .malformed(
                        at: index, reason: "text after a closing quote; a quote in a quoted cell is written twice")
                }
            } else {
                index = ByteSearch.firstIndex(of: delimiter, 0x0A, 0x0D, in: bytes, from: index)
                cell.range = cell.range.lowerBound..<index
            }
            guard index < bytes.count else {
                guard isEnd else { return .incomplete(quote: nil) }
                append(cell)
                return .row(next: index)
            }
            append(cell)
            if bytes[index] == delimiter {
                index += 1
                continue
            }
            if bytes[index] == 0x0D {
                // CR may be half of a CRLF whose LF has not been read yet.
                guard index + 1 < bytes.count || isEnd else { return .incomplete(quote: nil) }
                if index + 1 < bytes.count, bytes[index + 1] == 0x0A { index += 1 }
            }
            lineCount += 1
            return .row(next: index + 1)
        }
    }

    /// Keeps a cell, but not so many that a row of delimiters takes 20 times its bytes.
    @inline(__always)
    private mutating func append(_ cell: Cell) {
        cellCount += 1
        if cells.count <= RowHeader.maximumColumns { cells.append(cell) }
    }

    @inline(__always)
    private func isCellEnd(_ byte: UInt8) -> Bool { byte == delimiter || byte == 0x0A || byte == 0x0D }

    /// Scans from an opening quote to behind the closing one; nil when the bytes end first.
    private mutating func scanQuoted(
        _ bytes: UnsafeRawBufferPointer, from quote: Int, isEnd: Bool, _ cell: inout Cell
    ) -> Int? {
        var index = quote + 1
        while true {
            index = ByteSearch.firstIndex(of: 0x22, 0x0A, 0x0A, in: bytes, from: index)
            if index == bytes.count { return nil }
            let byte = bytes[index]
            index += 1
            if byte == 0x0A {
                lineCount += 1
                continue
            }
            if index == bytes.count, !isEnd { return nil }
            if index < bytes.count, bytes[index] == 0x22 {
                cell.hasDoubledQuotes = true
                index += 1
            } else {
                cell.range = quote + 1..<index - 1
                return index
            }
        }
    }
}

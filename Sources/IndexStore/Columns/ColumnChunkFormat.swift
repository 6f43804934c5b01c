/// The values of one field in 4096 consecutive documents: a row of `document_columns`.
///
///     column = form , rest
///     form   = 1 byte: 1 values, 2 order, 3 long
///
///     values: count , ends , starts , text , places
///     count  = 4 bytes: number of different values
///     ends   = for each value, in the order of ``ColumnField/order``, 4 bytes: where it ends in `text`
///     starts = for each value 4 bytes: the number of places of it and all values before it
///     text   = the values in UTF-8, one after the other
///     places = for each value 2 bytes for each document that has it: the document's place in the chunk, ascending
///
///     order: places
///     places = for each document 2 bytes, its place, in the order of the documents' values; equals by their place
///
///     long: nothing. A value has more than ``longest`` bytes; the values are read from the documents themselves.
///
/// Numbers are little-endian. A field that no document of the chunk has no row.
///
/// Example: in documents 0, 2 and 5 with the authors `bo`, `Al` and `bo`, `author` is
/// `01`, `02 00 00 00`, `02 00 00 00 04 00 00 00`, `01 00 00 00 03 00 00 00`, `41 6C 62 6F`, `02 00 00 00 05 00`.
enum ColumnChunkFormat {
    static let values: UInt8 = 1
    static let order: UInt8 = 2
    static let long: UInt8 = 3

    /// Bytes of the longest value that is kept: as many as names, addresses and labels have. Abstracts and the like, which
    /// metadata can be too, would double the documents.
    static let longest = 512
}

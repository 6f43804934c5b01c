import CZstd

/// Compressed texts: one Zstandard frame (RFC 8878) for each document, mostly with a dictionary.
///
///     frame    := a frame with the size of its content and the id of its dictionary, without the four bytes of its magic
///                 number, which are the same in all
///     content  := StoredTexts
///
/// A frame of its own is what makes a document as easy to read, change and delete as one that is stored plainly. It takes a
/// dictionary to compress a single abstract well: 150,000 of them shrink to 0.52 without one, to 0.37 with one that was made
/// of the first 8 MB, and to 0.34 with one made of every 32 MB; 64 abstracts in a frame without a dictionary give 0.36 (all at level 4).
///
/// Dictionaries lie in `text_dictionaries`, each in a frame without dictionary and with its magic number. Their ids are the
/// rows' and are never used again.
///
/// Worked example: title `Hi`, no metadata, markup `*B*`, body `B`, without a dictionary, is
/// `20 09 49 00 00 02 00 04 48 69 2A 42 2A 42`: a header with a size of one byte, 9; the last block, raw, 9 bytes; the record.
package enum TextFrameFormat {
    /// What every frame of zstd begins with.
    static let magic: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD]

    /// zstd's level 6. On the abstracts, 4 gives 0.339 in 1.0 s, 5 0.327 in 1.8 s, 6 0.319 in 3.0 s, 7 0.315 in 3.7 s, 9
    /// 0.311 in 4.7 s of one core; who wants compression wants a small file. Reading takes the same time at all of them.
    static let level: Int32 = 6

    /// Bytes of a dictionary. Twice as many gain less than they take.
    static let dictionaryCapacity = 256 << 10

    /// Bytes of text that a dictionary is made for. The next ones get their own: collections are ordered by something, so
    /// that what stands together is alike.
    package static let stretchBytes = 32 << 20

    /// Bytes of text from which on a dictionary is worth its place.
    static let minimumTrainingBytes = 1 << 20

    /// The largest content; SQLite takes no longer text.
    static let maximumContent = 1_000_000_000

    /// The most bytes that a byte of a frame can stand for: a block has three bytes of header, one of content at least, and
    /// decodes to at most 128 KiB.
    static let maximumExpansion = (128 << 10) / 4
}

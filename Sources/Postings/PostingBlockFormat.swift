/// How the postings of one term in one block of 64 documents are packed, so that a block decodes on its own.
///
///     block       = header , ( list | bitmap ) , exceptions
///     header      = 1 byte: bits 0-5 number of postings - 1, bit 6 codes of four bits, bit 7 wide exceptions
///     list        = for fewer than 11 postings: one byte each, document in block + 64 * code (two bits)
///     bitmap      = for 11 and more: 8 bytes, little-endian, bit i for document i;
///                   then a code for each posting, 2 bits (4 to a byte) or 4 bits (2 to a byte), first in the low bits
///     exceptions  = for each posting whose code is the greatest one, in order: one byte, title frequency (two bits) + 4 *
///                   body frequency (six bits); when wide title frequency, body frequency, four bytes little-endian each
///
/// Codes of two bits: 0, 1, 2 are body frequencies 1, 2, 3 with nothing in the title; 3 is an exception. Codes of four
/// bits: 0 … 10 are body frequencies 1 … 11; 11 … 14 are title frequency 1 with body frequency 0 … 3; 15 is an exception.
///
/// Example: documents 7 and 11 of the block with body frequencies 1 and 3 and nothing in the title are `01 07 8B`:
/// two postings, `7 + 64 * 0`, `11 + 64 * 2`. Document 5 with title frequency 2 and body frequency 4 is `00 C5 12`: one
/// posting, `5 + 64 * 3`, an exception, `2 + 4 * 4`.
public enum PostingBlockFormat {
    /// Documents in a block: as many as bits in a word.
    public static let blockLength = 64

    /// From this number of postings on, a bitmap is no longer than a list.
    static let bitmapMinimum = 11

    static let nibbleFlag: UInt8 = 0x40
    static let wideFlag: UInt8 = 0x80
    /// Greatest frequencies of an exception of one byte.
    static let narrowTitle: UInt32 = 3
    static let narrowBody: UInt32 = 63
    static let pairEscape: UInt8 = 3
    static let nibbleEscape: UInt8 = 15

    /// Title and body frequency for each code of four bits; the first three are those of the codes of two bits.
    static let codeFrequencies: [(title: UInt32, body: UInt32)] =
        (1...11).map { (0, $0) } + (0...3).map { (1, $0) }

    /// The code of two bits for a pair of frequencies.
    static func pairCode(title: UInt32, body: UInt32) -> UInt8 {
        title == 0 && body >= 1 && body <= 3 ? UInt8(body - 1) : pairEscape
    }

    /// The code of four bits for a pair of frequencies.
    static func nibbleCode(title: UInt32, body: UInt32) -> UInt8 {
        if title == 0, body >= 1, body <= 11 { return UInt8(body - 1) }
        if title == 1, body <= 3 { return UInt8(11 + body) }
        return nibbleEscape
    }
}

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

    // The numbers of the format are computed properties, so that the readers that are inlined into other modules see
    // constants.

    /// From this number of postings on, a bitmap is no longer than a list.
    @inlinable static var bitmapMinimum: Int { 11 }
    /// Bytes of a bitmap.
    @inlinable static var bitmapSize: Int { 8 }

    /// Number of postings in a block with this header.
    @inlinable @inline(__always)
    static func count(_ header: UInt8) -> Int { Int(header & countMask) + 1 }

    @inlinable static var countMask: UInt8 { 0x3F }
    @inlinable static var nibbleFlag: UInt8 { 0x40 }
    @inlinable static var wideFlag: UInt8 { 0x80 }
    /// The part of a list's byte that is the document; the code stands above it.
    @inlinable static var documentMask: UInt8 { 0x3F }
    @inlinable static var listCodeShift: UInt8 { 6 }
    /// Bytes of an exception, narrow and wide.
    @inlinable static func exceptionSize(_ header: UInt8) -> Int { header & wideFlag == 0 ? 1 : 8 }
    /// The part of a narrow exception that is the title frequency; the body frequency stands above it.
    @inlinable static var narrowTitleMask: UInt8 { 3 }
    @inlinable static var narrowBodyShift: UInt8 { 2 }
    /// Bytes of the codes of `count` postings.
    @inlinable static func pairBytes(_ count: Int) -> Int { (count + 3) >> 2 }
    @inlinable static func nibbleBytes(_ count: Int) -> Int { (count + 1) >> 1 }
    /// Greatest frequencies of an exception of one byte.
    static let narrowTitle: UInt32 = 3
    static let narrowBody: UInt32 = 63
    @inlinable static var pairEscape: UInt8 { 3 }
    @inlinable static var nibbleEscape: UInt8 { 15 }
    /// The code that readers give for an exception; those below it have frequencies of their own.
    @inlinable public static var exceptionCode: Int { 15 }

    /// Title and body frequency for each code of four bits; the first three are those of the codes of two bits.
    static let codeFrequencies: [(title: UInt32, body: UInt32)] =
        (1...11).map { (0, $0) } + (0...3).map { (1, $0) }

    /// The code of four bits for a pair of frequencies.
    static func nibbleCode(title: UInt32, body: UInt32) -> UInt8 {
        if title == 0, body >= 1, body <= 11 { return UInt8(body - 1) }
        if title == 1, body <= 3 { return UInt8(11 + body) }
        return nibbleEscape
    }
}

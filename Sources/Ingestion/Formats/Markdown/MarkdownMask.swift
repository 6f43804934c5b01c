import CByteScan

/// Control characters that stand for punctuation which is to be no mark: in a formula, in code, behind a backslash.
///
/// Both are one byte, so that a text keeps its length and its places. The parser takes control characters for letters, and
/// at the end `unmask` puts the punctuation back. A text that has such control characters of its own may get punctuation for
/// them; they are none that a person writes.
enum MarkdownMask {
    /// Everything that can mean something to Markdown, or to what is done with a paragraph after parsing.
    static let punctuation: StaticString = "\\`*_[]<>&~!|-=+#.)"

    /// Where the stand-ins are: U+0001 to U+0008 and U+000E to U+0017, none of which is white space.
    private static func code(_ number: Int) -> UInt8 { UInt8(number < 8 ? number + 1 : number + 6) }

    /// Stands for a backslash that takes away a mark's meaning. It goes, but in code it was meant.
    static let escape: UInt8 = 0x18

    /// For each byte the one that stands for it: itself when it needs none.
    static let masks: [UInt8] = table { (table: inout [UInt8], mark, code) in table[Int(mark)] = code }

    /// For each byte the one that it stands for, itself mostly.
    static let originals: [UInt8] = table { (table: inout [UInt8], mark, code) in table[Int(code)] = mark }

    private static func table(_ set: (inout [UInt8], _ mark: UInt8, _ code: UInt8) -> Void) -> [UInt8] {
        var table = (0...255).map { UInt8($0) }
        punctuation.withUTF8Buffer { marks in
            for number in marks.indices { set(&table, marks[number], code(number)) }
        }
        return table
    }

    /// Whether a byte is white space, or a NUL, which is none of the masks.
    static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte < 0x0E && (byte >= 0x09 || byte == 0) }

    /// What stands for a mark.
    static func mask(_ mark: UInt8) -> UInt8 { masks[Int(mark)] }

    /// Puts the punctuation back.
    static func unmask(_ bytes: inout [UInt8]) {
        let length = originals.withUnsafeBufferPointer { originals in
            bytes.withUnsafeMutableBytes { bytes in
                let text = UnsafeRawBufferPointer(bytes)
                var length = nextControl(in: text, from: 0)
                var index = length
                while index < bytes.count {
                    if bytes[index] != escape {
                        // Safety: length <= index, and the table has 256 entries.
                        assert(length <= index && originals.count == 256)
                        bytes[length] = originals[Int(bytes[index])]
                        length += 1
                    }
                    let next = nextControl(in: text, from: index + 1)
                    let plain = UnsafeRawBufferPointer(rebasing: text[index + 1..<next])
                    // Safety: length + plain.count <= next.
                    if length <= index {
                        UnsafeMutableRawBufferPointer(rebasing: bytes[length...]).copyMemory(from: plain)
                    }
                    length += plain.count
                    index = next
                }
                return length
            }
        }
        bytes.removeLast(bytes.count - length)
    }

    /// The next byte that may stand for another, or for nothing.
    @inline(__always)
    private static func nextControl(in text: UnsafeRawBufferPointer, from start: Int) -> Int {
        ByteSearch.firstIndex(in: text, from: start) { postil_at_most($0, escape) & ~postil_equal($0, 0x0A) }
    }
}

import CLibxml2

/// Character sets by their names, as mail, web pages and profiles give them, converted by libxml2 (that is iconv, and ICU for
/// what iconv does not have).
enum CharacterSet {
    /// The text of bytes in a character set, and how many places in it were damaged (each became U+FFFD); nil when nobody
    /// knows the set.
    static func text(_ bytes: UnsafeRawBufferPointer, in name: String) -> (text: String, damages: Int)? {
        let name = usual(name)
        if name == "utf-8" || name == "us-ascii" {
            if let text = String(validating: bytes, as: UTF8.self) { return (text, 0) }
            if name == "utf-8" { return (String(decoding: bytes, as: UTF8.self), 1) }
        }
        if name == "windows-1252", let text = TextDecoding.windows1252(bytes) { return (text, 0) }
        _ = initialised
        guard let handler = xmlFindCharEncodingHandler(name) else { return nil }
        defer { xmlCharEncCloseFunc(handler) }
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count + bytes.count / 2)
        var damages = 0
        var place = 0
        // In pieces, since each is copied; where one ends within a character, the next begins with it.
        while place < bytes.count {
            let piece = bytes[place..<min(bytes.count, place + pieceLength)]
            let taken = convert(UnsafeRawBufferPointer(rebasing: piece), by: handler, to: &output)
            place += taken
            if taken == 0 || taken < piece.count && piece.endIndex == bytes.count {
                // A damaged place, or the rest of a character that is cut off.
                damages += 1
                output += "\u{FFFD}".utf8
                place += 1
            }
        }
        return (String(decoding: output, as: UTF8.self), damages)
    }

    /// Whether anybody knows a set.
    static func isKnown(_ name: String) -> Bool { text(UnsafeRawBufferPointer(start: nil, count: 0), in: name) != nil }

    private static let initialised: Void = xmlInitParser()

    /// Bytes converted at a time.
    private static let pieceLength = 1 << 16

    /// Converts the beginning of some bytes, as far as it goes; gives how many there were.
    private static func convert(
        _ bytes: UnsafeRawBufferPointer, by handler: xmlCharEncodingHandlerPtr, to output: inout [UInt8]
    ) -> Int {
        guard let source = xmlBufferCreateSize(bytes.count + 1), let target = xmlBufferCreateSize(bytes.count * 3 + 64)
        else { return 0 }
        defer {
            xmlBufferFree(source)
            xmlBufferFree(target)
        }
        // Safety: the buffers are this call's own; libxml2 copies the bytes in, and says how many it wrote.
        xmlBufferAdd(source, bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), Int32(bytes.count))
        _ = xmlCharEncInFunc(handler, target, source)
        if let content = xmlBufferContent(target) {
            output += UnsafeBufferPointer(start: content, count: Int(xmlBufferLength(target)))
        }
        return bytes.count - Int(xmlBufferLength(source))
    }

    /// Names that people write for a set, by what the set is called; what a set is read as that browsers read as a wider one.
    private static func usual(_ name: String) -> String {
        let name = name.lowercased().trimmed
        let names = [
            "utf8": "utf-8", "ascii": "us-ascii", "latin1": "windows-1252", "iso-8859-1": "windows-1252",
            "cp1252": "windows-1252",
            "ks_c_5601-1987": "cp949", "euc-kr": "cp949", "gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030",
            "x-sjis": "cp932",
            "shift_jis": "cp932", "shift-jis": "cp932", "sjis": "cp932", "x-mac-roman": "macintosh",
            "unicode-1-1-utf-7": "utf-7",
        ]
        return names[name] ?? name
    }
}

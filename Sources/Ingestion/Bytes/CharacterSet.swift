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
        if name == "windows-1252", let (text, damages) = TextDecoding.windows1252(bytes) { return (text, damages) }
        guard let converter = Converter(name) else { return nil }
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count + bytes.count / 2)
        _ = converter.convert(bytes, isEnd: true, to: &output)
        return (String(decoding: output, as: UTF8.self), converter.damages)
    }

    /// Whether each character of a set has two bytes or four, so that an ASCII text in it has a NUL for each letter.
    static func isWide(_ name: String) -> Bool {
        ["utf-16", "utf-32", "utf16", "utf32", "ucs-", "ucs2", "ucs4", "iso-10646"].contains { name.hasPrefix($0) }
    }

    /// Whether each character of a set is one byte.
    static func isOneByte(_ name: String) -> Bool {
        let name = usual(name)
        return ["windows-", "iso-8859-", "koi8", "us-ascii", "ibm", "cp8", "cp125", "mac"].contains {
            name.hasPrefix($0)
        }
    }

    /// Whether anybody knows a set.
    static func isKnown(_ name: String) -> Bool { Converter(name) != nil || usual(name) == "utf-8" }

    private static let initialised: Void = xmlInitParser()

    /// Converts a text that comes in pieces.
    final class Converter {
        private let handler: xmlCharEncodingHandlerPtr
        /// Places that were no character; each became U+FFFD.
        private(set) var damages = 0

        /// Bytes converted at a time: each piece is copied.
        private static let pieceLength = 1 << 16

        /// Begins to convert from a set; nil when nobody knows it.
        init?(_ name: String) {
            _ = CharacterSet.initialised
            guard let handler = xmlFindCharEncodingHandler(CharacterSet.usual(name)) else { return nil }
            self.handler = handler
        }

        deinit { xmlCharEncCloseFunc(handler) }

        /// Converts bytes, and gives how many are done with: where there are more to come, a character may be cut at the end.
        func convert(_ bytes: UnsafeRawBufferPointer, isEnd: Bool, to output: inout [UInt8]) -> Int {
            var place = 0
            while place < bytes.count {
                let end = min(bytes.count, place + Self.pieceLength)
                let taken = convert(UnsafeRawBufferPointer(rebasing: bytes[place..<end]), to: &output)
                place += taken
                // The longest character has four bytes, and an escape may stand before it.
                if !isEnd, bytes.count - place < 16 { return place }
                // What stopped it begins the next piece: a character that was cut, or nothing that is one.
                if taken > 0 { continue }
                damages += 1
                output += "\u{FFFD}".utf8
                place += 1
            }
            return place
        }

        /// Converts the beginning of some bytes, as far as it goes; gives how many there were.
        private func convert(_ bytes: UnsafeRawBufferPointer, to output: inout [UInt8]) -> Int {
            guard let source = xmlBufferCreateSize(bytes.count + 1),
                let target = xmlBufferCreateSize(bytes.count * 3 + 64)
            else { return 0 }
            defer {
                xmlBufferFree(source)
                xmlBufferFree(target)
            }
            // Safety: the buffers are this call's own; libxml2 copies the bytes in, and says how many it wrote.
            xmlBufferAdd(source, bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), Int32(bytes.count))
            _ = postil_xml_convert(handler, target, source)
            if let content = xmlBufferContent(target) {
                output += UnsafeBufferPointer(start: content, count: Int(xmlBufferLength(target)))
            }
            return bytes.count - Int(xmlBufferLength(source))
        }
    }

    /// Names that people write for a set, by what the set is called; what a set is read as that browsers read as a wider one.
    static func usual(_ name: String) -> String {
        let name = name.lowercased().trimmed
        let names = [
            "utf8": "utf-8", "ascii": "us-ascii", "ansi_x3.4-1968": "us-ascii", "latin1": "windows-1252",
            "iso-8859-1": "windows-1252", "iso8859-1": "windows-1252", "iso_8859-1": "windows-1252",
            "l1": "windows-1252", "cp819": "windows-1252", "cp1252": "windows-1252", "x-cp1252": "windows-1252",
            "iso-8859-9": "windows-1254", "latin5": "windows-1254", "iso-8859-11": "windows-874",
            "tis-620": "windows-874",
            "ks_c_5601-1987": "cp949", "euc-kr": "cp949", "gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030",
            "x-sjis": "cp932",
            "shift_jis": "cp932", "shift-jis": "cp932", "sjis": "cp932", "x-mac-roman": "macintosh",
            "unicode-1-1-utf-7": "utf-7", "hz": "hz-gb-2312",
        ]
        return names[name] ?? name
    }
}

/// Letters of TeX's fonts in PDFs that do not say what their characters are: pdftotext gives their numbers, which are controls.
///
/// Two layouts are in use, T1 (Cork) and the older OT1. Each has numbers that the other has no letters at within words. The `fi`
/// of OT1 is the number of the form feed, which pdftotext takes for a blank.
enum PDFLigatures {
    private static let cork: [UInt8: String] = [
        0x10: "“", 0x11: "”", 0x12: "„", 0x13: "«", 0x14: "»", 0x15: "–", 0x16: "—", 0x17: "", 0x19: "ı", 0x1B: "ff",
        0x1C: "fi", 0x1D: "fl", 0x1E: "ffi", 0x1F: "ffl",
    ]
    private static let older: [UInt8: String] = [
        0x0B: "ff", 0x0E: "ffi", 0x0F: "ffl", 0x10: "ı", 0x19: "ß", 0x1A: "æ", 0x1B: "œ", 0x1C: "ø", 0x1D: "Æ",
        0x1E: "Œ", 0x1F: "Ø",
    ]

    /// A text with letters in the place of controls, where it has any.
    static func letters(in text: Substring) -> Substring {
        func isControl(_ byte: UInt8) -> Bool { byte == 0x0B || (0x0E...0x1F).contains(byte) }
        guard text.utf8.contains(where: isControl) else { return text }
        let bytes = Array(text.utf8)
        // Behind a letter, and before one or the end of its word.
        let isOlder = bytes.indices.dropFirst().contains { place in
            [0x0B, 0x0E, 0x0F].contains(bytes[place]) && isLetter(bytes[place - 1])
        }
        let letters = isOlder ? older : cork
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        for byte in bytes {
            if isControl(byte), let shown = letters[byte] { output += shown.utf8 } else { output.append(byte) }
        }
        return String(decoding: output, as: UTF8.self)[...]
    }

    private static func isLetter(_ byte: UInt8) -> Bool { byte >= 0x80 || (0x41...0x5A).contains(byte & 0xDF) }
}

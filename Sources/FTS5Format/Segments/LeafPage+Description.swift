import Postings

extension LeafPage: CustomStringConvertible {
    /// The page as its grammar sees it: header, terms with their doclists in hexadecimal, one line each.
    public var description: String {
        var lines = [
            "\(record): \(bytes.count) bytes, content to \(contentEnd), first row id "
                + (firstRowIDOffset == 0 ? "none" : "at \(firstRowIDOffset)")
        ]
        let terms = termOffsets
        let head = terms.first ?? contentEnd
        if head > Self.headerSize { lines.append("  4: …\(hexadecimal(Self.headerSize..<head))") }
        var previous: [UInt8] = []
        for (index, start) in terms.enumerated() {
            let end = index + 1 < terms.count ? terms[index + 1] : contentEnd
            var offset = start
            let area = UnsafeRawBufferPointer(rebasing: bytes[..<end])
            let shared = index == 0 ? 0 : Varint.read(area, at: &offset)
            guard let shared, let size = Varint.read(area, at: &offset),
                shared <= UInt64(previous.count), size <= UInt64(end - offset)
            else {
                lines.append("  \(start): damaged term \(hexadecimal(start..<end))")
                break
            }
            previous = Array(previous[..<Int(shared)]) + area[offset..<offset + Int(size)]
            offset += Int(size)
            let term = String(decoding: previous, as: UTF8.self)
            lines.append("  \(start): \"\(term)\" \(hexadecimal(offset..<end))")
        }
        return lines.joined(separator: "\n")
    }

    /// Where each term begins.
    var termOffsets: [Int] {
        var entry = contentEnd
        var offsets: [Int] = []
        while entry < bytes.count, let delta = Varint.read(bytes, at: &entry) {
            offsets.append((offsets.last ?? 0) + Int(delta))
        }
        return offsets
    }

    private func hexadecimal(_ range: Range<Int>) -> String {
        range.map { index in
            let digits = String(bytes[index], radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined(separator: " ")
    }
}

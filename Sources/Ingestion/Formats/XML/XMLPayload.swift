/// Pictures and files that XML has in it as texts, longer than libxml2 takes.
enum XMLPayload {
    /// The bytes of a document without what stands between two marks, which go with it; its line ends stay, for the lines of
    /// what comes behind.
    ///
    /// - Complexity: O(n).
    static func removed(from bytes: UnsafeRawBufferPointer, between open: String, and close: String) -> [UInt8] {
        parted(bytes, between: open, and: close) { _ in "" }.rest
    }

    /// The same, with what was taken out, and something in place of each by its number.
    static func parted(
        _ bytes: UnsafeRawBufferPointer, between open: String, and close: String, leaving trace: (Int) -> String
    ) -> (rest: [UInt8], payloads: [Range<Int>]) {
        let (open, close) = (Array(open.utf8), Array(close.utf8))
        var (rest, payloads): ([UInt8], [Range<Int>]) = ([], [])
        var place = 0
        while let start = bytes.firstRange(of: open, from: place) {
            rest += bytes[place..<start]
            rest += trace(payloads.count).utf8
            let contentEnd = bytes.firstRange(of: close, from: start)
            let end = contentEnd.map { $0 + close.count } ?? bytes.count
            payloads.append((start + open.count)..<(contentEnd ?? bytes.count))
            place = start
            while let lineFeed = bytes.firstLineFeed(from: place), lineFeed < end {
                rest.append(0x0A)
                place = lineFeed + 1
            }
            place = end
        }
        return (rest + bytes[place...], payloads)
    }
}

/// Pictures and files that XML has in it as texts, longer than libxml2 takes.
enum XMLPayload {
    /// The bytes of a document without what stands between two marks; its line ends stay, for the lines of what comes behind.
    ///
    /// - Complexity: O(n).
    static func removed(from bytes: UnsafeRawBufferPointer, between open: String, and close: String) -> [UInt8] {
        let (open, close) = (Array(open.utf8), Array(close.utf8))
        var rest: [UInt8] = []
        var place = 0
        while let start = bytes.firstRange(of: open, from: place) {
            rest += bytes[place..<start]
            let end = bytes.firstRange(of: close, from: start).map { $0 + close.count } ?? bytes.count
            place = start
            while let lineFeed = bytes.firstLineFeed(from: place), lineFeed < end {
                rest.append(0x0A)
                place = lineFeed + 1
            }
            place = end
        }
        return rest + bytes[place...]
    }
}

/// Tells the lines of places that come in rising order. All calls together look at each byte once.
struct LineCounter {
    let bytes: UnsafeRawBufferPointer
    private var line = 1
    private var place = 0

    init(bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    /// The 1-based line of a place that is not before the last one asked for.
    mutating func line(of offset: Int) -> Int {
        while let lineFeed = bytes.firstLineFeed(from: place), lineFeed < offset {
            line += 1
            place = lineFeed + 1
        }
        return line
    }
}

/// JSON values one after the other, each over several lines, as jq prints them.
enum JSONSequence {
    /// The values of an input, whose first one ends where another begins; nil where the first is a line, as in JSON Lines, or something
    /// else is wrong with it.
    ///
    /// - Complexity: O(n): each value is scanned once.
    static func spans(_ bytes: UnsafeRawBufferPointer, firstEnd: JSONError) -> [RecordSpan]? {
        guard firstEnd.reason == JSONTape.surplus, isObject(bytes, at: firstEnd.offset),
            UnsafeRawBufferPointer(rebasing: bytes[..<firstEnd.offset]).trimmedLineFeeds.contains(0x0A)
        else { return nil }
        var spans: [RecordSpan] = []
        var tape = JSONTape()
        var (start, line) = (0, 1)
        while start < bytes.count {
            let rest = UnsafeRawBufferPointer(rebasing: bytes[start...])
            let error = tape.failure(scanning: rest)
            let end = error.map { start + $0.offset } ?? bytes.count
            var span = RecordSpan(range: start..<end, line: line, row: spans.count + 1)
            if let error, error.reason != JSONTape.surplus {
                span.line += bytes[start..<min(end, bytes.count)].count { $0 == 0x0A }
                span.problem = error.reason + "; nothing was read from here on"
                return spans + [span]
            }
            spans.append(span)
            line += bytes[start..<end].count { $0 == 0x0A }
            start = end
        }
        return spans
    }

    private static func isObject(_ bytes: UnsafeRawBufferPointer, at place: Int) -> Bool {
        place > 0 && place < bytes.count && bytes[place] == UInt8(ascii: "{")
    }
}

extension UnsafeRawBufferPointer {
    /// The bytes without white space around them.
    fileprivate var trimmedLineFeeds: Slice<UnsafeRawBufferPointer> {
        guard let first = firstIndex(where: { $0 > 0x20 }), let last = lastIndex(where: { $0 > 0x20 }) else {
            return self[0..<0]
        }
        return self[first...last]
    }
}

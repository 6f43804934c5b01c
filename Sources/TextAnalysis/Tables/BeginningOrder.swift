/// The order of texts by their first eight bytes, as numbers, and only where these are equal by a comparison.
///
/// A radix sort from the lowest byte up: eight passes of a few instructions for each text, where a sort by comparisons takes
/// hundreds. Texts that compare equal stay as they came.
///
/// Equivalent to: sorting by beginning, then by the comparison, then by number.
package struct BeginningOrder {
    /// The numbers of the texts, in order.
    package let numbers: [Int]

    /// Fewer texts are sorted by comparisons: counting bytes takes as long for ten as for hundreds.
    private static let fewTexts = 128

    /// - Parameters:
    ///   - beginnings: The first bytes of each text as a number that sorts like them.
    ///   - areInOrder: Whether the first of two texts, given by number, comes before the second: a strict weak order.
    /// - Complexity: O(n), and O(m log m) for each m texts of one beginning.
    package init(of beginnings: [UInt64], areInOrder: (Int, Int) -> Bool) {
        guard beginnings.count >= Self.fewTexts else {
            numbers = beginnings.indices.sorted { left, right in
                if beginnings[left] != beginnings[right] { return beginnings[left] < beginnings[right] }
                if areInOrder(left, right) { return true }
                return !areInOrder(right, left) && left < right
            }
            return
        }
        var texts = beginnings.enumerated().map { Text(beginning: $1, number: $0) }
        Self.sortByBytes(&texts)
        // A part of an array would be sorted as a copy.
        texts.withUnsafeMutableBufferPointer { texts in
            var start = 0
            while start < texts.count {
                var end = start + 1
                while end < texts.count, texts[end].beginning == texts[start].beginning { end += 1 }
                if end - start > 1 {
                    texts[start..<end].sort { left, right in
                        if areInOrder(left.number, right.number) { return true }
                        return !areInOrder(right.number, left.number) && left.number < right.number
                    }
                }
                start = end
            }
        }
        numbers = texts.map(\.number)
    }

    /// A text that is sorted, with what it is sorted by, so that nothing is looked up in another place.
    private struct Text {
        var beginning: UInt64
        var number: Int
    }

    private static func sortByBytes(_ texts: inout [Text]) {
        // How often each byte has each value.
        var counts = [Int](repeating: 0, count: 8 * 256)
        counts.withUnsafeMutableBufferPointer { counts in
            for text in texts {
                for byte in 0..<8 { counts[256 * byte + Int(text.beginning >> UInt64(8 * byte) & 0xFF)] += 1 }
            }
        }
        var sorted = texts
        for byte in 0..<8 {
            let shift = UInt64(8 * byte)
            let first = Int(texts[0].beginning >> shift & 0xFF)
            if counts[256 * byte + first] == texts.count { continue }
            var next = 0
            for value in 256 * byte..<256 * (byte + 1) {
                let count = counts[value]
                counts[value] = next
                next += count
            }
            sorted.withUnsafeMutableBufferPointer { sorted in
                counts.withUnsafeMutableBufferPointer { counts in
                    for text in texts {
                        let value = 256 * byte + Int(text.beginning >> shift & 0xFF)
                        // Safety: the places of a value are as many as texts have it, and lie below the number of all texts.
                        assert(counts[value] < sorted.count)
                        sorted[counts[value]] = text
                        counts[value] += 1
                    }
                }
            }
            swap(&texts, &sorted)
        }
    }
}

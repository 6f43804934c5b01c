/// The order of texts by their first eight bytes, as numbers, and only where these are equal by a comparison.
///
/// A radix sort from the lowest byte up: eight passes of a few instructions for each text, where a sort by comparisons takes
/// hundreds. Texts that compare equal stay as they came.
///
/// Equivalent to: sorting by beginning, then by the comparison, then by number.
package struct BeginningOrder {
    /// The numbers of the texts, in order.
    package private(set) var numbers: [Int]

    /// Fewer texts are sorted by comparisons: counting bytes takes as long for ten as for hundreds.
    private static let fewTexts = 128

    /// - Parameters:
    ///   - beginnings: The first bytes of each text as a number that sorts like them.
    ///   - areInOrder: Whether the first of two texts, given by number, comes before the second: a strict weak order.
    /// - Complexity: O(n), and O(m log m) for each m texts of one beginning.
    package init(of beginnings: [UInt64], areInOrder: (Int, Int) -> Bool) {
        numbers = Array(beginnings.indices)
        guard beginnings.count >= Self.fewTexts else {
            numbers.sort { left, right in
                if beginnings[left] != beginnings[right] { return beginnings[left] < beginnings[right] }
                if areInOrder(left, right) { return true }
                return !areInOrder(right, left) && left < right
            }
            return
        }
        sortByBytes(of: beginnings)
        // A part of an array would be sorted as a copy.
        numbers.withUnsafeMutableBufferPointer { numbers in
            var start = 0
            while start < numbers.count {
                var end = start + 1
                while end < numbers.count, beginnings[numbers[end]] == beginnings[numbers[start]] { end += 1 }
                if end - start > 1 {
                    numbers[start..<end].sort { left, right in
                        if areInOrder(left, right) { return true }
                        return !areInOrder(right, left) && left < right
                    }
                }
                start = end
            }
        }
    }

    private mutating func sortByBytes(of beginnings: [UInt64]) {
        // How often each byte has each value.
        var counts = [Int](repeating: 0, count: 8 * 256)
        counts.withUnsafeMutableBufferPointer { counts in
            for beginning in beginnings {
                for byte in 0..<8 { counts[256 * byte + Int(beginning >> UInt64(8 * byte) & 0xFF)] += 1 }
            }
        }
        var sorted = numbers
        for byte in 0..<8 {
            let shift = UInt64(8 * byte)
            let first = Int(beginnings[0] >> shift & 0xFF)
            if counts[256 * byte + first] == beginnings.count { continue }
            var next = 0
            for value in 256 * byte..<256 * (byte + 1) {
                let count = counts[value]
                counts[value] = next
                next += count
            }
            sorted.withUnsafeMutableBufferPointer { sorted in
                counts.withUnsafeMutableBufferPointer { counts in
                    for number in numbers {
                        let value = 256 * byte + Int(beginnings[number] >> shift & 0xFF)
                        // Safety: the places of a value are as many as numbers have it, and lie below all numbers' count.
                        sorted[counts[value]] = number
                        counts[value] += 1
                    }
                }
            }
            swap(&numbers, &sorted)
        }
    }
}

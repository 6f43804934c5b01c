/// The order of texts by their first eight bytes, as numbers, and only where these are equal by the next eight and a comparison.
///
/// A radix sort from the lowest byte up: eight passes of a few instructions for each text, where a sort by comparisons takes
/// hundreds. Texts that compare equal are in the order of their numbers.
///
/// Equivalent to: sorting by beginning, then by the comparison, then by number.
package struct BeginningOrder {
    /// The texts in order.
    package let texts: [Text]

    /// A text that is sorted, with what it is sorted by, so that nothing is looked up in another place.
    package struct Text {
        /// Its first eight bytes, as a number that sorts like them.
        package var beginning: UInt64
        /// The eight bytes behind them.
        package var further: UInt64
        /// What it is known by.
        package var number: UInt32
        /// What goes along with it.
        package var note: UInt32

        package init(beginning: UInt64, further: UInt64, number: UInt32, note: UInt32 = 0) {
            (self.beginning, self.further, self.number, self.note) = (beginning, further, number, note)
        }

        /// One that is sorted by its bytes, of which there is at least one; zeros stand behind the last.
        package init(_ bytes: UnsafeBufferPointer<UInt8>, number: UInt32, note: UInt32 = 0) {
            let words = ByteHash.firstWords(of: bytes)
            self.init(beginning: words.0.byteSwapped, further: words.1.byteSwapped, number: number, note: note)
        }

        /// Whether it comes before another one of the same beginning.
        fileprivate func precedes(_ other: Text, _ areInOrder: (UInt32, UInt32) -> Bool) -> Bool {
            if further != other.further { return further < other.further }
            if areInOrder(number, other.number) { return true }
            return !areInOrder(other.number, number) && number < other.number
        }
    }

    /// Fewer texts are sorted by comparisons: counting bytes takes as long for ten as for hundreds.
    private static let fewTexts = 128

    /// - Parameters:
    ///   - texts: In any order, with different numbers.
    ///   - areInOrder: Whether the first of two texts of the same first bytes, given by number, comes before the second: a strict
    ///     weak order.
    /// - Complexity: O(n), and O(m log m) for each m texts of one beginning.
    package init(of texts: consuming [Text], areInOrder: (UInt32, UInt32) -> Bool) {
        guard texts.count >= Self.fewTexts else {
            texts.sort { left, right in
                left.beginning != right.beginning ? left.beginning < right.beginning : left.precedes(right, areInOrder)
            }
            self.texts = texts
            return
        }
        Self.sortByBytes(&texts)
        // A part of an array would be sorted as a copy.
        texts.withUnsafeMutableBufferPointer { texts in
            var start = 0
            while start < texts.count {
                var end = start + 1
                while end < texts.count, texts[end].beginning == texts[start].beginning { end += 1 }
                if end - start > 1 { texts[start..<end].sort { $0.precedes($1, areInOrder) } }
                start = end
            }
        }
        self.texts = texts
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

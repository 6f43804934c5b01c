/// Numbers of which groups of digits are set apart, and which many people write together: `1,234,567.89`, `1_000_000`,
/// `978-3-16-148410-0`, `555-123-4567`, `2023-04-05`.
enum DigitGroups {
    /// Shorter numbers of several parts are versions, times and the like, that nobody writes together.
    private static let leastDigits = 7
    private static let leastGroups = 3

    /// The end of what of `text`, a compound without letters, is also one number; nil when it is none.
    ///
    /// That is a number up to its decimals, if a mark sets its thousands apart; or else all of it, if it has three groups of
    /// digits or more, and seven digits. Ranges (`2019-2021`) and plain decimals are none.
    ///
    /// - Complexity: O(n) in the bytes; no allocation.
    static func joinedEnd(in text: UnsafeBufferPointer<UInt8>) -> Int? {
        var (groups, digits, total, offset) = (1, 0, 0, 0)
        // The mark between thousands, and where they have ended.
        var thousands: UInt32 = 0
        var areThousands = true
        var thousandsEnd: Int?
        while offset < text.count {
            if ASCIIByte.isDigit(text[offset]) {
                digits += 1
                total += 1
                offset += 1
                continue
            }
            let mark = DecodedScalar(in: text, at: offset)
            if areThousands {
                if groups == 1, isThousandsMark(mark.value), (1...3).contains(digits) {
                    thousands = mark.value
                } else if groups == 1 || digits != 3 {
                    areThousands = false
                } else if mark.value != thousands {
                    areThousands = false
                    // What follows are the decimals.
                    if isEnough(groups, thousands), mark.value == 0x2E || mark.value == 0x2C { thousandsEnd = offset }
                }
            }
            // No number goes on behind its decimals.
            if let end = thousandsEnd, offset > end { thousandsEnd = nil }
            guard digits > 0 else { return nil }
            groups += 1
            digits = 0
            offset += mark.length
        }
        guard digits > 0 else { return nil }
        if areThousands, digits == 3, isEnough(groups, thousands) { return text.count }
        if let thousandsEnd { return thousandsEnd }
        return groups >= leastGroups && total >= leastDigits ? text.count : nil
    }

    /// A comma, an underscore, an apostrophe, a full stop.
    private static func isThousandsMark(_ scalar: UInt32) -> Bool {
        scalar == 0x2C || scalar == 0x5F || scalar == 0x27 || scalar == 0x2019 || scalar == 0x2E
    }

    /// One full stop may be that of decimals.
    private static func isEnough(_ groups: Int, _ mark: UInt32) -> Bool { groups > (mark == 0x2E ? 2 : 1) }
}

/// Reads the dates of `date:2019..2021`.
enum DateBound {
    /// Both ends of a date filter's value, or nil if it is none.
    static func range(of value: String) -> (lower: String?, upper: String?)? {
        let value = Array(value.utf8)
        let dot = UInt8(ascii: ".")
        if let first = value.indices.dropLast().first(where: { value[$0] == dot && value[$0 + 1] == dot }) {
            let (lower, upper) = (value[..<first], value[(first + 2)...])
            let (from, to) = (date(lower), date(upper))
            guard from != nil || lower.isEmpty, to != nil || upper.isEmpty, from != nil || to != nil else { return nil }
            return (from?.text, to?.text)
        }
        // Like the ranges of numbers: `>` leaves out all of what is named, `>=` has it.
        for sign in [">=", "<=", ">", "<", "="] where value.starts(with: sign.utf8) {
            guard let date = date(value.dropFirst(sign.utf8.count)) else { return nil }
            switch sign {
            case ">=": return (date.text, nil)
            case "<=": return (nil, date.text)
            case ">": return date.next.map { ($0.text, nil) }
            case "<": return date.previous.map { (nil, $0.text) }
            default: return (date.text, date.text)
            }
        }
        return date(value[...]).map { ($0.text, $0.text) }
    }

    /// A year, a month or a day.
    private struct Period {
        var year: Int
        var month: Int?
        var day: Int?

        var text: String {
            func digits(_ number: Int, _ count: Int) -> String {
                let digits = String(number)
                return String(repeating: "0", count: max(0, count - digits.count)) + digits
            }
            return digits(year, 4) + (month.map { "-" + digits($0, 2) } ?? "") + (day.map { "-" + digits($0, 2) } ?? "")
        }

        /// The one behind it, of the same length.
        var next: Period? {
            guard let month else { return year < 9999 ? Period(year: year + 1) : nil }
            if let day, day < Period.days(in: month, of: year) { return Period(year: year, month: month, day: day + 1) }
            let first = day.map { _ in 1 }
            if month < 12 { return Period(year: year, month: month + 1, day: first) }
            return year < 9999 ? Period(year: year + 1, month: 1, day: first) : nil
        }

        /// The one before it, of the same length.
        var previous: Period? {
            guard let month else { return year > 0 ? Period(year: year - 1) : nil }
            if let day, day > 1 {
                return Period(year: year, month: month, day: min(day - 1, Period.days(in: month, of: year)))
            }
            guard month > 1 || year > 0 else { return nil }
            let before = month > 1 ? (year, month - 1) : (year - 1, 12)
            return Period(
                year: before.0, month: before.1, day: day.map { _ in Period.days(in: before.1, of: before.0) })
        }

        private static func days(in month: Int, of year: Int) -> Int {
            let isLeap = year % 4 == 0 && year % 100 != 0 || year % 400 == 0
            return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
        }
    }

    /// Reads `2019`, `2019-06`, `2019/6/5` or `5.6.2019`, with a month and a day that exist in some year. With slashes and the year
    /// behind, only one of two readings may be a date: `25/11/2019` and `11/25/2019` are, `5/6/2019` is not.
    private static func date(_ text: ArraySlice<UInt8>) -> Period? {
        let separator = text.first { !isDigit($0) } ?? UInt8(ascii: "-")
        guard "-/.".utf8.contains(separator) else { return nil }
        let parts = text.split(separator: separator, omittingEmptySubsequences: false)
        guard (1...3).contains(parts.count), parts.allSatisfy({ (1...4).contains($0.count) && $0.allSatisfy(isDigit) })
        else { return nil }
        var numbers = parts.map { $0.reduce(0) { 10 * $0 + Int($1 - UInt8(ascii: "0")) } }
        var lengths = parts.map(\.count)
        if parts.count == 3, lengths[2] == 4, separator != UInt8(ascii: "-") {
            let (first, second) = (numbers[0], numbers[1])
            let isDayFirst = separator == UInt8(ascii: ".") || first > 12
            guard isDayFirst || second > 12 else { return nil }
            numbers = [numbers[2]] + (isDayFirst ? [second, first] : [first, second])
            lengths = [4] + (isDayFirst ? [lengths[1], lengths[0]] : [lengths[0], lengths[1]])
        }
        guard lengths[0] == 4, lengths.dropFirst().allSatisfy({ $0 <= 2 }) else { return nil }
        let (month, day) = (numbers.count > 1 ? numbers[1] : nil, numbers.count > 2 ? numbers[2] : nil)
        guard month.map({ (1...12).contains($0) }) ?? true, day.map({ (1...31).contains($0) }) ?? true else {
            return nil
        }
        return Period(year: numbers[0], month: month, day: day)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { Unicode.Scalar(byte).isASCIIDigit }
}

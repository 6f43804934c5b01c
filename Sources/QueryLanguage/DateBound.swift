/// Reads the dates of `date:2019..2021`.
enum DateBound {
    /// Both ends of a date filter's value, or nil if it is none.
    static func range(of value: String) -> (lower: String?, upper: String?)? {
        // Like the ranges of numbers; the day that is named is in it.
        if value.hasPrefix(">=") { return range(of: value.dropFirst(2) + "..") }
        if value.hasPrefix("<=") { return range(of: ".." + value.dropFirst(2)) }
        let scalars = Array(value.unicodeScalars)
        var dots: Int?
        if scalars.count > 1 {
            dots = (0..<scalars.count - 1).first { scalars[$0] == "." && scalars[$0 + 1] == "." }
        }
        guard let dots else { return isDate(scalars[...]) ? (value, value) : nil }
        let lower = scalars[..<dots]
        let upper = scalars[(dots + 2)...]
        guard lower.isEmpty || isDate(lower), upper.isEmpty || isDate(upper), !(lower.isEmpty && upper.isEmpty) else {
            return nil
        }
        return (lower.isEmpty ? nil : text(lower), upper.isEmpty ? nil : text(upper))
    }

    /// Whether `scalars` are `2019`, `2019-06` or `2019-06-05`, with a month and a day that exist in some year.
    private static func isDate(_ scalars: ArraySlice<Unicode.Scalar>) -> Bool {
        let parts = scalars.split(separator: "-", omittingEmptySubsequences: false)
        let lengths = [4, 2, 2]
        guard (1...3).contains(parts.count) else { return false }
        for (part, length) in zip(parts, lengths) where part.count != length || !part.allSatisfy(\.isASCIIDigit) {
            return false
        }
        let numbers = parts.map { part in part.reduce(0) { $0 * 10 + Int($1.value) - 48 } }
        return (numbers.count < 2 || (1...12).contains(numbers[1]))
            && (numbers.count < 3 || (1...31).contains(numbers[2]))
    }

    private static func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        String(String.UnicodeScalarView(scalars))
    }
}

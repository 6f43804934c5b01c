/// The numbers of `karma:>=30`, `karma:<2.5` or `year:2019..2021`.
public struct NumberBounds: Sendable, Hashable {
    /// The least number; nil for none.
    public var lower: Double?
    /// The greatest number; nil for none. One of both bounds is there.
    public var upper: Double?
    /// Whether the least number is in the range.
    public var includesLower = true
    /// Whether the greatest number is in the range.
    public var includesUpper = true

    /// From one number to another, both included.
    init(lower: Double?, upper: Double?) {
        self.lower = lower
        self.upper = upper
    }

    /// Reads a field's value; nil for one that is no range.
    init?(_ value: String) {
        for sign in [">=", "<=", ">", "<"] where value.hasPrefix(sign) {
            guard let number = NumberBounds.number(value.dropFirst(sign.count)) else { return nil }
            if sign.hasPrefix(">") {
                (lower, includesLower) = (number, sign == ">=")
            } else {
                (upper, includesUpper) = (number, sign == "<=")
            }
            return
        }
        guard let dots = value.firstRange(of: "..") else { return nil }
        let (first, last) = (value[..<dots.lowerBound], value[dots.upperBound...])
        lower = NumberBounds.number(first)
        upper = NumberBounds.number(last)
        guard lower != nil || first.isEmpty, upper != nil || last.isEmpty, lower != nil || upper != nil else {
            return nil
        }
    }

    /// A number in digits, with a sign, a fraction and a power of ten where they are wanted.
    private static func number(_ text: Substring) -> Double? {
        guard let first = text.unicodeScalars.first, first == "-" || first == "+" || first == "." || first.isASCIIDigit,
            text.unicodeScalars.allSatisfy({ $0.isASCIIDigit || "+-.eE".unicodeScalars.contains($0) }),
            let number = Double(text), number.isFinite
        else { return nil }
        return number
    }
}

extension NumberBounds: CustomStringConvertible {
    /// As it is written in a query.
    public var description: String {
        func text(_ number: Double) -> String { Int(exactly: number).map(String.init) ?? "\(number)" }
        switch (lower, upper) {
        case (let lower?, let upper?): return "\(text(lower))..\(text(upper))"
        case (let lower?, nil): return (includesLower ? ">=" : ">") + text(lower)
        case (nil, let upper?): return (includesUpper ? "<=" : "<") + text(upper)
        case (nil, nil): return ".."
        }
    }
}

/// Numbers for people.
package enum Quantity {
    /// `8,739`.
    package static func count(_ number: some BinaryInteger) -> String {
        var digits = String(number.magnitude)
        var index = digits.count - 3
        while index > 0 {
            digits.insert(",", at: digits.index(digits.startIndex, offsetBy: index))
            index -= 3
        }
        return (number < 0 ? "-" : "") + digits
    }

    /// `1 document`, `8,739 documents`.
    package static func count(_ number: Int, _ noun: String, plural: String? = nil) -> String {
        count(number) + " " + (number == 1 ? noun : plural ?? noun + "s")
    }

    /// `21.3 MB`, in powers of 1000, as text and disk sizes are given.
    package static func bytes(_ number: Int64) -> String {
        var value = Double(number)
        for unit in ["bytes", "kB", "MB", "GB"] {
            if abs(value) < 1_000 {
                return unit == "bytes" ? count(Int(number), "byte") : "\(decimal(value, places: 1)) \(unit)"
            }
            value /= 1_000
        }
        return "\(decimal(value, places: 1)) TB"
    }

    /// `0.21 ms`, `3.4 s`, `2 min 5 s`.
    package static func duration(microseconds: Int) -> String {
        let milliseconds = Double(microseconds) / 1_000
        if milliseconds < 1_000 { return decimal(milliseconds, places: milliseconds < 10 ? 2 : 0) + " ms" }
        let seconds = milliseconds / 1_000
        if seconds < 60 { return decimal(seconds, places: 1) + " s" }
        let whole = Int(seconds.rounded())
        return "\(whole / 60) min \(whole % 60) s"
    }

    /// `value` with a fixed number of places, rounded to nearest.
    package static func decimal(_ value: Double, places: Int) -> String {
        guard value.isFinite, abs(value) < 1e15 else { return "\(value)" }
        var scale = 1.0
        for _ in 0..<places { scale *= 10 }
        let scaled = Int64((abs(value) * scale).rounded())
        let sign = value < 0 && scaled > 0 ? "-" : ""
        guard places > 0 else { return sign + String(scaled) }
        let fraction = String(scaled % Int64(scale))
        return sign + "\(scaled / Int64(scale))." + String(repeating: "0", count: places - fraction.count) + fraction
    }

    /// `value` with a fixed number of places, as `printf` rounds: the decimal nearest to the exact value of the bits, and of two
    /// equally near ones the even one. What other programs print has the same digits.
    package static func exactDecimal(_ value: Double, places: Int) -> String {
        guard value.isFinite, abs(value) < 1e9 else { return "\(value)" }
        precondition((1...9).contains(places), "\(places) places")
        let scale = (0..<places).reduce(UInt64(1)) { product, _ in product * 10 }
        // value = significand / 2^shift, both whole: 53 and 30 bits, with the scale below 128.
        let shift = 52 - max(value == 0 ? -60 : Int(value.exponent), -60)
        let significand = UInt128(UInt64((value.magnitude * Double(sign: .plus, exponent: shift, significand: 1))))
        let scaled = significand * UInt128(scale)
        var whole = scaled >> UInt128(shift)
        let rest = scaled - whole << UInt128(shift)
        let half = UInt128(1) << UInt128(shift - 1)
        if rest > half || (rest == half && whole & 1 == 1) { whole += 1 }
        let fraction = String(whole % UInt128(scale))
        return (value.sign == .minus && whole > 0 ? "-" : "") + "\(whole / UInt128(scale))."
            + String(repeating: "0", count: places - fraction.count) + fraction
    }
}

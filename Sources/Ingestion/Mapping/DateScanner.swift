/// Reads numeric dates: `2019`, `2019-06`, `2019/06/05`, `20190605`, `2019-06-05 10:00:00.5+02:00`.
struct DateScanner {
    private var bytes: ArraySlice<UInt8>

    init(bytes: ArraySlice<UInt8>) { self.bytes = bytes }

    /// The whole text as a date in ISO 8601, or nil.
    mutating func scanNumericDate() -> String? {
        guard let year = takeNumber(4) else { return nil }
        let start = CalendarDate.padded(year, 4)
        if bytes.isEmpty { return start }
        let separator = bytes.first.flatMap {
            [UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: ".")].contains($0) ? $0 : nil
        }
        if separator != nil { bytes.removeFirst() }
        guard let month = takeNumber(2, 1), (1...12).contains(month) else { return nil }
        if bytes.isEmpty { return separator == nil ? nil : "\(start)-\(CalendarDate.padded(month, 2))" }
        if let separator {
            guard bytes.first == separator else { return nil }
            bytes.removeFirst()
        }
        guard let day = takeNumber(2, 1), (1...31).contains(day) else { return nil }
        if bytes.isEmpty { return "\(start)-\(CalendarDate.padded(month, 2))-\(CalendarDate.padded(day, 2))" }
        guard let seconds = scanTime() else { return nil }
        return CalendarDate.format(seconds: CalendarDate.days(year: year, month: month, day: day) * 86400 + seconds)
    }

    /// Seconds since midnight UTC.
    private mutating func scanTime() -> Int64? {
        guard let first = bytes.popFirst(), first == UInt8(ascii: "T") || first == UInt8(ascii: "t") || first == 0x20,
            let hour = takeNumber(2, 1), hour < 25, take(UInt8(ascii: ":")), let minute = takeNumber(2), minute < 60
        else { return nil }
        var second = 0
        if take(UInt8(ascii: ":")) {
            guard let number = takeNumber(2), number <= 60 else { return nil }
            second = number
            if take(UInt8(ascii: ".")) || take(UInt8(ascii: ",")) {
                bytes = bytes.drop { (0x30...0x39).contains($0) }
            }
        }
        guard let offset = scanOffset() else { return nil }
        return Int64(hour * 3600 + minute * 60 + second - offset)
    }

    /// Seconds east of UTC; 0 when nothing is said.
    private mutating func scanOffset() -> Int? {
        bytes = bytes.drop { $0 == 0x20 }
        if bytes.isEmpty { return 0 }
        if ["Z", "z", "UTC", "GMT"].contains(String(decoding: bytes, as: UTF8.self)) { return 0 }
        let sign: Int
        if take(UInt8(ascii: "+")) { sign = 1 } else if take(UInt8(ascii: "-")) { sign = -1 } else { return nil }
        guard let hours = takeNumber(2), hours < 24 else { return nil }
        _ = take(UInt8(ascii: ":"))
        let minutes = bytes.isEmpty ? 0 : takeNumber(2)
        guard let minutes, minutes < 60, bytes.isEmpty else { return nil }
        return sign * (hours * 3600 + minutes * 60)
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard bytes.first == byte else { return false }
        bytes.removeFirst()
        return true
    }

    /// A number of at most `width` digits and at least `minimum` (or exactly `width`).
    private mutating func takeNumber(_ width: Int, _ minimum: Int? = nil) -> Int? {
        let digits = bytes.prefix(width).prefix { (0x30...0x39).contains($0) }
        guard digits.count >= minimum ?? width else { return nil }
        bytes = bytes.dropFirst(digits.count)
        return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }
}

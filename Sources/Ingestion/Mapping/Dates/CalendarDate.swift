/// Dates as people and programs write them, brought to ISO 8601.
enum CalendarDate {
    /// The date as `2019`, `2019-06`, `2019-06-05`, `2019-06-05T10:00:00Z` or `2019-06-05T10:00:00+02:00`, as precise as
    /// `text` has it and on the day that it names; nil when it is no day of the calendar, or when day and month could be swapped
    /// (`06/05/2019`).
    ///
    /// Understood are ISO 8601 with `-`, `/` or `.` and with any offset from UTC (none means UTC), the year last where only one
    /// reading is a day (`11/25/2019`; with dots the day is first), `20190605`, seconds or milliseconds since 1970, forms with the
    /// month's name (`June 5, 2019`, `5 Jun 2019`, `2. Januar 2020`, RFC 5322), and those of `rareForm(of:)`.
    static func iso8601(from text: String) -> String? {
        if text.utf8.count == 10, isPlainDate(text) { return text }
        return usualForm(of: text) ?? rareForm(of: text)
    }

    /// The date of a text in one of the forms that are usual.
    static func usualForm(of text: String) -> String? {
        if text.utf8.count == 10, isPlainDate(text) { return text }
        let bytes = Array(text.utf8)
        if let seconds = epochSeconds(bytes) { return format(seconds: seconds) }
        var scanner = DateScanner(bytes: bytes[...])
        return scanner.scanNumericDate() ?? namedDate(text)
    }

    /// `2019-06-05` with fields in range, the commonest form, told without work.
    private static func isPlainDate(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            guard bytes.count == 10, bytes[4] == 0x2D, bytes[7] == 0x2D else { return false }
            for index in bytes.indices where index != 4 && index != 7 {
                if !(0x30...0x39).contains(bytes[index]) { return false }
            }
            let month = Int(bytes[5] - 0x30) * 10 + Int(bytes[6] - 0x30)
            let day = Int(bytes[8] - 0x30) * 10 + Int(bytes[9] - 0x30)
            let year = bytes[..<4].reduce(0) { $0 * 10 + Int($1 - 0x30) }
            return isDay(year: year, month: month, day: day)
        }
    }

    private static func epochSeconds(_ bytes: [UInt8]) -> Int64? {
        let digits = bytes.prefix { $0 != UInt8(ascii: ".") }
        guard digits.count >= 9, digits.count <= 13, digits.count != 12,
            digits.allSatisfy({ (0x30...0x39).contains($0) }),
            bytes.dropFirst(digits.count).dropFirst().allSatisfy({ (0x30...0x39).contains($0) }),
            let value = Int64(String(decoding: digits, as: UTF8.self))
        else { return nil }
        return digits.count >= 12 ? value / 1000 : value
    }

    /// Month name, year of four digits, day if there is one, and the time where it is understood; anything else (a weekday) is
    /// left out.
    private static func namedDate(_ text: String) -> String? {
        var month: Int?
        var year: Int?
        var day: Int?
        // A third number of two digits.
        var short: Int?
        let time = TimeOfDay(in: text)
        let words = (time?.rest ?? text).lowercased().split { !$0.isLetter && !$0.isNumber && $0 != ":" }
        for word in words {
            if let number = MonthNames.month(word) {
                month = month ?? number
            } else if word.count == 4, let number = Int(word) {
                year = year ?? number
            } else if let number = Int(word.prefix { $0.isNumber }), (1...31).contains(number), !word.contains(":"),
                ["", "st", "nd", "rd", "th", "er", "º"].contains(word.drop { $0.isNumber })
            {
                if day != nil, month != nil, word.count == 2 { short = short ?? number }
                day = day ?? number
            } else if day != nil, month != nil, word.count == 2, let number = Int(word) {
                short = short ?? number
            }
        }
        // RFC 822: 5 Jul 99 10:00 GMT; without a time only if there is nothing else but a weekday: Fri, 2 Jan 20.
        if year == nil, let short, time != nil || words.count <= 4 { year = short + (short < 50 ? 2000 : 1900) }
        guard let month, let year, (1...9999).contains(year) else { return nil }
        let start = padded(year, 4) + "-" + padded(month, 2)
        guard let day else { return start }
        guard isDay(year: year, month: month, day: day) else { return nil }
        return time?.stamp(year: year, month: month, day: day) ?? start + "-" + padded(day, 2)
    }

    /// The time in a date with a month's name: `10:00:00 +0200`, `3:04 pm`, `10:00 GMT`.
    private struct TimeOfDay {
        /// From the hour to the offset, with a blank before it, as it follows an ISO date; nil where it was not understood.
        private let clock: String?
        /// What else the text has.
        let rest: String

        init?(in text: String) {
            // A comment tells the zone's name once more.
            var words = text.prefix { $0 != "(" }.split(whereSeparator: \.isWhitespace).map(String.init)
            guard let hour = words.firstIndex(where: { $0.contains(":") && $0.first?.isNumber ?? false }) else {
                return nil
            }
            var clock = " " + words.remove(at: hour)
            while hour < words.count {
                let word = words[hour].uppercased()
                let isOffset =
                    (word.hasPrefix("+") || word.hasPrefix("-")) && word.dropFirst().contains(where: \.isNumber)
                guard let part = zoneOffsets[word] ?? (isOffset || word == "AM" || word == "PM" ? word : nil) else {
                    break
                }
                clock += " " + part
                words.remove(at: hour)
            }
            // A zone of another name: the hour means nothing without it.
            let next = hour < words.count ? words[hour] : ""
            let isZone = (2...5).contains(next.count) && next.allSatisfy { $0.isUppercase && $0.isASCII }
            self.clock = isZone ? nil : clock
            rest = words.joined(separator: " ")
        }

        func stamp(year: Int, month: Int, day: Int) -> String? {
            guard let clock else { return nil }
            var scanner = DateScanner(bytes: Array(clock.utf8)[...])
            return scanner.scanRest(year: year, month: month, day: day)
        }
    }

    /// Zones that RFC 822 names.
    static let zoneOffsets = [
        "GMT": "Z", "UTC": "Z", "UT": "Z", "Z": "Z", "EST": "-0500", "EDT": "-0400", "CST": "-0600",
        "CDT": "-0500", "MST": "-0700", "MDT": "-0600", "PST": "-0800", "PDT": "-0700",
    ]

    /// Whether the calendar (the Gregorian one, also before it was introduced) has a day.
    static func isDay(year: Int, month: Int, day: Int) -> Bool {
        guard (1...12).contains(month), day >= 1 else { return false }
        let isLeapYear = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        return day <= (month == 2 ? (isLeapYear ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31)
    }

    /// Seconds since 1970 as `2019-06-05T10:00:00Z`.
    static func format(seconds: Int64) -> String {
        let days = Int((Double(seconds) / 86400).rounded(.down))
        let second = Int(seconds) - days * 86400
        // Days to year, month and day (Hinnant, "chrono-compatible low-level date algorithms", civil_from_days).
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
            + "T\(padded(second / 3600, 2)):\(padded(second / 60 % 60, 2)):\(padded(second % 60, 2))Z"
    }

    /// Days from 1970 to a day (Hinnant, days_from_civil).
    static func days(year: Int, month: Int, day: Int) -> Int64 {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return Int64(era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468)
    }

    static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}

/// Reads numeric dates: `2019`, `2019-06`, `2019/06/05`, `20190605`, `2019-06-05 10:00:00.5+02:00`, `25.11.2019`.
private struct DateScanner {
    private var bytes: ArraySlice<UInt8>

    init(bytes: ArraySlice<UInt8>) { self.bytes = bytes }

    /// The whole text as a date in ISO 8601, or nil.
    mutating func scanNumericDate() -> String? {
        let start = self
        if let date = scanYearFirst() { return date }
        self = start
        return scanYearLast()
    }

    private mutating func scanYearFirst() -> String? {
        guard let year = takeNumber(4) else { return nil }
        let start = CalendarDate.padded(year, 4)
        if bytes.isEmpty { return start }
        let separator = takeSeparator()
        guard let month = takeNumber(2, 1), (1...12).contains(month) else { return nil }
        if bytes.isEmpty { return separator == nil ? nil : "\(start)-\(CalendarDate.padded(month, 2))" }
        if let separator, !take(separator) { return nil }
        guard let day = takeNumber(2, 1) else { return nil }
        return scanRest(year: year, month: month, day: day)
    }

    /// Day, month and year, or month, day and year, where only one of the two is a day of the calendar or both are the same.
    private mutating func scanYearLast() -> String? {
        guard let first = takeNumber(2, 1), let separator = takeSeparator(), let second = takeNumber(2, 1),
            take(separator), let year = takeNumber(4)
        else { return nil }
        let isDayFirst = CalendarDate.isDay(year: year, month: second, day: first)
        // Who writes dots writes the day first.
        let isMonthFirst =
            !(isDayFirst && separator == UInt8(ascii: ".")) && CalendarDate.isDay(year: year, month: first, day: second)
        guard isDayFirst != isMonthFirst || first == second else { return nil }
        return isDayFirst
            ? scanRest(year: year, month: second, day: first) : scanRest(year: year, month: first, day: second)
    }

    /// A day, with the time that may follow.
    mutating func scanRest(year: Int, month: Int, day: Int) -> String? {
        guard CalendarDate.isDay(year: year, month: month, day: day) else { return nil }
        if bytes.isEmpty {
            return "\(CalendarDate.padded(year, 4))-\(CalendarDate.padded(month, 2))-\(CalendarDate.padded(day, 2))"
        }
        guard let time = scanTime() else { return nil }
        let days = CalendarDate.days(year: year, month: month, day: day)
        let stamp = CalendarDate.format(seconds: days * 86400 + time.seconds)
        if time.offset == 0 { return stamp }
        // The author's own day and hour: in UTC it may have been another day.
        let minutes = abs(time.offset) / 60
        return stamp.dropLast() + (time.offset < 0 ? "-" : "+") + CalendarDate.padded(minutes / 60, 2) + ":"
            + CalendarDate.padded(minutes % 60, 2)
    }

    /// Seconds since midnight where the author was, and seconds by which that is east of UTC.
    private mutating func scanTime() -> (seconds: Int64, offset: Int)? {
        guard let first = bytes.popFirst(), first == UInt8(ascii: "T") || first == UInt8(ascii: "t") || first == 0x20,
            var hour = takeNumber(2, 1), hour < 25, take(UInt8(ascii: ":")), let minute = takeNumber(2), minute < 60
        else { return nil }
        var second = 0
        if take(UInt8(ascii: ":")) {
            guard let number = takeNumber(2), number <= 60 else { return nil }
            second = number
            if take(UInt8(ascii: ".")) || take(UInt8(ascii: ",")) {
                bytes = bytes.drop { (0x30...0x39).contains($0) }
            }
        }
        if let isAfternoon = takeHalfOfDay() {
            guard (1...12).contains(hour) else { return nil }
            hour = hour % 12 + (isAfternoon ? 12 : 0)
        }
        guard let offset = scanOffset() else { return nil }
        return (Int64(hour * 3600 + minute * 60 + second), offset)
    }

    /// `AM` or `PM` in any case.
    private mutating func takeHalfOfDay() -> Bool? {
        let rest = bytes.drop { $0 == 0x20 }
        let half = String(decoding: rest.prefix(2), as: UTF8.self).lowercased()
        guard half == "am" || half == "pm" else { return nil }
        bytes = rest.dropFirst(2)
        return half == "pm"
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

    private mutating func takeSeparator() -> UInt8? {
        guard let first = bytes.first, [UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: ".")].contains(first)
        else { return nil }
        bytes.removeFirst()
        return first
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

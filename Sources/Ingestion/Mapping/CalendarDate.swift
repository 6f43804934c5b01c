/// Dates as people and programs write them, brought to ISO 8601.
enum CalendarDate {
    /// The date as `2019`, `2019-06`, `2019-06-05` or `2019-06-05T10:00:00Z`, as precise as `text` has it; nil when it is
    /// no date, or one whose day and month could be swapped (`06/05/2019`).
    ///
    /// Understood are ISO 8601 with `-`, `/` or `.` and with any offset from UTC (none means UTC), `20190605`, seconds or
    /// milliseconds since 1970, and English forms with the month's name (`June 5, 2019`, `5 Jun 2019`, RFC 5322).
    static func iso8601(from text: String) -> String? {
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
            return (1...12).contains(month) && (1...31).contains(day)
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

    /// Month name, year of four digits, day if there is one; anything else (weekday, time) is left out.
    private static func namedDate(_ text: String) -> String? {
        var month: Int?
        var year: Int?
        var day: Int?
        for word in text.lowercased().split(whereSeparator: { !$0.isLetter && !$0.isNumber && $0 != ":" }) {
            if let index = monthNames.firstIndex(where: {
                $0 == word || (word.count >= 3 && word.count <= 4 && $0.hasPrefix(word))
            }) {
                month = month ?? index + 1
            } else if word.count == 4, let number = Int(word) {
                year = year ?? number
            } else if let number = Int(word.prefix { $0.isNumber }), (1...31).contains(number), !word.contains(":"),
                ["", "st", "nd", "rd", "th"].contains(word.drop { $0.isNumber })
            {
                day = day ?? number
            }
        }
        guard let month, let year, (1...9999).contains(year) else { return nil }
        let start = padded(year, 4) + "-" + padded(month, 2)
        return day.map { start + "-" + padded($0, 2) } ?? start
    }

    private static let monthNames = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
        "december",
    ]

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

extension CalendarDate {
    /// The date of a text in a form that is seldom: brought to a usual one, or to what of it is sure.
    ///
    /// | written | read as |
    /// |---|---|
    /// | `20210304T100000Z`, `20210304100000` | `2021-03-04T10:00:00Z` |
    /// | `2021-063`, `2020-W05-3` | the day; of `2020-W05` the month of its Thursday, as ISO 8601 counts weeks |
    /// | `2021-03-04Z`, `2021-03-04?` | the day |
    /// | `2021-03-04/2021-03-05`, `2019–2021`, `2021-03-04/..` | the beginning |
    /// | `2021-XX-XX`, `2020-00-00`, `2021-03-XX` | what is known of it |
    /// | `2021-03-04 10:00 America/New_York` | the day: the hour means nothing without the offset |
    /// | `Q1 2021`, `Spring 2020`, `c. 1850` | the year |
    /// | `２０２１-０３-０４`, `2021年3月4日`, `2021년 3월 4일` | the day |
    /// | `/Date(1614852000000)/`, `1614852000000000` | the moment |
    static func rareForm(of written: String) -> String? {
        // No date is longer, and each form is another look.
        guard written.utf8.count <= longestRareForm else { return nil }
        let text = narrowed(written)
        if text != written, let date = usualForm(of: text) { return date }
        let shape = String(text.lowercased().map { $0.isASCII && $0.isNumber ? "0" : $0 })
        return compact(text, shape) ?? moment(text, shape) ?? ordinal(text, shape) ?? partlyKnown(text)
            ?? zoned(text, shape) ?? beginning(of: text) ?? yearAlone(text)
    }

    private static let longestRareForm = 100

    /// A text with the digits and marks of Chinese, Japanese and Korean dates as ISO 8601 has them, without blanks at its ends.
    private static func narrowed(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 >= 0x80 }) || text.contains(". ") else { return text.trimmed }
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            // The wide forms of ASCII.
            case "\u{FF01}"..."\u{FF5E}": result.unicodeScalars.append(Unicode.Scalar(UInt8(scalar.value - 0xFEE0)))
            case "年", "月", "년", "월": result += "-"
            case "日", "일", "\u{A0}", "\u{202F}", "\u{3000}": result += " "
            case "時", "时", "시": result += ":"
            case "分", "분": break
            default: result.unicodeScalars.append(scalar)
            }
        }
        result = result.replacing("- ", with: "-").trimmed
        if result.first?.isNumber ?? false, result.last?.isNumber ?? false {
            result = result.replacing(". ", with: ".")
        }
        while result.hasSuffix("-") || result.hasSuffix(":") { result.removeLast() }
        return result
    }

    /// `20210304T100000Z`, `20210304100000`, `202103041000`.
    private static func compact(_ text: String, _ shape: String) -> String? {
        let date = String(repeating: "0", count: 8)
        let clock = shape.hasPrefix(date + "t") || shape.hasPrefix(date + " ") ? text.dropFirst(9) : text.dropFirst(8)
        let digits = clock.prefix { $0.isASCII && $0.isNumber }
        let isAllDigits = clock.count == digits.count
        guard shape.hasPrefix(date), [4, 6].contains(digits.count), isAllDigits || !shape.hasPrefix(date + "0") else {
            return nil
        }
        let (day, time) = (Array(text.prefix(8)), Array(digits))
        func two(_ characters: [Character], _ start: Int) -> String { String(characters[start..<start + 2]) }
        let seconds = time.count == 6 ? ":" + two(time, 4) : ""
        return usualForm(
            of: "\(String(day[..<4]))-\(two(day, 4))-\(two(day, 6))T\(two(time, 0)):\(two(time, 2))\(seconds)"
                + clock.dropFirst(digits.count))
    }

    /// Milliseconds as .NET writes them, microseconds and nanoseconds since 1970.
    private static func moment(_ text: String, _ shape: String) -> String? {
        if shape.hasPrefix("/date(") {
            return Int64(text.dropFirst(6).prefix { $0.isASCII && $0.isNumber }).map { format(seconds: $0 / 1000) }
        }
        guard shape.allSatisfy({ $0 == "0" }), let value = Int64(text), value > 0 else { return nil }
        switch text.utf8.count {
        case 16: return format(seconds: value / 1_000_000)
        case 19: return format(seconds: value / 1_000_000_000)
        default: return nil
        }
    }

    /// The day of a year, `2021-063`, and the day or week of a year's weeks, `2020-W05-3`.
    private static func ordinal(_ text: String, _ shape: String) -> String? {
        let number = text.filter { $0.isNumber }
        guard let year = Int(number.prefix(4)), year > 0 else { return nil }
        switch shape {
        case "0000-000":
            let isLeapYear = isDay(year: year, month: 2, day: 29)
            guard let day = Int(number.dropFirst(4)), (1...(isLeapYear ? 366 : 365)).contains(day) else { return nil }
            return dateText(ofDay: days(year: year, month: 1, day: 1) + Int64(day - 1))
        case "0000-w00-0", "0000w000", "0000-w00", "0000w00":
            guard let week = Int(number.dropFirst(4).prefix(2)), (1...53).contains(week) else { return nil }
            // The first week has the year's first Thursday; 1970-01-01 was one.
            let fourth = days(year: year, month: 1, day: 4)
            let monday = fourth - ((fourth + 3) % 7 + 7) % 7 + Int64(7 * (week - 1))
            guard let day = Int(number.dropFirst(6)) else { return String(dateText(ofDay: monday + 3).prefix(7)) }
            return (1...7).contains(day) ? dateText(ofDay: monday + Int64(day - 1)) : nil
        default: return nil
        }
    }

    private static func dateText(ofDay day: Int64) -> String { String(format(seconds: day * 86400).prefix(10)) }

    /// `2021-XX-XX`, `2021-03-00 00:00:00`: no day or month of these numbers is there.
    private static func partlyKnown(_ text: String) -> String? {
        let date = text.prefix { $0 != " " && $0 != "T" }
        let parts = date.split(omittingEmptySubsequences: false) { $0 == "-" || $0 == "/" }
        func isUnknown(_ part: Substring) -> Bool { ["00", "0", "XX", "xx", "uu", "??", "--"].contains(part) }
        guard (2...3).contains(parts.count), parts[0].count == 4, let year = Int(parts[0]), year > 0,
            parts.dropFirst().contains(where: isUnknown),
            parts.dropFirst().allSatisfy({ isUnknown($0) || Int($0) != nil })
        else { return nil }
        guard !isUnknown(parts[1]) else { return parts.dropFirst(2).allSatisfy(isUnknown) ? padded(year, 4) : nil }
        guard let month = Int(parts[1]), (1...12).contains(month) else { return nil }
        return padded(year, 4) + "-" + padded(month, 2)
    }

    /// A date with a zone and no hour, or an hour with a zone of a name; a date that is marked as unsure.
    private static func zoned(_ text: String, _ shape: String) -> String? {
        if let last = text.last, "?~%".contains(last) { return usualForm(of: String(text.dropLast())) }
        if ["0000-00-00z", "0000-00-00+00:00", "0000-00-00-00:00"].contains(shape) {
            return usualForm(of: String(text.prefix(10)))
        }
        if let bracket = text.firstIndex(of: "["), text.hasSuffix("]"),
            let date = usualForm(of: String(text[..<bracket]).trimmed)
        {
            return date
        }
        guard shape.hasPrefix("0000-00-00 00:00") || shape.hasPrefix("0000-00-00t00:00"),
            let blank = text.dropFirst(16).firstIndex(of: " ")
        else { return nil }
        let zone = text[blank...].dropFirst()
        if let offset = zoneOffsets[zone.uppercased()] { return usualForm(of: text[..<blank] + offset) }
        let isName =
            zone.first?.isLetter ?? false && zone.allSatisfy { $0.isLetter || $0.isNumber || "/_-+ ".contains($0) }
        return isName ? usualForm(of: String(text.prefix(10))) : nil
    }

    /// Where a span of time begins, if both its ends are dates or the other is open.
    private static func beginning(of text: String) -> String? {
        for separator in ["/", " - ", "–", "—", " to ", " until ", " bis ", "--"] {
            let parts = text.components(around: separator)
            guard parts.count == 2, let start = usualForm(of: parts[0]) else { continue }
            let end = parts[1]
            // `2021-03-04/05` leaves out what is the same.
            let isRest = end.utf8.count <= 5 && end.allSatisfy { $0.isNumber || $0 == "-" }
            if ["", "..", "present", "today", "now"].contains(end.lowercased()) || isRest || usualForm(of: end) != nil {
                return start
            }
        }
        let years = text.split(separator: "-", omittingEmptySubsequences: false)
        let isSpan =
            years.count == 2 && years.allSatisfy { $0.utf8.count == 4 && Int($0) != nil } && years[0] <= years[1]
        return isSpan ? usualForm(of: String(years[0])) : nil
    }

    /// Words beside a year that leave it what it is.
    private static let besideYears: Set = [
        "q1", "q2", "q3", "q4", "1q", "2q", "3q", "4q", "h1", "h2", "1st", "2nd", "3rd", "4th", "first", "second",
        "third",
        "fourth", "quarter", "half", "spring", "summer", "autumn", "fall", "winter", "michaelmas", "hilary", "trinity",
        "easter",
        "lent", "term", "semester", "early", "mid", "late", "end", "beginning", "of", "the", "c", "ca", "circa",
        "about",
        "approx", "around", "copyright", "published", "frühling", "frühjahr", "sommer", "herbst", "printemps", "été",
        "automne", "hiver", "primavera", "verano", "otoño", "invierno", "estate", "autunno", "inverno", "um", "vers",
        "en",
    ]

    /// The year of a season, a quarter, or a time about it.
    private static func yearAlone(_ text: String) -> String? {
        var words = text.lowercased().split { !$0.isLetter && !$0.isNumber }
        // 2021Q1
        if words.count == 1, words[0].count == 6, words[0].dropFirst(4).first == "q" {
            words = [words[0].prefix(4), words[0].suffix(2)]
        }
        func isYear(_ word: Substring) -> Bool { word.utf8.count == 4 && (1000...2999).contains(Int(word) ?? 0) }
        let years = words.filter(isYear)
        // The winter of two years begins in the first.
        guard years.count == 1 || years.count == 2 && words.contains("winter"), words.count <= 6,
            words.allSatisfy({ isYear($0) || besideYears.contains(String($0)) })
        else { return nil }
        return String(years[0])
    }
}

extension String {
    /// The parts before and behind a text where that stands once, without blanks at their ends.
    fileprivate func components(around text: String) -> [String] {
        let places = ranges(of: text)
        guard places.count == 1, let place = places.first else { return [] }
        return [String(self[..<place.lowerBound]).trimmed, String(self[place.upperBound...]).trimmed]
    }
}

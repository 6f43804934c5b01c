import Testing

@testable import Ingestion

@Suite("Dates")
struct CalendarDateTests {
    @Test(
        "as precise as they are written",
        arguments: [
            ("2019", "2019"), ("2019-06", "2019-06"), ("2019-06-05", "2019-06-05"), ("2019/6/5", "2019-06-05"),
            ("2019.06.05", "2019-06-05"), ("20190605", "2019-06-05"), ("2019-06-05T10:00:00Z", "2019-06-05T10:00:00Z"),
            ("2019-06-05 10:00", "2019-06-05T10:00:00Z"), ("2021-11-20T00:30:48.961000Z", "2021-11-20T00:30:48Z"),
            ("2019-06-05T01:00:00+02:00", "2019-06-04T23:00:00Z"), ("2019-12-31T23:30:00-0100", "2020-01-01T00:30:00Z"),
            ("1354187240", "2012-11-29T11:07:20Z"), ("1354187240000", "2012-11-29T11:07:20Z"),
            ("1354187240.5", "2012-11-29T11:07:20Z"),
            ("June 5, 2019", "2019-06-05"), ("5th Jun 2019", "2019-06-05"), ("Sept 2019", "2019-09"),
            ("May 2019", "2019-05"),
            ("Wed, 05 Jun 2019 10:00:00 GMT", "2019-06-05"), ("2000-02-29T00:00:00Z", "2000-02-29T00:00:00Z"),
        ])
    func understood(text: String, expected: String) {
        #expect(CalendarDate.iso8601(from: text) == expected)
    }

    @Test(
        "what is no date, or could be two",
        arguments: [
            "", "unknown", "forthcoming", "06/05/2019", "16-Jan", "2019-13", "2019-00-01", "2019-01-32", "201906",
            "12345", "2019-06-05x",
            "2019-06-05T25", "99999999999999999999",
        ])
    func refused(text: String) {
        #expect(CalendarDate.iso8601(from: text) == nil)
    }

    @Test("days and their numbers agree over four centuries")
    func civilDays() {
        var day = CalendarDate.days(year: 1800, month: 1, day: 1)
        for year in 1800..<2200 {
            for month in 1...12 {
                #expect(CalendarDate.days(year: year, month: month, day: 1) == day)
                let text = CalendarDate.format(seconds: day * 86400)
                #expect(text == "\(year)-\(CalendarDate.padded(month, 2))-01T00:00:00Z")
                let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
                day += Int64([31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1])
            }
        }
    }
}

import Testing

@testable import postil_cli

struct RemarksTests {
    private func said(_ remarks: [(String, String)], limit: Int = 3) -> [String] {
        var lines: [String] = []
        var grouped = Remarks(limit: limit) { lines.append($0) }
        for (place, reason) in remarks { grouped.add(place, because: reason, suffix: "!") }
        grouped.finish()
        #expect(grouped.count == remarks.count)
        return lines
    }

    @Test func manyOfOneReasonAreCounted() {
        let binary = (1...1_200).map { ("\($0).pdf", "is a binary file") }
        #expect(
            said([("a.csv", "no text")] + binary + [("b.csv", "no text")]) == [
                "a.csv: no text!", "1.pdf: is a binary file!", "2.pdf: is a binary file!", "3.pdf: is a binary file!",
                "b.csv: no text!", "1,197 more for this reason: is a binary file",
            ])
    }

    @Test func fewAreAllMade() {
        #expect(said([("a", "x"), ("b", "x"), ("c", "x")]) == ["a: x!", "b: x!", "c: x!"])
        #expect(said([]).isEmpty)
        #expect(said((1...9).map { ("\($0)", "x") }, limit: .max).count == 9)
    }
}

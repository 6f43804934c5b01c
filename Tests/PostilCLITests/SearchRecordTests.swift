import Testing

@testable import postil_cli

/// One answer in every format.
struct SearchRecordTests {
    private let record = SearchRecord(
        query: "learned optimization", microseconds: 210, total: 1_000, isExact: false,
        hits: [
            HitRecord(
                rank: 1, id: "risks 2019", score: 12.5, title: "Risks from Learned Optimization", author: "Hubinger",
                date: "2019-06-05T10:00:00Z", url: "https://example.org/a", source: "a.md",
                snippet: SnippetRecord(text: "A learned, \"mesa\" optimizer", highlights: [2..<9, 18..<27])),
            HitRecord(rank: 2, id: "b", score: 1.25, title: "", snippet: nil),
        ])

    private func terminal(width: Int = 60, color: Bool = false) -> Terminal {
        var terminal = Terminal(descriptor: .standardError, color: .never, environment: [:])
        terminal.width = width
        terminal.usesColor = color
        return terminal
    }

    @Test func json() {
        #expect(
            record.json.text == """
                {"format_version":1,"query":"learned optimization","took_us":210,\
                "total":{"value":1000,"relation":"at_least"},"hints":[],"hits":[\
                {"rank":1,"id":"risks 2019","score":12.5,"title":"Risks from Learned Optimization",\
                "author":"Hubinger","date":"2019-06-05T10:00:00Z","url":"https://example.org/a","source":"a.md",\
                "snippet":{"text":"A learned, \\"mesa\\" optimizer","highlights":[[2,9],[18,27]]}},\
                {"rank":2,"id":"b","score":1.25,"title":"","author":null,"date":null,"url":null,"source":null,\
                "snippet":null}]}
                """)
    }

    @Test func jsonLines() {
        let lines = record.jsonLines.split(separator: "\n")
        #expect(lines.count == 2)
        #expect(lines[1].hasPrefix(#"{"rank":2,"id":"b","score":1.25"#))
    }

    @Test func csv() {
        #expect(
            record.csvRows == """
                rank,id,score,title,author,date,url,source,snippet,duplicate_of\r
                1,risks 2019,12.5,Risks from Learned Optimization,Hubinger,2019-06-05T10:00:00Z,https://example.org/a,\
                a.md,"A learned, ""mesa"" optimizer",\r
                2,b,1.25,,,,,,,\r

                """)
    }

    @Test func trec() {
        #expect(
            record.trecLines(topic: "7", tag: "postil")
                == "7 Q0 risks%202019 1 12.5 postil\n7 Q0 b 2 1.25 postil\n")
    }

    @Test func ids() {
        #expect(record.idLines == "risks 2019\nb\n")
    }

    @Test func text() {
        #expect(
            record.text(for: terminal()) == """
                 1  Risks from Learned Optimization
                    Hubinger · 2019-06-05 · score 12.50
                    A *learned*, "mesa" *optimizer*
                    https://example.org/a
                    risks 2019

                 2  b
                    score 1.25

                """)
    }

    @Test func textInColour() {
        let text = record.text(for: terminal(color: true))
        #expect(text.contains("\u{1B}[1mRisks from Learned Optimization\u{1B}[0m"))
        #expect(text.contains("A \u{1B}[1;33mlearned\u{1B}[0m, \"mesa\""))
        #expect(!text.contains("*"))
    }

    @Test func summary() {
        #expect(record.summary == "Results 1–2 of at least 1,000 (0.21 ms)")
        let none = SearchRecord(query: "x", microseconds: 1, total: 0, isExact: true, hits: [])
        #expect(none.summary == "No results")
    }

    /// Highlights that do not fit their text are no reason to trap.
    @Test func strangeHighlights() {
        let snippet = SnippetRecord(text: "é😀c", highlights: [1..<2, 0..<2, 2..<99, 50..<60])
        #expect(snippet.styledText(color: false).lines(width: 80, color: false) == ["é*😀**c*"])
    }
}

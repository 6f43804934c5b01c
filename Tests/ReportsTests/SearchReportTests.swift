import Foundation
import Testing

@testable import Postil
@testable import Reports

/// One answer in every format.
struct SearchReportTests {
    private let report = SearchReport(
        results([
            hit(
                1, "risks 2019", score: 12.5, title: "Risks from Learned Optimization", author: "Hubinger",
                date: "2019-06-05T10:00:00Z", url: "https://example.org/a", tags: ["mesa", "inner; outer"],
                metadata: ["kind": "opinion", "venue": "arXiv"], source: "/in/a.md", line: 7,
                snippet: Snippet(text: "A learned, \"mesa\" optimizer", highlights: [2..<9, 18..<27]),
                duplicates: [
                    SearchHit.Copy(
                        id: DocumentID(rawValue: 9), externalID: "c", title: "C", url: nil, source: "/in/c.md", line: 3,
                        similarity: 0.875)
                ], quotes: [2]),
            hit(2, "b", score: 1.25),
        ]))

    @Test func jsonTellsEverything() throws {
        let text = try printed(report, as: .json).text
        let compact = try printed(report, as: .jsonl).text
        #expect(
            text.hasPrefix("{\n  \"format_version\": 1,\n  \"query\": \"learned optimization\",\n  \"took_us\": 210,\n")
        )
        #expect(
            compact == """
                {"rank":1,"id":"risks 2019","score":12.5,"title":"Risks from Learned Optimization",\
                "author":"Hubinger","date":"2019-06-05T10:00:00Z","url":"https://example.org/a","source":"/in/a.md",\
                "snippet":{"text":"A learned, \\"mesa\\" optimizer","highlights":[[2,9],[18,27]]},"line":7,\
                "tags":["mesa","inner; outer"],"kind":"opinion","metadata":{"kind":"opinion","venue":"arXiv"},\
                "duplicates":[{"id":"c","title":"C","url":null,"source":"/in/c.md","line":3,"similarity":0.875}],"quotes":[2],\
                "citation":"Hubinger, 2019. Opinion on “Risks from Learned Optimization”. https://example.org/a [risks 2019]"}
                {"rank":2,"id":"b","score":1.25,"title":"","author":null,"date":null,"url":null,"source":null,\
                "snippet":null,"line":1,"tags":[],"kind":null,"metadata":{},"duplicates":[],"quotes":[],"citation":"[b]"}

                """)
        let answer = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        #expect(Set(answer.keys) == ["format_version", "query", "took_us", "total", "hints", "hits"])
        let lines = try compact.split(separator: "\n").map { try JSONSerialization.jsonObject(with: Data($0.utf8)) }
        #expect(answer["hits"] as? NSArray == lines as NSArray)
    }

    @Test func csvHasAColumnForEachField() throws {
        #expect(
            try printed(report, as: .csv).text == """
                rank,id,score,title,author,date,url,source,snippet,duplicate_of,line,tags,kind,metadata,duplicates,quotes,citation\r
                1,risks 2019,12.5,Risks from Learned Optimization,Hubinger,2019-06-05T10:00:00Z,https://example.org/a,\
                /in/a.md,"A learned, ""mesa"" optimizer",,7,mesa; inner; outer,opinion,\
                "{""kind"":""opinion"",""venue"":""arXiv""}",c,2,"Hubinger, 2019. Opinion on “Risks from Learned Optimization”. https://example.org/a [risks 2019]"\r
                2,b,1.25,,,,,,,,1,,,,,,[b]\r

                """)
    }

    @Test func trecIsARun() throws {
        #expect(
            try printed(SearchReport(report.results, topic: "7"), as: .trec).text
                == "7 Q0 risks%202019 1 12.5 postil\n7 Q0 b 2 1.25 postil\n")
    }

    @Test func idsStandOneALine() throws {
        #expect(try printed(report, as: .ids).text == "risks 2019\nb\n")
        #expect(try printed(report, as: .ids, endsIDsWithNull: true).text == "risks 2019\0b\0")
    }

    @Test func textIsForPeople() throws {
        #expect(
            try printed(report, as: .text).text == """
                 1  Risks from Learned Optimization
                    Hubinger · 2019-06-05 · opinion · score 12.50
                    A *learned*, "mesa" *optimizer*
                    https://example.org/a
                    risks 2019
                    quotes the whole of 2
                    also in: c

                 2  b
                    score 1.25

                """)
    }

    @Test func textInColourHasNoAsterisks() throws {
        let text = try printed(report, as: .text, in: layout(color: true)).text
        #expect(text.contains("\u{1B}[1mRisks from Learned Optimization\u{1B}[0m"))
        #expect(text.contains("A \u{1B}[1;33mlearned\u{1B}[0m, \"mesa\""))
        #expect(!text.contains("*"))
    }

    @Test func theSummaryIsARemark() {
        #expect(report.remarks == ["\nResults 1–2 of at least 1,000 (0.21 ms); 1 copy collapsed, --all shows them"])
        #expect(SearchReport(results([], total: 0, isExact: true)).remarks == ["No results"])
        #expect(SearchReport(results([], total: 3, isExact: true)).remarks == ["No results on this page"])
    }

    @Test func threeCopiesAreNamed() throws {
        let copies = (1...5).map { number in
            SearchHit.Copy(
                id: DocumentID(rawValue: Int64(number)), externalID: number == 1 ? "a" : "c\(number)", title: "",
                url: nil,
                source: "/in/x.md", line: 1, similarity: 1)
        }
        let report = SearchReport(results([hit(1, "a", duplicates: copies)], isExact: true))
        #expect(try printed(report, as: .text).text.contains("    also in: /in/x.md:a, c2, c3 and 2 more\n"))
        #expect(report.remarks == ["\nResult 1 of 1,000 (0.21 ms); 5 copies collapsed, --all shows them"])
    }

    /// Only where they come from several files, and not where the id is the file.
    @Test func textNamesTheFileThatTellsHitsApart() throws {
        let hits = [
            hit(1, "a-1", title: "A", source: "/in/reviews/2019/rows.jsonl"),
            hit(2, "b-2", title: "B", source: "/in/reviews/more.csv"),
            hit(3, "2020/c.md", title: "C", source: "/in/reviews/2020/c.md"),
        ]
        #expect(
            try printed(SearchReport(results(hits)), as: .text).text == """
                 1  A
                    score 1.00 · 2019/rows.jsonl
                    a-1

                 2  B
                    score 1.00 · more.csv
                    b-2

                 3  C
                    score 1.00
                    2020/c.md

                """)
        #expect(try !printed(SearchReport(results([hits[0]])), as: .text).text.contains("rows"))
    }

    @Test func fieldsAreChosenInOrder() throws {
        let chosen = SearchReport(report.results, fields: ["id", "tags", "metadata.venue", "title"])
        #expect(
            try printed(chosen, as: .jsonl).text.split(separator: "\n").map(String.init) == [
                #"{"id":"risks 2019","tags":["mesa","inner; outer"],"metadata.venue":"arXiv","title":"Risks from Learned Optimization"}"#,
                #"{"id":"b","tags":[],"metadata.venue":null,"title":""}"#,
            ])
        #expect(try printed(chosen, as: .csv).text.hasPrefix("id,tags,metadata.venue,title\r\nrisks 2019,"))
        #expect(
            try printed(chosen, as: .text).text == """
                 1  Risks from Learned Optimization
                    mesa, inner; outer · arXiv
                    risks 2019

                 2  b

                """)
        #expect(SearchReport.hasField("metadata.any thing") && SearchReport.hasField("kind"))
        #expect(!SearchReport.hasField("metadata.") && !SearchReport.hasField("venue") && !SearchReport.hasField(""))
    }

    /// Highlights that do not fit their text are no reason to trap.
    @Test func strangeHighlightsAreClamped() {
        let snippet = Snippet(text: "é😀c", highlights: [1..<2, 0..<2, 2..<99, 50..<60])
        #expect(snippet.styledText(color: false).lines(width: 80, color: false) == ["é*😀**c*"])
    }

    @Test func theWorkSaysWhatWasPruned() throws {
        func line(blocks: Int, of total: Int, postings: Int, checks: Int = 0) -> String? {
            var statistics = EvaluationStatistics()
            statistics.blocks = blocks
            statistics.blocksInIndex = total
            statistics.postings = postings
            statistics.positionChecks = checks
            return SearchReport(results([], statistics: statistics), showsWork: true).remarks.last
        }
        #expect(
            line(blocks: 24, of: 2_344, postings: 45)
                == "Looked at 24 of 2,344 blocks of 64 documents (45 postings); the others were pruned")
        #expect(
            line(blocks: 3, of: 3, postings: 9, checks: 1)
                == "Looked at 3 of 3 blocks of 64 documents (9 postings, positions of 1 document); nothing was pruned")
        #expect(line(blocks: 0, of: 0, postings: 9) == "Scored every match (9 postings); nothing was pruned")
        let told = try printed(SearchReport(report.results, showsWork: true), as: .json).text
        #expect(told.contains("\"evaluation\": {\n    \"blocks\": 0,\n    \"blocks_in_index\": 0,\n"))
        #expect(try !printed(report, as: .json).text.contains("evaluation"))
    }
}

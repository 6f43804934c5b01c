import Testing

@testable import postil_cli

struct IndexingRecordTests {
    private let record = IndexingRecord(
        path: "postil.db", added: 12, updated: 1, unchanged: 8_726, removed: 0,
        skipped: [SkippedRecord(path: "a.csv", line: 7, reason: "no end of quotation")], documents: 8_739,
        textBytes: 1_200_000, seconds: 0.31, indexBytes: 31_400_000)

    @Test func json() {
        #expect(
            record.json.text == """
                {"format_version":1,"added":12,"updated":1,"unchanged":8726,"removed":0,\
                "skipped":[{"path":"a.csv","line":7,"reason":"no end of quotation"}],"documents":8739,\
                "text_bytes":1200000,"seconds":0.31,"index_bytes":31400000}
                """)
    }

    @Test func text() {
        #expect(
            record.text == """
                12 added, 1 updated, 8,726 unchanged, 0 removed, 1 skipped (1.2 MB of text in 310 ms)
                postil.db: 8,739 documents, 31.4 MB

                """)
        #expect(record.skipped[0].text == "a.csv:7: no end of quotation")
    }
}

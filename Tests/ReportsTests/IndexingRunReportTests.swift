import Testing

@testable import Postil
@testable import Reports

struct IndexingRunReportTests {
    private var report: IndexingRunReport {
        var run = IndexingReport()
        run.added = 12
        run.updated = 1
        run.unchanged = 8_726
        run.skipped = [SkippedInput(path: "a.csv", line: 7, reason: "no end of quotation")]
        run.kept = [KeptDocuments(path: "/mnt/notes", files: 2, documents: 3, reason: .missing)]
        run.documents = 8_739
        run.textBytes = 1_200_000
        run.seconds = 0.31
        run.indexBytes = 31_400_000
        return IndexingRunReport(run, path: "postil.db")
    }

    @Test func jsonHasTheDocumentedShape() throws {
        #expect(
            try printed(report, as: .jsonl).text == """
                {"format_version":1,"added":12,"updated":1,"unchanged":8726,"removed":0,\
                "skipped":[{"path":"a.csv","line":7,"reason":"no end of quotation"}],\
                "kept":[{"path":"/mnt/notes","files":2,"documents":3,"reason":"missing"}],"documents":8739,\
                "text_bytes":1200000,"seconds":0.31,"index_bytes":31400000}

                """)
    }

    @Test func textSaysWhatHappened() throws {
        #expect(
            try printed(report, as: .text).text == """
                12 added, 1 updated, 8,726 unchanged, 0 removed, 1 skipped (1.2 MB of text in 310 ms)
                postil.db: 8,739 documents, 31.4 MB

                """)
    }
}

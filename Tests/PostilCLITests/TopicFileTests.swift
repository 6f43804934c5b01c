import Testing

@testable import postil_cli

struct TopicFileTests {
    @Test func readsIdsAndQueries() throws {
        let file = try TopicFile(text: "1\treward hacking\r\n\r\nq-2\ta\tb\n", path: "t.tsv")
        #expect(file.topics == [.init(id: "1", query: "reward hacking"), .init(id: "q-2", query: "a\tb")])
        #expect(try TopicFile(text: "", path: "t.tsv").topics.isEmpty)
    }

    @Test func namesTheLineThatIsNone() {
        let error = #expect(throws: UsageError.self) { try TopicFile(text: "1\ta\nb\n", path: "t.tsv") }
        #expect(error?.description.hasPrefix("t.tsv:2:") == true)
    }
}

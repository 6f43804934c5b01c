import Testing

@testable import Workloads

@Suite struct QueryFileTests {
    @Test func readsJSONLines() throws {
        let text = """
            {"query": "gravity measurements", "tags": ["union", "global"]}

            {"query": "\\"in dcns\\""}
            """
        #expect(
            try QueryFile.parse(text, file: "q") == [
                BenchmarkQuery(text: "gravity measurements", tags: ["union", "global"]),
                BenchmarkQuery(text: "\"in dcns\""),
            ])
    }

    @Test func readsOneQueryALine() throws {
        let queries = try QueryFile.parse("mesa optimizer\r\n  inner alignment \r\n\r\n", file: "q")
        #expect(queries.map(\.text) == ["mesa optimizer", "inner alignment"])
    }

    @Test func readsTopicsWithTabs() throws {
        #expect(
            try QueryFile.parse("1\treward hacking\n2\tscalable oversight\n", file: "q").map(\.text) == [
                "reward hacking", "scalable oversight",
            ])
        // A tab in a plain query does not make a topic of it.
        #expect(try QueryFile.parse("1\treward hacking\nscalable oversight\n", file: "q").count == 2)
    }

    @Test func readsTopicsAsSGML() throws {
        let text = """
            <top>
            <num> Number: 301
            <title> International Organized
            Crime
            <desc> Description:
            Identify organizations.
            </top>

            <top><num>302</num><title>Topic: Poliomyelitis</title></top>
            """
        #expect(try QueryFile.parse(text, file: "q").map(\.text) == ["International Organized Crime", "Poliomyelitis"])
    }

    @Test func errorsNameThePlace() {
        #expect(throws: QueryFileError(file: "q", line: nil, reason: "holds no query")) {
            try QueryFile.parse("\n \n", file: "q")
        }
        #expect(throws: QueryFileError.self) { try QueryFile.read("/nowhere/queries.jsonl") }
        do {
            _ = try QueryFile.parse("{\"query\": \"a\"}\n{\"text\": \"b\"}\n", file: "q.jsonl")
            Issue.record("a record without a query was read")
        } catch {
            #expect(String(describing: error).hasPrefix("q.jsonl:2 is no"))
        }
    }
}

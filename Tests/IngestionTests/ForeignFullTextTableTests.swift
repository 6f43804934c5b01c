import PostilTestSupport
import Testing

@testable import Ingestion

struct ForeignFullTextTableTests {
    private typealias Table = ForeignFullTextTable

    @Test func aDefinitionIsReadAsFTS5ReadsIt() {
        let table = Table(
            name: "posts_fts",
            sql: """
                CREATE VIRTUAL TABLE "posts_fts" USING fts5 (title, "the body", [a,b] UNINDEXED, key unindexed,
                  content='posts', content_rowid = "id", tokenize = 'porter unicode61 tokenchars ''-''', prefix='2 3')
                """)
        #expect(
            table.columns == [
                .init(name: "title", isIndexed: true), .init(name: "the body", isIndexed: true),
                .init(name: "a,b", isIndexed: false), .init(name: "key", isIndexed: false),
            ])
        #expect(table.content == .external("posts"))
        #expect(table.tokenizer == "porter unicode61 tokenchars '-'")
        #expect(Table(name: "t", sql: "create virtual table t using FTS5(x)").content == .own)
        #expect(Table(name: "t", sql: "create virtual table t using FTS5(x, content=\"\")").content == .none)
        #expect(Table(name: "t", sql: "create virtual table t using FTS5(x, content = p)").content == .external("p"))
    }

    @Test func theQueryNamesTitleAndText() throws {
        func query(_ arguments: String, title: String? = nil) throws -> String {
            try Table(name: "f", sql: "CREATE VIRTUAL TABLE f USING fts5(\(arguments))").query(
                title: title, path: "app.db")
        }
        #expect(
            try query("subject, text, notes, author UNINDEXED, id UNINDEXED") == """
                SELECT t.rowid AS id, t."subject" AS title, coalesce(t."text", '') || char(10, 10) || coalesce(t."notes", '') AS body, \
                t."author" AS "author", t."id" AS "id_column" FROM "f" AS t WHERE t.rowid IN (SELECT id FROM "f_docsize")
                """)
        #expect(
            try query("title, columnsize=0")
                == "SELECT t.rowid AS id, coalesce(t.\"title\", '') AS body FROM \"f\" AS t")
        #expect(try query("a, b", title: "B").contains("t.\"b\" AS title"))
        #expect(throws: ForeignTableError.self) { try query("a, b", title: "c") }
        #expect(throws: ForeignTableError.self) { try query("a, content=''") }
    }
}

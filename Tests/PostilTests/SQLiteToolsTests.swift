import Foundation
import Postil
import PostilTestSupport
import Testing

/// Tools that know nothing of Postil list and serve the file, and with one of FTS5's own analyzers search it.
///
/// Passed over where sqlite-utils and Datasette are not installed; `Scripts/test` installs them.
struct SQLiteToolsTests {
    private static let areInstalled: Bool = {
        do {
            let known = try Python.run("import sqlite_utils, datasette; print('installed')")
            if known?.contains("installed") == true { return true }
        } catch {
            // No Python at all.
        }
        print("sqlite-utils and Datasette are not installed: their tests are passed over")
        return false
    }()

    private func makeIndex(in folder: TemporaryFolder, analyzer: String = "fts5:porter unicode61") throws -> String {
        try folder.write("id,title,text\na,Proxies,No proxy is harmless.\nb,Rewards,Hacked rewards.\n", to: "in.csv")
        let path = folder.file("postil.db")
        let request = IndexingRequest(paths: [folder.file("in.csv")], analyzer: analyzer)
        #expect(try Index.update(at: path, with: request).added == 2)
        return path
    }

    @Test(.enabled(if: areInstalled), arguments: ["fts5:porter unicode61", "english", "none"])
    func sqliteUtilsListsTheTables(analyzer: String) throws {
        let folder = try TemporaryFolder()
        let script =
            "import sys; from sqlite_utils.cli import cli; cli(['tables', sys.argv[1], '--counts', '--columns'])"
        let output = try #require(try Python.run(script, [makeIndex(in: folder, analyzer: analyzer)]))
        #expect(output.contains("\"table\": \"documents\", \"count\": 2"), "\(output)")
        #expect(output.contains("\"table\": \"documents_fts\", \"count\": 2"), "\(output)")
    }

    @Test(.enabled(if: areInstalled)) func datasetteServesAnIndexWhoseTokenizerIsPostils() throws {
        let folder = try TemporaryFolder()
        let script = """
            import asyncio, sys
            from datasette.app import Datasette
            async def main():
                datasette = Datasette([sys.argv[1]])
                await datasette.invoke_startup()
                for page in ["/", "/postil", "/postil/documents", "/postil/documents_fts"]:
                    print((await datasette.client.get(page)).status_code)
                rows = await datasette.client.get("/postil/documents.json?_shape=array&_sort=title")
                print([row["title"] for row in rows.json()])
                schema = await datasette.client.get(
                    "/postil.json?_shape=arrays&sql=select+sql+from+sqlite_master+where+name='documents_fts'")
                print(schema.json()["rows"][0][0])
            asyncio.run(main())
            """
        let output = try #require(try Python.run(script, [makeIndex(in: folder, analyzer: "english")]))
        #expect(output.hasPrefix("200\n200\n200\n200\n['Proxies', 'Rewards']\n"), "\(output)")
        #expect(output.contains("content=\"documents\""), "\(output)")
        #expect(output.contains("without Postil MATCH finds nothing here"), "\(output)")
    }

    @Test(.enabled(if: areInstalled)) func sqliteUtilsSearchesTheDocuments() throws {
        let folder = try TemporaryFolder()
        let script = """
            import sys
            from sqlite_utils.cli import cli
            cli(['search', sys.argv[1], 'documents', 'hacking', '-c', 'external_id', '-c', 'title'])
            """
        let output = try #require(try Python.run(script, [makeIndex(in: folder)]))
        #expect(output.contains("\"external_id\": \"b\"") && output.contains("Rewards"), "\(output)")
        #expect(!output.contains("Proxies"), "\(output)")
    }

    @Test(.enabled(if: areInstalled)) func datasetteSearchesTheDocuments() throws {
        let folder = try TemporaryFolder()
        let script = """
            import asyncio, sys
            from datasette.app import Datasette
            async def main():
                datasette = Datasette([sys.argv[1]])
                await datasette.invoke_startup()
                answer = await datasette.client.get("/postil/documents.json?_search=hacking&_shape=array")
                print(answer.status_code, answer.text)
                page = await datasette.client.get("/postil/documents?_search=proxies")
                print(page.status_code, "harmless" in page.text, "Hacked" in page.text)
            asyncio.run(main())
            """
        let output = try #require(try Python.run(script, [makeIndex(in: folder)]))
        #expect(output.contains("200 [{\"id\": 2, \"external_id\": \"b\""), "\(output)")
        #expect(output.contains("200 True False"), "\(output)")
    }
}

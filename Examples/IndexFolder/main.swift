// Indexes a folder, or what has changed in it, and prints the best matches of a query.
//
//     swift run example-index-folder Samples/reviews reward hacking
import Postil

let arguments = CommandLine.arguments.dropFirst()
guard let folder = arguments.first, arguments.count > 1 else {
    print("usage: example-index-folder FOLDER WORD…")
    throw IndexFolderError.usage
}
let query = arguments.dropFirst().joined(separator: " ")

let report = try Index.update(at: "example.db", with: IndexingRequest(paths: [folder]))
print("\(report.added) added, \(report.updated) updated, \(report.unchanged) unchanged, \(report.removed) removed")
for skipped in report.skipped { print("skipped", skipped) }

let searcher = try Index.open(at: "example.db").makeSearcher()
let results = try searcher.search(SearchRequest(query, limit: 5))
for hint in results.hints { print("column \(hint.column): \(hint.message)") }
for hit in results.hits {
    print("\(hit.rank). \(hit.title) — \(hit.author ?? "unknown"), score \(hit.score)")
    print("   ", hit.snippet?.text ?? "")
}

enum IndexFolderError: Error { case usage }

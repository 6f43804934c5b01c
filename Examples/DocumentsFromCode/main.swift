// Keeps documents of a program's own in an index: adds them, searches them, shows why one was found, and removes it.
//
//     swift run example-documents-from-code
import Postil

let index = try Index.openOrCreate(at: "notes.db")

let writer = try index.makeWriter()
let first = try writer.insert(
    Document(
        externalID: "note-1", title: "Goodhart's law",
        body: "When a measure becomes a target, it ceases to be a good measure.",
        author: "Marilyn Strathern", date: "1997", tags: ["measurement"]))
try writer.insert(
    Document(
        externalID: "note-2", title: "Proxies", body: "A proxy stands for what we cannot measure, until we optimise it."
    ))
try writer.commit()

let searcher = try index.makeSearcher()
for hit in try searcher.search(SearchRequest("measuring author:strathern")).hits {
    print(hit.externalID, hit.title, hit.snippet?.text ?? "")
}
if let explanation = try searcher.explain(first, query: "measure target") {
    print("score \(explanation.score):")
    for part in explanation.parts { print("  \(part.contribution)  \(part.pattern)") }
}

let cleanup = try index.makeWriter()
try cleanup.delete(first)
try cleanup.commit()

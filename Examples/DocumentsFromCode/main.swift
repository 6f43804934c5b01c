// Keeps documents of a program's own in an index: puts them in by their ids, searches them, shows why one was found, and
// removes it.
//
//     swift run example-documents-from-code
import Postil

let index = try Index.openOrCreate(at: "notes.db")

let notes = [
    Document(
        externalID: "note-1", title: "Goodhart's law",
        body: "When a measure becomes a target, it ceases to be a good measure.",
        author: "Marilyn Strathern", date: "1997", tags: ["measurement"], metadata: ["venue": "European Review"]),
    Document(
        externalID: "note-2", title: "Proxies", body: "A proxy stands for what we cannot measure, until we optimise it."
    ),
]
try index.upsert(notes)

let writer = try index.makeWriter()
let changed = try writer.upsert(
    Document(externalID: "note-2", title: "Proxies", body: "A proxy stands for what nobody can measure."))
try writer.commit()

let typed = "measuring (OR not)"
let query = QueryExpression.all(
    [.words(typed), .field("author", .words("Strathern"))], preferring: [.phrase("good measure").boosted(by: 2)])

let searcher = try index.makeSearcher()
for hit in try searcher.search(SearchRequest(query.text)).hits {
    print(hit.externalID, hit.title, hit.metadata["venue"] ?? "", hit.snippet?.text ?? "")
}
if let explanation = try searcher.explain(changed, query: "proxy nobody") {
    print("score \(explanation.score):")
    for part in explanation.parts { print("  \(part.contribution)  \(part.pattern)") }
}

let cleanup = try index.makeWriter()
try cleanup.delete(externalID: "note-2")
try cleanup.commit()

// Keeps an index in memory, searches it from several tasks while it changes, and goes through what is in it.
//
//     swift run example-live-index
import Postil

let index = try Index.create(at: ":memory:", profile: try Profile.named(Profile.defaultName))
let pool = SearcherPool(index)

let changes = index.changes(checkedEvery: .milliseconds(10))
try index.upsert((1...1_000).lazy.map { Document(externalID: "\($0)", body: "Note \($0) on measures and targets.") })
for try await _ in changes { break }

async let first = pool.search(SearchRequest("targets"))
async let second = pool.search(SearchRequest("measures 17", limit: 1))
print(try await first.hits.count, "hits; the best for 17:", try await second.hits[0].externalID)

var bytes = 0
for try await stored in pool.documents() { bytes += stored.document.body.utf8.count }
print(bytes, "bytes of text")

print(try index.remove(matching: "17 OR id:3"), "documents removed")
print(try await pool.run { try $0.countableFields() })

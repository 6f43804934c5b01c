import Documents
import Postil
import PostilTestSupport
import Testing

@Suite struct DocumentListingTests {
    @Test func documentsComeInOrderOfTheirIDs() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("postil.db")
        let index = try Index.create(at: path, profile: .named(Profile.defaultName))
        let writer = try index.makeWriter()
        var ids: [DocumentID] = []
        for number in 1...7 {
            ids.append(try writer.insert(Document(externalID: "d\(number)", body: "x"), source: nil))
        }
        try writer.delete(ids[3])
        try writer.commit()
        let searcher = try index.makeSearcher()
        var names: [String] = []
        var last = DocumentID(rawValue: 0)
        while let end = try searcher.documents(after: last, limit: 2).last {
            names += try searcher.documents(after: last, limit: 2).map(\.document.externalID)
            last = end.id
        }
        #expect(names == ["d1", "d2", "d3", "d5", "d6", "d7"])
        #expect(try searcher.documents(after: ids[6], limit: 5).isEmpty)
    }
}

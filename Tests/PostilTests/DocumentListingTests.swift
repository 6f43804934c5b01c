import Documents
import Foundation
import Postil
import Testing

@Suite struct DocumentListingTests {
    @Test func documentsComeInOrderOfTheirIDs() throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).db").path
        defer {
            for suffix in ["", "-wal", "-shm"] where FileManager.default.fileExists(atPath: path + suffix) {
                #expect(throws: Never.self) { try FileManager.default.removeItem(atPath: path + suffix) }
            }
        }
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

import Postil
import Reports

extension Session {
    /// The documents that an id of the command line means, with a remark where there are several or none.
    func documents(_ id: String, of searcher: Searcher) throws -> [StoredDocument] {
        let found = try searcher.documents(externalID: id)
        switch found.count {
        case 0: messages.warning("no document has the id “\(id)”; `postil search` prints ids")
        case 1: break
        case let count:
            let example = QualifiedID.text(id, source: found[0].source)
            messages.hint(
                "\(count) documents from as many files have the id “\(id)”; for one of them, put its file before it: \(example)"
            )
        }
        return found
    }
}

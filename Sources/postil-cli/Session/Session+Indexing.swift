import Postil
import Reports

extension Session {
    /// What an index run is asked for: these paths, or all that the index knows of, as settings and the collection's own file say.
    func indexingRequest(_ paths: [String], ofIndexAt index: String) throws -> IndexingRequest {
        let fileSize = try settings.bytes(.maximumFileSize)
        let limits = ReadingLimits(
            maximumFileBytes: fileSize == 0 ? nil : fileSize,
            maximumDocumentBytes: try settings.bytes(.maximumDocumentSize),
            maximumJSONBytes: try settings.bytes(.maximumJSONSize))
        var request = IndexingRequest(
            paths: paths, profile: try chosenProfile(), keepsMissing: try settings.boolean(.keepMissing),
            limits: limits,
            memory: try settings.bytes(.memory), threads: try settings.integer(.threads))
        request.patience = try patience()
        request.declaredPlaces = try declaredPlaces(ofIndexAt: index)
        // A profile may have been edited since it was remembered; one that is no longer found stays as it was.
        let folders = folders.profileFolders
        request.findsProfile = { name in
            do { return try Profile.named(name, searching: folders) } catch let error as ProfileError {
                if error.line != nil { throw error }
                return nil
            }
        }
        return request
    }
}

extension KeptDocuments {
    /// What stays, why, and the way out:
    ///
    ///     /mnt/notes: is empty; its 60 documents stay in the index; `postil index --prune` removes them
    var text: String {
        let count = Quantity.count(documents, "document")
        let way =
            "stay\(documents == 1 ? "s" : "") in the index; `postil index --prune` removes \(documents == 1 ? "it" : "them")"
        return switch reason {
        case .missing: "\(path): does not exist; its \(count) \(way)"
        case .empty: "\(path): has no file to index; its \(count) \(way)"
        case .replaced: "\(path): is a file now and no folder; the folder's \(count) \(way)"
        case .notChosen where files == 1: "\(path): is no longer chosen; its \(count) \(way)"
        case .notChosen:
            "\(path) and \(Quantity.count(files - 1)) more files are no longer chosen; their \(count) \(way)"
        }
    }
}

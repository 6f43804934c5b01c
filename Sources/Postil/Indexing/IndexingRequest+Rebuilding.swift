import IndexStore

extension IndexingRequest {
    /// The request to build the index at `path` anew: as it was made, where the request does not say otherwise. A profile
    /// brings its own analyzer and compression.
    ///
    /// - Throws: `ProfileError` when this version does not understand the profile of the index.
    func rebuilding(indexAt path: String) throws -> IndexingRequest {
        guard profile == nil else { return self }
        let former: IndexSettings
        do {
            former = try IndexFile(path: path).settings
        } catch IndexError.corrupt, IndexError.notAnIndex {
            // What the index was is lost with its pages; being rebuilt is its only way on.
            return self
        }
        var request = self
        request.profile = try Profile(yaml: former.profileYAML, origin: "\(path): profile \(former.profileName)")
        request.analyzer = analyzer ?? former.analyzer
        request.compression = compression ?? former.compression
        return request
    }
}

import IndexStore
import TextAnalysis

extension Index {
    /// Throws when a run asks for another analyzer than the index was built with.
    func requireAnalyzer(of request: IndexingRequest) throws {
        guard let wanted = request.analyzer ?? request.profile?.analyzer else { return }
        let specification = try AnalyzerSpecification(wanted)
        guard try specification.identity == settings.analyzerIdentity else {
            throw IndexError.analyzerMismatch(path: path, built: settings.analyzer, wanted: specification.name)
        }
    }
}

import Foundation
import TextAnalysis

extension Searcher {
    /// The similarity from which on two texts count as the same unless something else is asked for.
    public static let duplicateThreshold = 0.8
    /// The similarities that can be asked for: below, too many pairs would be missed.
    public static let duplicateThresholds = MinHash.leastThreshold...1.0

    /// Groups of documents whose texts are nearly the same.
    ///
    /// Similar are two documents when of all sequences of five words that occur in the body of either, at least the share
    /// `threshold` occurs in both (Broder 1997); a group holds everything that hangs together so. Titles do not count, and
    /// documents without a body are in no group. Every join is by the texts themselves; pairs are missed, by chance but
    /// always the same ones, one in a thousand at the threshold and far fewer above it (`MinHash`).
    ///
    ///     for group in try index.makeSearcher().duplicates() {
    ///         print(group.representative, group.others.map(\.id))
    ///     }
    ///
    /// - Parameters:
    ///   - threshold: A similarity of ``duplicateThresholds``; 1 for texts of the same words.
    ///   - progress: Is told now and then how far it came.
    /// - Returns: Groups in order of their representatives' row ids.
    /// - Throws: `IndexError` when the index cannot be read.
    /// - Complexity: Reads all bodies on all cores; 84 bytes of memory a document. Many texts that are somewhat less alike than
    ///   the threshold cost a comparison for each pair.
    public func duplicates(
        threshold: Double = Searcher.duplicateThreshold, progress: (DuplicateSearchProgress) -> Void = { _ in }
    ) throws -> [DuplicateGroup] {
        precondition(
            Self.duplicateThresholds.contains(threshold), "threshold \(threshold) is not in \(Self.duplicateThresholds)"
        )
        // Only its own connection's thread can call FTS5's tokenizers.
        var threads = ProcessInfo.processInfo.activeProcessorCount
        if case .fts5 = try AnalyzerSpecification(snapshot.settings.analyzer).kind { threads = 1 }
        let analyzers = try (0..<threads).map { _ in try snapshot.makeAnalyzer() }
        var finder = DuplicateFinder(snapshot, threshold: threshold, analyzer: analyzer)
        return try finder.find(analyzers: analyzers, progress: progress)
    }
}

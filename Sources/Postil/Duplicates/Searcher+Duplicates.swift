import IndexStore
import Documents
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
    /// - Throws: `IndexError` when the index cannot be read; an error where several indexes are searched.
    /// - Complexity: Reads all bodies on all cores; 84 bytes of memory a document. Many texts that are somewhat less alike than
    ///   the threshold cost a comparison for each pair.
    public func duplicates(
        threshold: Double = Searcher.duplicateThreshold, progress: (DuplicateSearchProgress) -> Void = { _ in }
    ) throws -> [DuplicateGroup] {
        precondition(
            Self.duplicateThresholds.contains(threshold), "threshold \(threshold) is not in \(Self.duplicateThresholds)"
        )
        guard let snapshot = snapshot as? IndexSnapshot else { throw SeveralIndexes() }
        // Only its own connection's thread can call FTS5's tokenizers.
        var threads = ProcessInfo.processInfo.activeProcessorCount
        if case .fts5 = try AnalyzerSpecification(snapshot.settings.analyzer).kind { threads = 1 }
        let analyzers = try (0..<threads).map { _ in try snapshot.makeAnalyzer() }
        var finder = DuplicateFinder(snapshot, threshold: threshold, analyzer: analyzer)
        return try finder.find(analyzers: analyzers, progress: progress)
    }
}

/// Duplicates were to be found in several indexes at once.
private struct SeveralIndexes: Error, CustomStringConvertible {
    var description: String { "duplicates are looked for in one index at a time" }
}

/// How far a search for duplicates has come.
public enum DuplicateSearchProgress: Sendable, Hashable, CustomStringConvertible {
    /// This many of so many documents have been read.
    case reading(Int, of: Int)
    /// Documents of equal sketches are compared: this many pairs up to now.
    case comparing(Int)

    /// For a progress line.
    public var description: String {
        switch self {
        case .reading(let count, let total): "\(count) of \(total) documents read"
        case .comparing(let pairs): "\(pairs) pairs compared"
        }
    }
}

/// Documents whose texts are nearly the same.
public struct DuplicateGroup: Sendable, Hashable {
    /// Another document of the group.
    public struct Member: Sendable, Hashable {
        /// Its row id.
        public let id: DocumentID
        /// The share of the shingles of its text and the representative's that both have, 0 to 1. Less than the threshold
        /// where the two are alike only by way of others of the group.
        public let similarity: Double
    }

    /// The document that stands for the group: of the earliest date, and of those the one with the lowest row id. Documents
    /// without a date come last.
    public let representative: DocumentID
    /// The others, the most similar first, then by row id.
    public let others: [Member]
}

import Ingestion

/// An index was to be made, also anew, of inputs none of which is there or can be read.
public struct NothingToIndex: Error, Sendable, CustomStringConvertible {
    /// Each with the reason.
    public let skipped: [SkippedInput]

    /// The message for users.
    public var description: String {
        skipped.map(\.description).joined(separator: "; ") + "; there is nothing to make an index of"
    }
}

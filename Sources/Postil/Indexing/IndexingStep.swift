import IndexStore
import Ingestion

/// What is to be done next with the inputs of an index run, in their order.
enum IndexingStep {
    /// A source has not changed since it was read; it was touched when its recorded time is not the present one.
    case keep(IndexedSource, wasTouched: Bool)
    /// A source is new or has changed; `known` is how it was.
    case begin(InputFile, known: IndexedSource?)
    /// A part of the source that was begun last.
    case batch(InputBatch)
    /// The source has been read; the hash is nil when it could not be.
    case end(contentHash: UInt64?)
}

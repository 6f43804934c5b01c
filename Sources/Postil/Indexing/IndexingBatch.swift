import IndexStore

/// Recorded documents that are inverted, and with compression packed and stored, together.
struct IndexingBatch {
    /// Which batch of the run it is, from 0 on: the order in which batches are stored.
    let number: Int
    let documents: [NewDocument]
    /// What compresses their texts; nil when they are stored already.
    let packer: TextFrameWriter?
}

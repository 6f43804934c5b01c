/// The parts of a compound ("mesa-optimizer", "GPT-4", "snake_case") seen so far.
///
/// Its joined form stands behind its first part in the buffer, but is known only at the end: the second part puts a
/// placeholder there.
struct OpenCompound {
    /// Where a word must begin to belong to the compound; -1 when the last word has no joiner behind it.
    var nextStart = -1
    /// Where the first part begins.
    var start = 0
    /// Where the last part ends.
    var end = 0
    /// The placeholder's index in the buffer; -1 while there is only one part.
    var slot = -1
}

/// The parts of a compound ("mesa-optimizer", "GPT-4", "snake_case") seen so far.
///
/// Its joined form stands behind its first part in the buffer, but is known only at the end: the second part puts a
/// placeholder there.
struct OpenCompound {
    /// `slot` while there is only one part.
    static let noSlot = -1
    /// `slot` when the compound has grown too long for a joined form.
    static let tooLong = -2

    /// Where a word must begin to belong to the compound; -1 when the last word has no joiner behind it.
    var nextStart = -1
    /// Where the first part begins.
    var start = 0
    /// Where the last part begins and ends.
    var partStart = 0
    var end = 0
    /// Parts seen so far, once there are two.
    var partCount = 1
    /// Whether a line's end stands before the last part.
    var isBroken = false
    /// Whether there are two parts with a hyphen between them, or `&`: people write such words together, and then they are in
    /// the list of words. Addresses and names of files are not.
    var isHyphenated = false
    /// The placeholder's index in the buffer, `noSlot` or `tooLong`.
    var slot = Self.noSlot

    /// Whether the parts to come can still change what stands in the buffer.
    var mayChangeBuffer: Bool { slot >= 0 || slot == Self.noSlot && nextStart >= 0 }

    /// Whether it is nothing but a word that a line's end has cut in two.
    func isBrokenWord(in buffer: borrowing TokenBuffer) -> Bool {
        // Signs beside the second half (`C++`) need its position.
        slot >= 0 && isBroken && partCount == 2 && buffer.count == slot + 2
            && end - start <= IdentifierParts.maximumLength
    }
}

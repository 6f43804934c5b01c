/// The terms of an analyzer as they are at one moment, for looking many up; valid until the next text is analysed.
public struct TermView {
    let bytes: UnsafeBufferPointer<UInt8>
    /// Where each term begins, and where the last one ends.
    let starts: UnsafeBufferPointer<Int>
    /// Terms in the vocabulary.
    public let count: Int

    /// The bytes of `term`, UTF-8.
    public func bytes(of term: TermID) -> UnsafeBufferPointer<UInt8> {
        let index = Int(term.rawValue)
        precondition(index < count, "term \(index) of \(count)")
        // Safety: index < count, so both ends are initialised, and the terms lie in `bytes`.
        let (start, end) = (starts[index], starts[index + 1])
        assert(start <= end && end <= bytes.count)
        return UnsafeBufferPointer(start: bytes.baseAddress.map { $0 + start }, count: end - start)
    }
}

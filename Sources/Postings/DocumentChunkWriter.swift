/// Collects the documents of a chunk; see ``DocumentChunkFormat``.
public struct DocumentChunkWriter {
    private var live = [UInt8](repeating: 0, count: DocumentChunkFormat.liveBytes)
    private var titles: [UInt32] = []
    private var bodies: [UInt32] = []
    private var last = -1

    /// An empty chunk.
    public init() {}

    /// Whether no document was added.
    public var isEmpty: Bool { titles.isEmpty }

    /// Adds a document by its place in the chunk. Places must ascend.
    public mutating func append(place: Int, titleLength: UInt32, bodyLength: UInt32) {
        precondition(place > last && place < DocumentChunkFormat.length, "place \(place) behind \(last)")
        last = place
        live[place / 8] |= 1 << UInt8(place % 8)
        titles.append(titleLength)
        bodies.append(bodyLength)
    }

    /// The stored form.
    public func finish() -> [UInt8] {
        let widths = [titles, bodies].map { DocumentChunkFormat.width($0.max() ?? 0) }
        var bytes = widths.map(UInt8.init) + live
        for (lengths, width) in zip([titles, bodies], widths) {
            for length in lengths {
                for byte in 0..<width { bytes.append(UInt8(truncatingIfNeeded: length >> UInt32(8 * byte))) }
            }
        }
        return bytes
    }
}

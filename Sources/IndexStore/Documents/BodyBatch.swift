import Documents

/// The bodies of some documents, one behind the other in one piece of memory.
package struct BodyBatch: Sendable {
    /// The documents' row ids.
    package private(set) var ids: [DocumentID] = []
    private var bytes: [UInt8] = []
    private var ends: [Int] = []

    /// Bytes of memory that it takes.
    var byteCount: Int { bytes.count + 16 * ids.count }

    mutating func append(_ id: DocumentID, _ body: UnsafeRawBufferPointer) {
        ids.append(id)
        bytes.append(contentsOf: body)
        ends.append(bytes.count)
    }

    /// Hands out each document's body, UTF-8, in order.
    package func forEach(_ body: (DocumentID, UnsafeBufferPointer<UInt8>) throws -> Void) rethrows {
        try bytes.withUnsafeBufferPointer { bytes in
            var start = 0
            for (id, end) in zip(ids, ends) {
                try body(id, UnsafeBufferPointer(rebasing: bytes[start..<end]))
                start = end
            }
        }
    }
}

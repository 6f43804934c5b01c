import Documents

/// A 64-bit fingerprint of everything a document says, to tell whether it has changed since it was indexed.
///
/// Fields in a fixed order, each with its length, so that moving text from one field to the next changes it. Eight bytes at
/// a time are multiplied in as in FNV-1a (Fowler, Noll, Vo), with the upper half folded back, which words need and bytes do
/// not. Documents are only ever compared with their own earlier version, so 64 bits are plenty.
struct ContentHash {
    private var state: UInt64 = 0xCBF2_9CE4_8422_2325

    static func of(_ document: Document) -> Int64 {
        var hash = ContentHash()
        hash.mix(document.externalID)
        hash.mix(document.title)
        hash.mix(document.body)
        hash.mix(document.markup)
        hash.mix(document.author)
        hash.mix(document.date)
        hash.mix(document.url)
        hash.mix(UInt64(document.tags.count))
        for tag in document.tags { hash.mix(tag) }
        for (key, value) in document.metadata.sorted(by: { $0.key < $1.key }) {
            hash.mix(key)
            hash.mix(value)
        }
        return Int64(bitPattern: hash.state)
    }

    @inline(__always)
    private mutating func mix(_ word: UInt64) {
        state = (state ^ word) &* 0x9E37_79B9_7F4A_7C15
        state ^= state >> 32
    }

    /// Mixes in a text; none differs from an empty one.
    private mutating func mix(_ text: String?) {
        guard var text else { return mix(UInt64.max) }
        text.withUTF8 { bytes in
            mix(UInt64(bytes.count))
            let raw = UnsafeRawBufferPointer(bytes)
            var offset = 0
            while offset + 8 <= raw.count {
                // Safety: eight bytes are left, checked above.
                mix(raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self).littleEndian)
                offset += 8
            }
            var last: UInt64 = 0
            while offset < raw.count {
                last = last << 8 | UInt64(raw[offset])
                offset += 1
            }
            mix(last)
        }
    }
}

import Documents

/// A 64-bit fingerprint of everything a document says, to tell whether it has changed since it was indexed.
///
/// Fields in a fixed order, each with its length, so that moving text from one field to the next changes it. Eight bytes at
/// a time are multiplied in as in FNV-1a (Fowler, Noll, Vo), with the upper half folded back, which words need and bytes do
/// not; long texts in four lanes, since each multiplication waits for the one before. Documents are only ever compared with
/// their own earlier version, so 64 bits are plenty.
struct DocumentFingerprint {
    private var state: UInt64 = 0xCBF2_9CE4_8422_2325

    /// Stands in a row for the fingerprint of a document that its source is to bring anew, whatever it has.
    static let unknown: Int64 = 0x756E_6B6E_6F77_6E21

    static func of(_ document: Document) -> Int64 {
        var hash = DocumentFingerprint()
        hash.mix(document.externalID)
        hash.mix(document.title)
        hash.mix(document.body)
        hash.mix(document.markup)
        hash.mix(document.author)
        hash.mix(document.date)
        hash.mix(document.url)
        hash.mix(UInt64(document.tags.count))
        for tag in document.tags { hash.mix(tag) }
        if document.metadata.count == 1, let (key, value) = document.metadata.first {
            hash.mix(key)
            hash.mix(value)
        } else if !document.metadata.isEmpty {
            for (key, value) in document.metadata.sorted(by: { $0.key < $1.key }) {
                hash.mix(key)
                hash.mix(value)
            }
        }
        return Int64(bitPattern: hash.state)
    }

    /// That of a document's name in a source.
    static func of(externalID: String, source: SourceID) -> UInt64 {
        var hash = DocumentFingerprint()
        hash.mix(UInt64(bitPattern: source.rawValue))
        hash.mix(externalID)
        return hash.state
    }

    @inline(__always)
    private mutating func mix(_ word: UInt64) { state = Self.mixed(state, word) }

    @inline(__always)
    private static func mixed(_ state: UInt64, _ word: UInt64) -> UInt64 {
        let product = (state ^ word) &* 0x9E37_79B9_7F4A_7C15
        return product ^ product >> 32
    }

    /// Mixes in a text; none differs from an empty one.
    private mutating func mix(_ text: String?) {
        guard var text else { return mix(UInt64.max) }
        text.withUTF8 { bytes in
            mix(UInt64(bytes.count))
            let raw = UnsafeRawBufferPointer(bytes)
            var offset = 0
            if raw.count >= Self.stripe { offset = mixStripes(raw) }
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

    /// Bytes that are taken at a time in long texts: four lanes of eight.
    private static let stripe = 32

    /// Mixes in all whole stripes and returns their bytes.
    private mutating func mixStripes(_ bytes: UnsafeRawBufferPointer) -> Int {
        var (first, second, third, fourth) = (state, state &+ 1, state &+ 2, state &+ 3)
        var offset = 0
        while offset + Self.stripe <= bytes.count {
            // Safety: 32 bytes are left, checked above.
            func word(_ place: Int) -> UInt64 {
                bytes.loadUnaligned(fromByteOffset: offset + place, as: UInt64.self).littleEndian
            }
            first = Self.mixed(first, word(0))
            second = Self.mixed(second, word(8))
            third = Self.mixed(third, word(16))
            fourth = Self.mixed(fourth, word(24))
            offset += Self.stripe
        }
        for lane in [first, second, third, fourth] { mix(lane) }
        return offset
    }
}

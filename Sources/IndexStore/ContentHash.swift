import Documents

/// A 64-bit fingerprint of everything a document says, to tell whether it has changed since it was indexed.
///
/// FNV-1a (Fowler, Noll, Vo) over the fields in a fixed order, each followed by a byte that UTF-8 never has, so that moving
/// text from one field to the next changes it. Documents are only ever compared with their own earlier version.
enum ContentHash {
    static func of(_ document: Document) -> Int64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        func mix(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        func mix(_ text: String?) {
            if let text { for byte in text.utf8 { mix(byte) } } else { mix(0xFE) }
            mix(0xFF)
        }
        mix(document.externalID)
        mix(document.title)
        mix(document.body)
        mix(document.markup)
        mix(document.author)
        mix(document.date)
        mix(document.url)
        for tag in document.tags { mix(tag) }
        for (key, value) in document.metadata.sorted(by: { $0.key < $1.key }) {
            mix(key)
            mix(value)
        }
        return Int64(bitPattern: hash)
    }
}

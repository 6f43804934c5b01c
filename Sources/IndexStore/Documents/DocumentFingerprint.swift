import Documents

/// A 64-bit fingerprint of everything a document says, to tell whether it has changed since it was indexed.
///
/// A ``ChangeHash`` of the fields in a fixed order, each with its length, so that moving text from one field to the next changes it.
/// Documents are only ever compared with their own earlier version, so 64 bits are plenty.
struct DocumentFingerprint {
    private var hash = ChangeHash()

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
        return Int64(bitPattern: hash.hash.value)
    }

    /// That of a document's name in a source.
    static func of(externalID: String, source: SourceID) -> UInt64 {
        var hash = DocumentFingerprint()
        hash.mix(UInt64(bitPattern: source.rawValue))
        hash.mix(externalID)
        return hash.hash.value
    }

    @inline(__always)
    private mutating func mix(_ word: UInt64) { hash.mix(word) }

    /// Mixes in a text; none differs from an empty one.
    private mutating func mix(_ text: String?) {
        guard let text else { return mix(UInt64.max) }
        text.withUTF8Bytes { hash.mix(long: UnsafeRawBufferPointer($0)) }
    }
}

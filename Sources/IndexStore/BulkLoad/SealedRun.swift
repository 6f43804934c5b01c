import TextAnalysis

/// A run that is complete, with its terms in order; valid until its inverter forgets it. Several threads may read it.
struct SealedRun {
    /// A term by the first bytes of its name, which decide nearly all comparisons.
    struct TermKey {
        /// The first eight bytes as a number that sorts like them, zeros behind a shorter name.
        var prefix: UInt64
        var term: UInt32
    }

    /// The terms in the order of their bytes.
    let terms: [TermKey]
    let names: TermView
    let postings: PostingTable.View
    /// Id of document 1.
    let firstID: Int64

    /// The bytes of a term.
    func name(of term: UInt32) -> UnsafeBufferPointer<UInt8> { names.bytes(of: TermID(rawValue: term)) }

    /// The postings of a term: those of which documents, and their encoding.
    func postings(of term: UInt32) -> (first: Int64, last: Int64, bytes: UnsafeRawBufferPointer) {
        let list = postings[term]
        return (firstID + Int64(list.first) - 1, firstID + Int64(list.last) - 1, postings.bytes(of: list))
    }

    /// All terms in the order of their bytes.
    static func order(_ names: TermView) -> [TermKey] {
        var order = (0..<UInt32(names.count)).map { term in
            TermKey(prefix: prefix(of: names.bytes(of: TermID(rawValue: term))), term: term)
        }
        order.sort { left, right in
            left.prefix == right.prefix
                ? names.bytes(of: TermID(rawValue: left.term)).lexicographicallyPrecedes(
                    names.bytes(of: TermID(rawValue: right.term)))
                : left.prefix < right.prefix
        }
        return order
    }

    private static func prefix(of name: UnsafeBufferPointer<UInt8>) -> UInt64 {
        if name.count >= 8, let start = name.baseAddress {
            // Safety: eight bytes, compared just now.
            return UInt64(bigEndian: UnsafeRawPointer(start).loadUnaligned(as: UInt64.self))
        }
        var prefix: UInt64 = 0
        for byte in name { prefix = prefix << 8 | UInt64(byte) }
        return prefix << UInt64(8 * (8 - name.count))
    }
}

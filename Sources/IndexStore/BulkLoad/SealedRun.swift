import TextAnalysis

/// A run that is complete, with its terms in order; valid until its inverter forgets it. Several threads may read it.
struct SealedRun {
    /// A term by the first bytes of its name, which decide nearly all comparisons.
    struct TermKey {
        /// The first eight bytes as a number that sorts like them, zeros behind a shorter name.
        var prefix: UInt64
        /// Its number in the run.
        var term: UInt32
    }

    /// Where its terms and postings are.
    private enum Content {
        case tables(terms: [TermKey], names: TermView, postings: PostingTable.View)
        case part(RunPart)
    }

    private let content: Content
    /// Id of document 1.
    private let firstID: Int64
    /// Number of terms.
    let count: Int

    /// What tables hold, whose terms are in order.
    init(terms: [TermKey], names: TermView, postings: PostingTable.View, firstID: Int64) {
        content = .tables(terms: terms, names: names, postings: postings)
        count = terms.count
        self.firstID = firstID
    }

    /// What was put aside.
    init(_ part: RunPart, firstID: Int64) {
        content = .part(part)
        count = part.count
        self.firstID = firstID
    }

    /// The term at a place in the order of their bytes.
    func key(at index: Int) -> TermKey {
        switch content {
        case .tables(let terms, _, _): terms[index]
        case .part(let part): TermKey(prefix: Self.prefix(of: part[index].name), term: UInt32(index))
        }
    }

    /// The bytes of a term.
    func name(of term: UInt32) -> UnsafeBufferPointer<UInt8> {
        switch content {
        case .tables(_, let names, _): names.bytes(of: TermID(rawValue: term))
        case .part(let part): part[Int(term)].name
        }
    }

    /// The postings of a term: those of which documents, how many, and their encoding.
    func postings(of term: UInt32) -> Postings {
        switch content {
        case .tables(_, _, let postings):
            let list = postings[term]
            return Postings(
                first: firstID + Int64(list.first) - 1, last: firstID + Int64(list.last) - 1, count: Int(list.count),
                bytes: postings.bytes(of: list))
        case .part(let part):
            let entry = part[Int(term)]
            return Postings(
                first: firstID + Int64(entry.first) - 1, last: firstID + Int64(entry.last) - 1,
                count: Int(entry.count), bytes: entry.postings)
        }
    }

    /// What a run has of a term.
    struct Postings {
        var first: Int64
        var last: Int64
        var count: Int
        /// Padding follows.
        var bytes: UnsafeRawBufferPointer
    }

    /// The terms that have postings, in the order of their bytes. A word that is only listed (a noun that a Korean word begins with,
    /// where that is cut off) has a term that may be in no text.
    static func order(_ names: TermView, _ postings: PostingTable.View) -> [TermKey] {
        var keys: [TermKey] = []
        var prefixes: [UInt64] = []
        keys.reserveCapacity(names.count)
        prefixes.reserveCapacity(names.count)
        for term in 0..<UInt32(names.count) where postings[term].count > 0 {
            let prefix = prefix(of: names.bytes(of: TermID(rawValue: term)))
            keys.append(TermKey(prefix: prefix, term: term))
            prefixes.append(prefix)
        }
        return BeginningOrder(of: prefixes) { left, right in
            names.bytes(of: TermID(rawValue: keys[left].term)).lexicographicallyPrecedes(
                names.bytes(of: TermID(rawValue: keys[right].term)))
        }.numbers.map { keys[$0] }
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

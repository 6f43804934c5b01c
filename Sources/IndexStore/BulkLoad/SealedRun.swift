import TextAnalysis

/// A run that is complete, with its terms in order; valid until its inverter forgets it. Several threads may read it.
struct SealedRun {
    /// A term by the first bytes of its name, which decide nearly all comparisons.
    struct TermKey {
        /// The first eight bytes as a number that sorts like them, zeros behind a shorter name.
        var prefix: UInt64
        /// Its number in the run.
        var term: UInt32
        /// Documents that have it.
        var count: UInt32
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
        case .part(let part):
            TermKey(BeginningOrder.Text(part[index].name, number: UInt32(index), note: part[index].count))
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

    /// Where names and postings lie here and there, while nothing was packed.
    var tables: Tables? {
        switch content {
        case .tables(_, let names, let postings): Tables(names: names, postings: postings)
        case .part: nil
        }
    }

    /// See ``tables``.
    struct Tables {
        let names: TermView
        let postings: PostingTable.View

        /// Asks for the places where it stands in memory where a term's name and postings are.
        func fetchPlace(of term: UInt32) {
            names.fetchPlace(of: TermID(rawValue: term))
            postings.fetch(term)
        }

        /// Asks for a term's name and postings, whose places should be there by then.
        func fetchContent(of term: UInt32) {
            names.fetch(TermID(rawValue: term))
            postings.fetchBytes(of: term)
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
        var texts: [BeginningOrder.Text] = []
        texts.reserveCapacity(names.count)
        for term in 0..<UInt32(names.count) {
            let count = postings[term].count
            if count == 0 { continue }
            texts.append(BeginningOrder.Text(names.bytes(of: TermID(rawValue: term)), number: term, note: count))
        }
        return BeginningOrder(of: texts) { left, right in
            names.bytes(of: TermID(rawValue: left)).lexicographicallyPrecedes(names.bytes(of: TermID(rawValue: right)))
        }.texts.map(TermKey.init)
    }
}

extension SealedRun.TermKey {
    fileprivate init(_ text: BeginningOrder.Text) {
        self.init(prefix: text.beginning, term: text.number, count: text.note)
    }
}

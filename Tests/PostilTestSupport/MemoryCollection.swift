import Postings
import Ranking

/// A small collection in memory: documents as lists of terms, and everything the evaluations need, computed the plain way.
public final class MemoryCollection: PostingSource, BlockSource {
    /// A document: the terms of its title and of its body.
    public struct Text {
        /// Terms of the title.
        public var title: [[UInt8]]
        /// Terms of the body.
        public var body: [[UInt8]]
    }

    /// Texts by row id; deleted ones too.
    public let texts: [Int64: Text]
    /// Deleted documents.
    public let deleted: Set<Int64>
    /// One for each cut, as far as it has documents.
    public let segments: [BlockSegment]
    private let ranges: [ClosedRange<Int64>]
    /// The texts by ascending id, and those that are not deleted: asked for again and again.
    private let ordered: [(id: Int64, text: Text)]
    private let live: DocumentBitmap
    private var grids: [Int: [[UInt8]: TermGrid?]] = [:]
    private var postingsByTerm: [[UInt8]: TermPostings] = [:]
    private var blocks: [Int: UnsafeMutablePointer<DocumentLengths>] = [:]

    /// Makes a collection whose documents are split into segments behind the ids in `cuts`.
    ///
    /// - Parameter boundFormula: The formula that the segments' score bounds are made for.
    public init(texts: [Int64: Text], deleted: Set<Int64>, cuts: [Int64], boundFormula: BM25) {
        self.texts = texts
        self.deleted = deleted
        ordered = texts.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        live = ordered.reduce(into: DocumentBitmap()) { if !deleted.contains($1.id) { $0.insert($1.id) } }
        var ranges: [ClosedRange<Int64>] = []
        var low = Int64(0)
        for cut in cuts.sorted() + [Int64.max] where cut >= low {
            let ids = texts.keys.filter { $0 >= low && $0 <= cut }
            if let first = ids.min(), let last = ids.max() { ranges.append(first...last) }
            guard cut < Int64.max else { break }
            low = cut + 1
        }
        self.ranges = ranges
        segments = ranges.map {
            BlockSegment(documents: $0, boundFormula: boundFormula)
        }
    }

    deinit { for pointer in blocks.values { pointer.deallocate() } }

    /// Statistics of the live documents.
    public var statistics: CollectionStatistics {
        let live = texts.filter { !deleted.contains($0.key) }
        return CollectionStatistics(
            documentCount: live.count, totalLength: live.values.reduce(0) { $0 + $1.title.count + $1.body.count })
    }

    /// All postings of live documents.
    public func postings(of term: [UInt8]) -> TermPostings {
        if let known = postingsByTerm[term] { return known }
        var postings = TermPostings()
        for (document, text) in ordered where !deleted.contains(document) {
            append(text, document, term, to: &postings)
        }
        postingsByTerm[term] = postings
        return postings
    }

    /// Tokens of the document.
    public func lengths(of document: Int64) -> DocumentLengths {
        texts[document].map { DocumentLengths(title: UInt32($0.title.count), body: UInt32($0.body.count)) } ?? .none
    }

    /// All documents that are not deleted.
    public func liveDocuments() -> DocumentBitmap { live }

    /// The term's grid in a segment, deleted documents included.
    public func grid(of term: [UInt8], inSegment segment: Int) throws -> TermGrid? {
        if let known = grids[segment]?[term] { return known }
        let made = try makeGrid(of: term, inSegment: segment)
        grids[segment, default: [:]].updateValue(made, forKey: term)
        return made
    }

    private func makeGrid(of term: [UInt8], inSegment segment: Int) throws -> TermGrid? {
        let range = segments[segment]
        var writer = TermGridWriter(firstBlock: range.firstBlock, blockCount: range.blockCount)
        for (document, text) in ordered where ranges[segment].contains(document) {
            let title = UInt32(text.title.count { $0 == term })
            let body = UInt32(text.body.count { $0 == term })
            guard title + body > 0 else { continue }
            let lengths = lengths(of: document)
            let frequency = range.boundFormula.weightedFrequency(titleFrequency: title, bodyFrequency: body, lengths)
            writer.append(
                document: document, titleFrequency: title, bodyFrequency: body,
                part: range.boundFormula.part(weightedFrequency: frequency, lengths))
        }
        guard writer.count > 0 else { return nil }
        return try writer.finish().withUnsafeBytes {
            try TermGrid($0, firstBlock: range.firstBlock, blockCount: range.blockCount)
        }
    }

    /// Lengths and live documents of a block.
    public func documents(inBlock block: Int) -> DocumentBlock {
        let lengths =
            blocks[block]
            ?? {
                let made = UnsafeMutablePointer<DocumentLengths>.allocate(capacity: 64)
                for offset in 0..<64 { made[offset] = self.lengths(of: Int64(block * 64 + offset)) }
                blocks[block] = made
                return made
            }()
        return DocumentBlock(lengths: lengths, live: live.word(block))
    }

    /// The positions of a term, by looking through the texts.
    public func positions(of term: [UInt8], inSegment segment: Int) -> any PositionSource {
        Positions(collection: self, term: term, ranges[segment])
    }

    private final class Positions: PositionSource {
        let collection: MemoryCollection
        let term: [UInt8]

        init(collection: MemoryCollection, term: [UInt8], _ range: ClosedRange<Int64>) {
            self.collection = collection
            self.term = term
            var counts: [UInt32] = []
            var all: [PositionSignature] = []
            var last: Int64 = -1
            for (document, text) in collection.ordered where range.contains(document) {
                var postings = TermPostings()
                collection.append(text, document, term, to: &postings)
                guard !postings.occurrences.isEmpty else { continue }
                if document >> 6 != last { counts.append(UInt32(all.count)) }
                last = document >> 6
                all.append(document % 5 == 0 ? .unknown : PositionSignature(of: postings.occurrences))
            }
            counts.append(UInt32(all.count))
            before = .allocate(capacity: counts.count)
            _ = before.initialize(from: counts)
            known = .allocate(capacity: all.count)
            _ = known.initialize(from: all)
        }

        private var found = UnsafeMutableBufferPointer<UInt32>.allocate(capacity: 0)

        private var before: UnsafeMutableBufferPointer<UInt32>
        private var known: UnsafeMutableBufferPointer<PositionSignature>

        /// Of every fifth document nothing is known.
        var signatures: TermSignatures? {
            guard let before = before.baseAddress, let known = known.baseAddress else { return nil }
            return TermSignatures(before: before, all: known)
        }

        deinit {
            found.deallocate()
            before.deallocate()
            known.deallocate()
        }

        func positions(in document: Int64) -> UnsafeBufferPointer<UInt32> {
            var postings = TermPostings()
            if let text = collection.texts[document] { collection.append(text, document, term, to: &postings) }
            found.deallocate()
            found = .allocate(capacity: postings.occurrences.count)
            _ = found.initialize(from: postings.occurrences)
            return UnsafeBufferPointer(found)
        }
    }

    private func append(_ text: Text, _ document: Int64, _ term: [UInt8], to postings: inout TermPostings) {
        for (position, word) in text.body.enumerated() where word == term {
            postings.append(document: document, isTitle: false, position: UInt32(position))
        }
        for (position, word) in text.title.enumerated() where word == term {
            postings.append(document: document, isTitle: true, position: UInt32(position))
        }
    }
}

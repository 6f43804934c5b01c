import Postings
import TextAnalysis

/// The postings of a run up to somewhere inside of a document, with their terms in order, packed; what comes behind them goes on
/// with the same document.
///
/// A term takes some twenty bytes where it takes two hundred while documents are inverted, so that a text of nothing but different
/// words can be inverted in less memory than all of them need.
///
/// Of each term: length of its name, its name, first document and how many documents behind it the last one is, number of postings,
/// bytes of postings (all as ``Varint``), and the postings as in ``PostingTable``. Example: `abc`, in document 7 only, at position 0 of
/// the body: `03 61 62 63  07 00 01 02  02 02`.
struct RunPart {
    private let bytes: [UInt8]
    /// Where each term begins.
    private let places: [UInt32]

    /// What is known of a term.
    struct Entry {
        var name: UnsafeBufferPointer<UInt8>
        /// First and last document, counted from 1.
        var first: UInt32
        var last: UInt32
        /// Documents that have the term.
        var count: UInt32
        /// Its postings, which more memory follows.
        var postings: UnsafeRawBufferPointer
    }

    /// Bytes behind the last posting, so that a reader can take words of eight.
    private static let padding = [UInt8](repeating: 0, count: Varint.maximumLength)

    /// Packs the terms of a sealed table.
    init(terms: [SealedRun.TermKey], names: TermView, postings: PostingTable.View) {
        var bytes: [UInt8] = []
        var places: [UInt32] = []
        places.reserveCapacity(terms.count)
        var size = Self.padding.count
        for key in terms {
            // Most numbers take a byte, the documents up to five each.
            let name = names.bytes(of: TermID(rawValue: key.term))
            size += name.count + postings.bytes(of: postings[key.term]).count + 16
        }
        bytes.reserveCapacity(size)
        for key in terms {
            let list = postings[key.term]
            let name = names.bytes(of: TermID(rawValue: key.term))
            let encoded = postings.bytes(of: list)
            places.append(UInt32(bytes.count))
            Varint.append(UInt64(name.count), to: &bytes)
            bytes.append(contentsOf: name)
            Varint.append(UInt64(list.first), to: &bytes)
            Varint.append(UInt64(list.last - list.first), to: &bytes)
            Varint.append(UInt64(list.count), to: &bytes)
            Varint.append(UInt64(encoded.count), to: &bytes)
            bytes.append(contentsOf: encoded)
        }
        self.bytes = bytes + Self.padding
        self.places = places
    }

    /// Number of terms.
    var count: Int { places.count }

    /// Bytes of memory.
    var byteCount: Int { bytes.count + places.count * MemoryLayout<UInt32>.stride }

    /// Hands a term to `body`, which may keep none of its addresses longer than the part lasts.
    subscript(index: Int) -> Entry {
        bytes.withUnsafeBytes { bytes in
            // Safety: `init` wrote whole entries, with padding behind the last one; the memory of an array that nobody changes stays.
            guard let base = bytes.baseAddress else { preconditionFailure("term \(index) of an empty part") }
            var place = base + Int(places[index])
            let length = Int(Varint.decode(&place))
            let name = UnsafeBufferPointer(start: place.assumingMemoryBound(to: UInt8.self), count: length)
            place += length
            let first = UInt32(Varint.decode(&place))
            let last = first + UInt32(Varint.decode(&place))
            let count = UInt32(Varint.decode(&place))
            let size = Int(Varint.decode(&place))
            assert(place + size + 8 <= base + bytes.count)
            return Entry(
                name: name, first: first, last: last, count: count,
                postings: UnsafeRawBufferPointer(start: place, count: size))
        }
    }
}

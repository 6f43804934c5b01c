import Postings
import Ranking

/// The sets of documents of the conditions asked for last, up to ``limit`` bytes.
///
/// There are two generations of half of that each. What is asked for again moves from the older into the newer one; when the
/// newer one is full it becomes the older one, whose conditions nobody asked for meanwhile are forgotten. So the conditions of
/// a session stay while one after the other is asked for once.
///
/// Most words are few authors' and tags': of a set with few documents only the words that are not 0 are kept.
struct RecentAnswers {
    /// Bytes of sets that are kept: two hundred large ones of half a million documents, or ten thousand small ones.
    static let limit = 16 << 20
    /// Bytes that a kept set takes beside its documents: its condition, most of all.
    static let overhead = 256

    private enum Answer {
        case whole(DocumentBitmap)
        case few([(block: UInt32, word: UInt64)])

        init(_ documents: DocumentBitmap) {
            let blocks = documents.words.count { $0 != 0 }
            guard 4 * blocks < documents.words.count, documents.words.count <= UInt32.max else {
                self = .whole(documents)
                return
            }
            var few: [(block: UInt32, word: UInt64)] = []
            few.reserveCapacity(blocks)
            for (block, word) in documents.words.enumerated() where word != 0 { few.append((UInt32(block), word)) }
            self = .few(few)
        }

        var documents: DocumentBitmap {
            switch self {
            case .whole(let documents): return documents
            case .few(let few):
                guard let last = few.last else { return DocumentBitmap() }
                var documents = DocumentBitmap(capacity: (Int64(last.block) + 1) << 6)
                for (block, word) in few { documents.set(block: Int(block), to: word) }
                return documents
            }
        }

        var bytes: Int {
            switch self {
            case .whole(let documents): RecentAnswers.overhead + 8 * documents.words.count
            case .few(let few): RecentAnswers.overhead + 16 * few.count
            }
        }
    }

    private let limit: Int
    private var newer: [DocumentFilter: Answer] = [:]
    private var older: [DocumentFilter: Answer] = [:]
    private var newerBytes = 0
    private var olderBytes = 0

    init(limit: Int = RecentAnswers.limit) { self.limit = limit }

    /// Bytes of what is kept.
    var bytes: Int { newerBytes + olderBytes }

    /// The documents of a condition; nil when they are not kept.
    mutating func documents(where filter: DocumentFilter) -> DocumentBitmap? {
        if let known = newer[filter] { return known.documents }
        guard let known = older.removeValue(forKey: filter) else { return nil }
        olderBytes -= known.bytes
        keep(known, filter)
        return known.documents
    }

    /// Keeps the documents of a condition that are not kept yet. A set that is larger than a generation is one by itself.
    mutating func keep(_ documents: DocumentBitmap, where filter: DocumentFilter) {
        keep(Answer(documents), filter)
    }

    private mutating func keep(_ answer: Answer, _ filter: DocumentFilter) {
        let bytes = answer.bytes
        if newerBytes + bytes > limit / 2 {
            swap(&newer, &older)
            newer.removeAll(keepingCapacity: true)
            (newerBytes, olderBytes) = (0, newerBytes)
        }
        newer[filter] = answer
        newerBytes += bytes
    }
}

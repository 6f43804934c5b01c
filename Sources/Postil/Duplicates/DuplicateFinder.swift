import Documents
import IndexStore
import TextAnalysis

/// Finds the documents of an index whose texts are nearly the same.
///
/// All bodies are read once and sketched (``MinHash``); documents whose sketches have a key in common are compared by their
/// own texts, and those that resemble each other by the threshold are joined. So no pair is joined that should not be, and a
/// pair that should be is missed with the probability that `MinHash` tells.
///
/// Equivalent to: `ReferenceDuplicates`, which compares all pairs, up to what is missed.
///
/// Memory: 84 bytes a document, some megabytes of texts on their way, and 64 MB of the shingles of compared texts.
struct DuplicateFinder {
    private let snapshot: IndexSnapshot
    private let threshold: Double
    private var shingler: Shingler
    private var sketches = DocumentSketches()
    private var groups = DisjointSets(count: 0)
    private var comparedPairs = 0
    /// Shingles of documents that were compared, by number: documents of one group meet again in other bands.
    private var known: [Int: ShingleSet] = [:]
    private var knownShingles = 0
    private static let mostKnownShingles = 8 << 20

    init(_ snapshot: IndexSnapshot, threshold: Double, analyzer: any Analyzer) {
        self.snapshot = snapshot
        self.threshold = threshold
        shingler = Shingler(analyzer: analyzer)
    }

    /// Finds all groups, in order of their representatives' row ids.
    ///
    /// - Parameter analyzers: One for each thread that reads.
    mutating func find(analyzers: [any Analyzer], progress: (DuplicateSearchProgress) -> Void) throws
        -> [DuplicateGroup]
    {
        let pass = try SketchingPass(snapshot, hash: MinHash(threshold: threshold), analyzers: analyzers)
        sketches = try pass.run(progress: progress)
        groups = DisjointSets(count: sketches.count)
        for band in 0..<MinHash.bands {
            try sketches.forEachBucket(inBand: band) { try joinAlike($0, band, progress) }
        }
        known = [:]
        var members: [Int: [Int]] = [:]
        for number in 0..<sketches.count {
            let root = groups.root(of: number)
            if root != number { members[root, default: [root]].append(number) }
        }
        return try members.values.map { try group($0) }.sorted { $0.representative < $1.representative }
    }

    /// Joins those documents of a bucket that are alike.
    private mutating func joinAlike(
        _ bucket: ArraySlice<Int>, _ band: Int, _ progress: (DuplicateSearchProgress) -> Void
    ) throws {
        // The bucket's documents by the groups they are in: one that is in a group already is not compared with that again,
        // so that a thousand copies of a text take a thousand comparisons.
        var parts: [[Int]] = []
        for number in bucket {
            var home: Int?
            for index in parts.indices {
                if groups.root(of: parts[index][0]) != groups.root(of: number) {
                    // Who met in an earlier band was compared there.
                    for other in parts[index] where !sketches.meet(number, other, before: band) {
                        comparedPairs += 1
                        progress(.comparing(comparedPairs))
                        guard try shingles(of: number).resemblance(to: shingles(of: other), atLeast: threshold) != nil
                        else { continue }
                        groups.join(number, other)
                        break
                    }
                }
                if groups.root(of: parts[index][0]) == groups.root(of: number) { home = home ?? index }
            }
            if let home { parts[home].append(number) } else { parts.append([number]) }
        }
    }

    private mutating func shingles(of number: Int) throws -> ShingleSet {
        if let set = known[number] { return set }
        let set = shingler.set(of: try document(number).document.body)
        if knownShingles + set.count > Self.mostKnownShingles {
            known = [:]
            knownShingles = 0
        }
        known[number] = set
        knownShingles += set.count
        return set
    }

    private func document(_ number: Int) throws -> StoredDocument {
        guard let document = try snapshot.document(sketches.ids[number]) else {
            throw IndexError.corrupt(
                path: snapshot.path, table: "documents", rowID: sketches.ids[number].rawValue,
                reason: "a document that was listed cannot be looked up")
        }
        return document
    }

    /// The group of some documents, of which there are two or more.
    private mutating func group(_ numbers: [Int]) throws -> DuplicateGroup {
        var members: [(id: DocumentID, date: String?, shingles: ShingleSet)] = []
        for number in numbers {
            let stored = try document(number)
            members.append((stored.id, stored.document.date, shingler.set(of: stored.document.body)))
        }
        // No date sorts behind all dates.
        members.sort { ($0.date ?? "\u{10FFFF}", $0.id) < ($1.date ?? "\u{10FFFF}", $1.id) }
        let first = members[0]
        let others = members.dropFirst().map {
            DuplicateGroup.Member(id: $0.id, similarity: $0.shingles.resemblance(to: first.shingles))
        }
        return DuplicateGroup(
            representative: first.id, others: others.sorted { ($1.similarity, $0.id) < ($0.similarity, $1.id) })
    }
}

/// Sets of numbers that grow by joining (Tarjan 1975): 4 bytes a number.
struct DisjointSets {
    private var parents: [UInt32]

    /// `count` sets of one number each.
    init(count: Int) { parents = (0..<UInt32(count)).map { $0 } }

    /// The number that stands for the set of `number`: the least in it.
    ///
    /// - Complexity: O(log count), amortised; paths are halved on the way.
    mutating func root(of number: Int) -> Int {
        var number = number
        while Int(parents[number]) != number {
            parents[number] = parents[Int(parents[number])]
            number = Int(parents[number])
        }
        return number
    }

    /// Makes one set of the sets of two numbers.
    mutating func join(_ first: Int, _ second: Int) {
        let (first, second) = (root(of: first), root(of: second))
        parents[max(first, second)] = UInt32(min(first, second))
    }
}

import Foundation

/// The seeds of the inputs that a test invents.
///
/// An ordinary run has a stated number of them. With `POSTIL_FUZZ_SECONDS` there are as many as that time allows, from a random
/// one on (`POSTIL_SEED` names it). A trap ends the process and all that it could say, so the seed that is being tried stands in
/// `postil-fuzz/NAME` of the temporary folder.
public struct FuzzSeeds: Sequence, IteratorProtocol {
    private var following: UInt64
    private var rest: Int
    private let end: ContinuousClock.Instant?
    private let mark: FileHandle?
    /// How many there were.
    public private(set) var count = 0

    /// Seeds for the test called `name`.
    ///
    /// - Parameter usual: How many an ordinary run has.
    public init(_ name: String, usual: Int) throws {
        let variables = ProcessInfo.processInfo.environment
        guard let seconds = variables["POSTIL_FUZZ_SECONDS"].flatMap(Int.init) else {
            (following, rest, end, mark) = (0, usual, nil, nil)
            return
        }
        following = variables["POSTIL_SEED"].flatMap(UInt64.init) ?? .random(in: 0...UInt64(UInt32.max))
        rest = .max
        end = .now + .seconds(seconds)
        let folder = FileManager.default.temporaryDirectory.appending(path: "postil-fuzz")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let file = folder.appending(path: name)
        try Data().write(to: file)
        mark = try FileHandle(forWritingTo: file)
    }

    /// The next seed; nil when there are enough.
    public mutating func next() -> UInt64? {
        guard rest > 0 else { return nil }
        if let end, count % 16 == 0, ContinuousClock.now >= end { return nil }
        rest -= 1
        count += 1
        following += 1
        if let mark {
            // Twenty digits, so that no seed leaves some of the one before it.
            let digits = String(following - 1)
            let line = String(repeating: "0", count: 20 - digits.count) + digits + "\n"
            do {
                try mark.seek(toOffset: 0)
                try mark.write(contentsOf: Data(line.utf8))
            } catch {
                return nil
            }
        }
        return following - 1
    }
}

/// Makes inputs out of others, as fuzzers do.
public struct ByteMutation: Sendable {
    private let corpus: [[UInt8]]
    private static let interesting: [UInt8] = [0, 1, 0x0A, 0x20, 0x22, 0x7F, 0x80, 0xBF, 0xC3, 0xE2, 0xF0, 0xFF]

    /// Inputs are made of pieces of these.
    public init(_ corpus: [[UInt8]]) { self.corpus = corpus }

    /// Inputs are made of pieces of these.
    public init(_ corpus: [String]) { self.init(corpus.map { Array($0.utf8) }) }

    /// An input of at most `limit` bytes; the same for the same seed.
    public func input(_ seed: UInt64, limit: Int = 20_000) -> [UInt8] {
        var random = SplitMix64(seed: seed)
        var bytes = corpus.randomElement(using: &random) ?? []
        for _ in 0..<Int.random(in: 1...8, using: &random) { change(&bytes, &random) }
        return Array(bytes.prefix(limit))
    }

    private func change(_ bytes: inout [UInt8], _ random: inout SplitMix64) {
        func place(_ random: inout SplitMix64) -> Int { Int.random(in: 0...bytes.count, using: &random) }
        func range(_ random: inout SplitMix64) -> Range<Int> {
            let start = place(&random)
            return start..<min(bytes.count, start + Int.random(in: 0...40, using: &random))
        }
        switch Int.random(in: 0..<9, using: &random) {
        case 0 where !bytes.isEmpty:
            bytes[Int.random(in: 0..<bytes.count, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        case 1 where !bytes.isEmpty:
            bytes[Int.random(in: 0..<bytes.count, using: &random)] = Self.interesting.randomElement(using: &random)!
        case 2: bytes.insert(UInt8.random(in: 0...255, using: &random), at: place(&random))
        case 3: bytes.removeSubrange(range(&random))
        case 4: bytes.replaceSubrange(range(&random), with: bytes[range(&random)])
        case 5:
            let piece = Array(bytes[range(&random)])
            let times = [2, 3, 10, 100, 300].randomElement(using: &random)!
            bytes.insert(contentsOf: Array(repeatElement(piece, count: times).joined()), at: place(&random))
        case 6:
            let other = corpus.randomElement(using: &random) ?? []
            let start = Int.random(in: 0...other.count, using: &random)
            bytes.replaceSubrange(place(&random)..., with: other[start...])
        case 7: bytes.removeSubrange(place(&random)...)
        default:
            let other = corpus.randomElement(using: &random) ?? []
            let start = Int.random(in: 0...other.count, using: &random)
            bytes.insert(
                contentsOf: other[start..<min(other.count, start + Int.random(in: 0...30, using: &random))],
                at: place(&random))
        }
    }
}

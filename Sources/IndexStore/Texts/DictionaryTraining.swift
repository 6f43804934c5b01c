import CZstd

/// Makes a dictionary of the pieces that recur most in a sample of texts.
///
/// The sample is cut into parts, and of each part the segment is taken whose words of eight bytes occur most often in the
/// sample, words that are in the dictionary already aside; several times, until the dictionary is full. That is the cover of
/// Liao, Petri, Moffat and Wirth (Effective Construction of Relative Lempel-Ziv Dictionaries, WWW 2016) with words counted by
/// their hash; zstd then adds the statistics of its codes. Equal documents give equal dictionaries.
struct DictionaryTraining {
    /// Bytes of a segment.
    private static let segmentBytes = 200
    /// Bytes of the words that are counted.
    private static let wordBytes = 8
    /// Two to this power counters.
    private static let counterBits = 18
    /// Bytes of the sample; twice as many gain less than a thousandth.
    private static let sampleBytes = 2 << 20
    /// Times that a segment is taken from each part.
    private static let rounds = 4
    /// Every so many texts of the sample give the statistics.
    private static let statisticsStep = 8

    private var sample: [UInt8] = []
    private var lengths: [Int] = []
    private var statisticsSample: [UInt8] = []
    private var statisticsLengths: [Int] = []
    private let capacity: Int

    /// Samples documents evenly.
    init(_ documents: [NewDocument]) {
        let total = documents.reduce(0) { $0 + $1.textBytes }
        capacity = min(TextFrameFormat.dictionaryCapacity, total / 64)
        let step = max(1, total / Self.sampleBytes)
        var record: [UInt8] = []
        for index in stride(from: 0, to: documents.count, by: step) {
            StoredTexts.encode(documents[index].document, into: &record)
            // One long text must not crowd out the others.
            record.removeSubrange(min(record.count, 1 << 16)...)
            if lengths.count % Self.statisticsStep == 0 {
                statisticsSample += record
                statisticsLengths.append(record.count)
            }
            sample += record
            lengths.append(record.count)
        }
    }

    /// The dictionary; nil when the texts have too little in common for one.
    ///
    /// - Complexity: O(sample), some 40 ms.
    func dictionary(id: UInt32) -> [UInt8]? {
        let content = segments()
        guard content.count >= 256, let statisticsCount = UInt32(exactly: statisticsLengths.count) else { return nil }
        let parameters = ZDICT_params_t(compressionLevel: TextFrameFormat.level, notificationLevel: 0, dictID: id)
        var isMade = false
        let dictionary = [UInt8](unsafeUninitializedCapacity: TextFrameFormat.dictionaryCapacity) { buffer, count in
            let size = ZDICT_finalizeDictionary(
                buffer.baseAddress, buffer.count, content, content.count, statisticsSample, statisticsLengths,
                statisticsCount, parameters)
            guard ZDICT_isError(size) == 0 else { return }
            count = size
            isMade = true
        }
        return isMade ? dictionary : nil
    }

    /// The best segments, part after part and several times round. Those of the first round are the best ones; they stand
    /// last, where they are nearest to the texts that refer to them.
    private func segments() -> [UInt8] {
        let limit = capacity / Self.segmentBytes
        guard limit > 0, sample.count >= 2 * capacity else { return [] }
        let parts = max(1, limit / Self.rounds)
        var counts = [UInt32](repeating: 0, count: 1 << Self.counterBits)
        var occurrences = [UInt16](repeating: 0, count: counts.count)
        var chosen: [Range<Int>] = []
        sample.withUnsafeBytes { sample in
            for place in 0...sample.count - Self.wordBytes { counts[Self.counter(sample, place)] += 1 }
            let partBytes = sample.count / parts
            for _ in 0..<Self.rounds {
                for part in 0..<parts {
                    let range = part * partBytes..<(part + 1) * partBytes
                    guard chosen.count < limit,
                        let start = Self.bestSegment(of: sample, in: range, counts, &occurrences)
                    else { continue }
                    var words = start...min(start + Self.segmentBytes, range.upperBound) - Self.wordBytes
                    while words.count > 1, counts[Self.counter(sample, words.lowerBound)] == 0 {
                        words = words.lowerBound + 1...words.upperBound
                    }
                    while words.count > 1, counts[Self.counter(sample, words.upperBound)] == 0 {
                        words = words.lowerBound...words.upperBound - 1
                    }
                    for place in words { counts[Self.counter(sample, place)] = 0 }
                    chosen.append(words.lowerBound..<words.upperBound + Self.wordBytes)
                }
            }
        }
        return chosen.reversed().flatMap { sample[$0] }
    }

    /// Where the segment begins whose words, each counted once, occur most often; nil when none has a word that is left.
    private static func bestSegment(
        of sample: UnsafeRawBufferPointer, in range: Range<Int>, _ counts: [UInt32], _ occurrences: inout [UInt16]
    ) -> Int? {
        let words = segmentBytes - wordBytes + 1
        guard range.count >= wordBytes else { return nil }
        let places = range.lowerBound...range.upperBound - wordBytes
        var score: UInt64 = 0
        var best: (start: Int, score: UInt64) = (0, 0)
        func leave(_ place: Int) {
            let word = counter(sample, place)
            occurrences[word] -= 1
            if occurrences[word] == 0 { score -= UInt64(counts[word]) }
        }
        var start = places.lowerBound
        for place in places {
            let word = counter(sample, place)
            if occurrences[word] == 0 { score += UInt64(counts[word]) }
            occurrences[word] += 1
            if place - start == words {
                leave(start)
                start += 1
            }
            if score > best.score { best = (start, score) }
        }
        while start <= places.upperBound {
            leave(start)
            start += 1
        }
        return best.score > 0 ? best.start : nil
    }

    /// The counter of the word at a place.
    @inline(__always)
    private static func counter(_ sample: UnsafeRawBufferPointer, _ place: Int) -> Int {
        assert(place >= 0 && place + wordBytes <= sample.count)
        // Safety: every place has a whole word before the end of the sample; the callers' ranges end there.
        let word = sample.loadUnaligned(fromByteOffset: place, as: UInt64.self)
        return Int(
            truncatingIfNeeded: (UInt64(littleEndian: word) &* 0x9E37_79B9_7F4A_7C15) >> (64 - UInt64(counterBits)))
    }
}

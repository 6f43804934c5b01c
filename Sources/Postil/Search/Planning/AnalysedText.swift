import TextAnalysis

/// The words of a piece of query text: their terms, one for each position, and what else may stand for some of them.
struct AnalysedText {
    /// One term for each position, in order; of a word with signs (`C++`) the one with them.
    private(set) var terms: [[UInt8]] = []
    /// Distance of each term from the first.
    private(set) var offsets: [Int] = []
    /// Where each term stands in the text, in UTF-8.
    private(set) var ranges: [Range<Int>] = []
    /// The words, in order.
    private(set) var words: [Word] = []

    /// A word of the text.
    struct Word {
        /// Its terms among those of the text: several of a compound.
        var parts: Range<Int>
        /// A compound's joined form (`mesaoptimizer` for `mesa-optimizer`), where the analyzer makes one.
        var joined: [UInt8]?
        /// The parts of an identifier (`right` and `split` of `rightSplit`).
        var inner: [[UInt8]] = []
        /// The ways in which the parts follow each other: *i phone 15* and *iphone 15* for `iPhone15`. Of a compound only those in
        /// which an identifier is taken apart: *llama 3 1* for `llama3.1`.
        var rows: [[[UInt8]]] = []
        /// Of a word with signs, the one without them.
        var unsigned: [UInt8]?
    }

    /// Whether the text has more terms than were asked for.
    private(set) var isCut = false

    private struct Place {
        var term: [UInt8]
        var range: Range<Int>
        var position: Int
        var others: [(term: [UInt8], range: Range<Int>)] = []
    }

    private let text: String

    /// Analyses the text as a query, or as the beginning of a word, up to a number of terms.
    init(_ text: String, by analyzer: any Analyzer, for purpose: AnalysisPurpose = .query, limit: Int = .max) {
        self.text = text
        var text = text
        var places: [Place] = []
        var isCut = false
        text.withUTF8 { bytes in
            analyzer.analyze(bytes, for: purpose) { token in
                if isCut { return }
                isCut = !token.isColocated && places.count == limit
                if isCut { return }
                let term = Array(token.term)
                if token.isColocated, !places.isEmpty {
                    places[places.count - 1].others.append((term, token.start..<token.end))
                } else {
                    places.append(Place(term: term, range: token.start..<token.end, position: token.position))
                }
            }
        }
        self.isCut = isCut
        if places.count == 1, places[0].others.isEmpty {
            // Most words.
            terms = [places[0].term]
            offsets = [0]
            ranges = [places[0].range]
            words = [Word(parts: 0..<1)]
        } else {
            take(places)
        }
    }

    private mutating func take(_ places: [Place]) {
        terms = places.map(\.term)
        offsets = places.map { $0.position - places[0].position }
        ranges = places.map(\.range)
        var index = 0
        while index < places.count {
            let place = places[index]
            var word = Word(parts: index..<index + 1)
            var inner: [(term: [UInt8], range: Range<Int>)] = []
            for (term, range) in place.others {
                if place.range.contains(range) {
                    inner.append((term, range))
                } else if index + 1 < places.count, range.contains(places[index + 1].range) {
                    word.joined = term
                    let end = places[index...].firstIndex { !range.contains($0.range) } ?? places.count
                    word.parts = index..<end
                } else {
                    word.unsigned = place.term
                    terms[index] = term
                }
            }
            word.inner = inner.map(\.term)
            word.rows = Self.rows(of: inner, in: place.range)
            if word.parts.count > 1 { word.rows = Self.rows(ofParts: places[word.parts]) }
            index = word.parts.upperBound
            words.append(word)
        }
    }

    /// The parts of an identifier in a row, from the shortest ones and from the longest ones; a part that is there twice
    /// (`NaNa`) leaves a gap, and then the parts stand as they come.
    private static func rows(of parts: [(term: [UInt8], range: Range<Int>)], in whole: Range<Int>) -> [[[UInt8]]] {
        func row(_ isBetter: (Range<Int>, Range<Int>) -> Bool) -> [[UInt8]]? {
            var terms: [[UInt8]] = []
            var start = whole.lowerBound
            while start < whole.upperBound {
                let next = parts.filter { $0.range.lowerBound == start }.max { isBetter($1.range, $0.range) }
                guard let next, !next.range.isEmpty else { return nil }
                terms.append(next.term)
                start = next.range.upperBound
            }
            return terms
        }
        guard parts.count > 1 else { return [] }
        let rows = [row { $0.count < $1.count }, row { $0.count > $1.count }].compactMap { $0 }
        if rows.isEmpty { return [parts.map(\.term)] }
        return rows.count == 2 && rows[0] == rows[1] ? [rows[0]] : rows
    }

    /// The parts of a compound in a row, those that are identifiers taken apart.
    private static func rows(ofParts places: ArraySlice<Place>) -> [[[UInt8]]] {
        let ofPart: [[[[UInt8]]]] = places.map { place in
            rows(of: place.others.filter { place.range.contains($0.range) }, in: place.range)
        }
        return (0..<(ofPart.map(\.count).max() ?? 0)).map { number in
            var row: [[UInt8]] = []
            for (place, rows) in zip(places, ofPart) {
                row += number < rows.count ? rows[number] : rows.last ?? [place.term]
            }
            return row
        }
    }

    /// The words of a text that need not all be there: in scripts without blanks those of a dictionary, of several terms each,
    /// instead of pairs of characters.
    ///
    /// - Complexity: O(terms), and O(length of the text) where a dictionary is asked.
    var looseWords: [Word] {
        let spoken = spokenRanges
        guard !spoken.isEmpty else { return words }
        var loose: [Word] = []
        var index = 0
        var last: Int?
        for word in words {
            let range = ranges[word.parts.lowerBound].lowerBound..<ranges[word.parts.upperBound - 1].upperBound
            guard DictionaryWords.havePart(terms[word.parts.lowerBound]) else {
                loose.append(word)
                last = nil
                continue
            }
            while index < spoken.count, spoken[index].upperBound < range.upperBound { index += 1 }
            // What is left are pairs across two words.
            guard index < spoken.count, spoken[index].contains(range) else { continue }
            if index == last, let before = loose.popLast() {
                loose.append(Word(parts: before.parts.lowerBound..<word.parts.upperBound))
            } else {
                loose.append(word)
            }
            last = index
        }
        return loose
    }

    /// Where the words of a dictionary lie, in UTF-8. One of a single character, which has no pair, goes with the word before it,
    /// the first one with that behind it.
    private var spokenRanges: [Range<Int>] {
        var joined: [Range<Int>] = []
        // Whether the last of these has a pair.
        var hasPair = false
        var place = ranges.startIndex
        for range in DictionaryWords.ranges(in: text) {
            while place < ranges.endIndex, ranges[place].lowerBound < range.lowerBound { place += 1 }
            let isWord = place < ranges.endIndex && range.contains(ranges[place])
            if let before = joined.last, !isWord || !hasPair {
                joined[joined.count - 1] = before.lowerBound..<range.upperBound
                hasPair = hasPair || isWord
            } else {
                joined.append(range)
                hasPair = isWord
            }
        }
        return joined
    }

    /// Whether the text is one word with one term and nothing else that stands for it.
    var isPlain: Bool {
        terms.count == 1 && words[0].joined == nil && words[0].inner.isEmpty && words[0].unsigned == nil
    }

    /// Every term of the text, also those that stand for several or for a part of one.
    var everyTerm: [[UInt8]] { terms + words.flatMap { $0.inner + [$0.joined, $0.unsigned].compactMap { $0 } } }

    /// Whether the text, which has no blanks in it, is the name of one thing, of which a part alone says nothing: a number, a
    /// date, an address.
    var isName: Bool {
        guard words.count > 1 else { return false }
        let bytes = text.utf8
        return bytes.contains(UInt8(ascii: "@")) || bytes.starts(with: "10.".utf8) || bytes.starts(with: "www.".utf8)
            || zip(bytes, bytes.dropFirst()).contains { $0 == UInt8(ascii: "/") && $1 == UInt8(ascii: "/") }
            || !terms.contains(where: Self.saysSomething)
    }

    /// Whether a part of a compound may be looked for alone: `optimizer` of *mesa-optimizer*, but not `4` of *GPT-4*.
    static func saysSomething(_ term: [UInt8]) -> Bool {
        term.count > 1 && !term.contains { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }

    /// The sequences of terms that mean the text as a phrase, with their offsets: as it is written; with compounds written
    /// together (`wifi` for `wi-fi`); with identifiers written apart (`right split` for `rightSplit`).
    var sequences: [(terms: [[UInt8]], offsets: [Int])] {
        var sequences = [(terms: terms, offsets: offsets)]
        if words.contains(where: { $0.joined != nil }) {
            sequences.append(Self.inARow(words.flatMap { $0.joined.map { [$0] } ?? Array(terms[$0.parts]) }))
        }
        for number in 0..<2 where words.contains(where: { number < $0.rows.count }) {
            sequences.append(
                Self.inARow(
                    words.flatMap {
                        (number < $0.rows.count ? $0.rows[number] : $0.rows.last) ?? Array(terms[$0.parts])
                    }))
        }
        if let decimals = Self.decimals(of: text), terms.count == 2 {
            sequences.append((terms, [0, decimals]))
        }
        return sequences
    }

    /// Of a number with decimals how many groups of thousands stand before these where a text sets them apart: 3 of
    /// `1234567.89`, which is in *1,234,567.89*; nil for what is no such number.
    private static func decimals(of text: String) -> Int? {
        guard text.utf8.contains(UInt8(ascii: ".")) else { return nil }
        let halves = text.split(separator: ".", omittingEmptySubsequences: false)
        guard halves.count == 2, halves[0].count > 3,
            halves.allSatisfy({ !$0.isEmpty && $0.allSatisfy { $0.isASCII && $0.isNumber } })
        else { return nil }
        return (halves[0].count + 2) / 3
    }

    private static func inARow(_ terms: [[UInt8]]) -> (terms: [[UInt8]], offsets: [Int]) {
        (terms, Array(terms.indices))
    }
}

extension Range where Bound == Int {
    fileprivate func contains(_ other: Range<Int>) -> Bool {
        lowerBound <= other.lowerBound && other.upperBound <= upperBound
    }
}

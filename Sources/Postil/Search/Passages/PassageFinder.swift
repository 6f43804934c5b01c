import TextAnalysis

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Finds the passage of a document that says most about a query, and marks the query's terms in it.
///
///     text ──> matches ──> best run of them ──> window around it ──> snippet
///              PassageTerms   MatchRun             PassageWindow
struct PassageFinder {
    /// Sees the tokens of a text, which is given in UTF-8.
    typealias TokenVisit = (Token, UnsafeBufferPointer<UInt8>) -> Void

    private let analyzer: any Analyzer
    let terms: PassageTerms
    private let numbers: [[UInt8]: Int]
    /// A bit for each term's ``fingerprint(of:)``.
    private let fingerprints: UInt64
    /// Most Unicode scalars of a passage, at least 1.
    let length: Int

    /// Prepares to find passages of up to `length` Unicode scalars, with the ellipses, at least 1.
    init(analyzer: any Analyzer, terms: PassageTerms, length: Int) {
        self.analyzer = analyzer
        self.terms = terms
        self.length = max(1, length)
        numbers = Dictionary(terms.terms.enumerated().map { ($1, $0) }) { first, _ in first }
        fingerprints = terms.terms.reduce(0) { bits, term in
            term.withUnsafeBufferPointer { bits | PassageFinder.fingerprint(of: $0) }
        }
    }

    /// The best passage of `text`; its beginning when no term occurs.
    ///
    /// - Parameter visit: Is handed every token of the text on the way, with the text's UTF-8.
    /// - Complexity: One analysis of the text, and O(m) for m matches.
    func passage(of text: String, visiting visit: TokenVisit = { _, _ in }) -> Snippet {
        var text = text
        text.makeContiguousUTF8()
        let whole = text
        return text.withUTF8 { bytes in
            let matches = matches(in: bytes, visiting: visit)
            let run = MatchRun.best(of: matches, weights: terms.weights, length: PassageWindow.room(in: length))
            let core = run.map { run in
                matches[run.lowerBound].bytes.lowerBound..<(matches[run].map(\.bytes.upperBound).max() ?? 0)
            }
            var snippet = PassageWindow(around: core, in: bytes, of: whole, length: length).snippet(marking: matches)
            snippet.page = Self.page(of: core?.lowerBound ?? 0, in: bytes)
            return snippet
        }
    }

    /// The beginning of a text in which no term occurs.
    func beginning(of text: String) -> Snippet {
        var text = text
        text.makeContiguousUTF8()
        let whole = text
        return text.withUTF8 { bytes in
            var snippet = PassageWindow(around: nil, in: bytes, of: whole, length: length).snippet(marking: [])
            snippet.page = Self.page(of: 0, in: bytes)
            return snippet
        }
    }

    /// The page of a place in a text whose pages are parted by form feeds.
    static func page(of place: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        // Safety: memchr looks at bytes.count bytes.
        guard let base = bytes.baseAddress, memchr(base, 0x0C, bytes.count) != nil else { return nil }
        return 1 + bytes[..<place].count { $0 == 0x0C }
    }

    /// Where the terms stand in a text, ascending in their starts.
    func matches(in bytes: UnsafeBufferPointer<UInt8>, visiting visit: TokenVisit) -> [PassageMatch] {
        var matches: [PassageMatch] = []
        analyzer.analyze(bytes, for: .document) { token in
            visit(token, bytes)
            guard fingerprints & PassageFinder.fingerprint(of: token.term) != 0,
                let number = numbers[Array(token.term)]
            else { return }
            let range = token.start..<token.end
            matches.append(PassageMatch(bytes: range, scalars: range, term: number, position: token.position))
        }
        if !terms.companies.isEmpty || terms.isFree.contains(false) { dropLoneStopWords(&matches) }
        func isBefore(_ left: PassageMatch, _ right: PassageMatch) -> Bool {
            (left.bytes.lowerBound, left.bytes.upperBound) < (right.bytes.lowerBound, right.bytes.upperBound)
        }
        // A compound's joined form begins before the part it comes behind.
        if zip(matches, matches.dropFirst()).contains(where: { isBefore($1, $0) }) { matches.sort(by: isBefore) }
        countScalars(&matches, in: bytes)
        return matches
    }

    /// A bit that most other terms do not have: a token is then told apart from the query's terms without an array of it.
    private static func fingerprint(of term: UnsafeBufferPointer<UInt8>) -> UInt64 {
        guard let first = term.first, let last = term.last else { return 0 }
        return 1 << UInt64((term.count &* 31 &+ Int(first) &* 7 &+ Int(last) &* 3) & 63)
    }

    /// Leaves stop words out that do not stand in their phrase.
    private func dropLoneStopWords(_ matches: inout [PassageMatch]) {
        var places: [[Int]] = terms.terms.map { _ in [] }
        for match in matches { places[match.term].append(match.position) }
        func stands(_ term: Int, in range: ClosedRange<Int>) -> Bool {
            let positions = places[term]
            let found = positions.partitioningIndex { $0 >= range.lowerBound }
            return found < positions.count && positions[found] <= range.upperBound
        }
        func stands(_ match: PassageMatch, in company: PassageTerms.Company) -> Bool {
            company.terms.indices.contains { place in
                guard company.terms[place] == match.term else { return false }
                return company.terms.indices.allSatisfy { other in
                    guard let offsets = company.offsets else {
                        return stands(
                            company.terms[other],
                            in: match.position - company.reach...match.position + company.reach)
                    }
                    let position = match.position + offsets[other] - offsets[place]
                    return stands(company.terms[other], in: position...position)
                }
            }
        }
        matches.removeAll { match in
            !terms.isFree[match.term] && !terms.companies.contains { stands(match, in: $0) }
        }
    }

    /// Measures where matches stand in scalars, from the first one on.
    private func countScalars(_ matches: inout [PassageMatch], in bytes: UnsafeBufferPointer<UInt8>) {
        guard var place = matches.first?.bytes.lowerBound else { return }
        var scalars = 0
        for index in matches.indices {
            let range = matches[index].bytes
            scalars += bytes.scalarCount(in: place..<range.lowerBound)
            place = range.lowerBound
            matches[index].scalars = scalars..<scalars + bytes.scalarCount(in: range)
        }
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// Unicode scalars that begin in a range of valid UTF-8.
    fileprivate func scalarCount(in range: Range<Int>) -> Int {
        // Wrapping additions of bytes that are not continuations: the compiler makes a loop over vectors of it.
        UnsafeBufferPointer(rebasing: self[range]).reduce(0) { $0 &+ ($1 & 0xC0 == 0x80 ? 0 : 1) }
    }
}

import TextAnalysis

/// Holds a field's value to what a query asks for, by the words of both: the rule for all fields
/// (Documentation/Decisions/words.md).
///
/// Words are folded as those of texts are and not stemmed, so that case, accents and the form of Unicode do not matter. It
/// serves one connection, on one thread at a time.
final class FieldWords {
    private let analyzer: TextAnalyzer
    /// What a query asks for, analysed once.
    private var wanted: [String: [[UInt8]]] = [:]
    private var wantedParts: [String: [[[UInt8]]]] = [:]
    /// Answers for values, many of which many documents share.
    private var answers: [Question: Bool] = [:]

    private struct Question: Hashable {
        var value: String
        var wanted: String
        var isBeginning: Bool
        var isTag: Bool
    }

    /// Values whose answers are kept; as many authors as a large collection has take a megabyte.
    private static let maximumAnswers = 10_000

    init() throws { analyzer = try TextAnalyzer(.none) }

    /// Whether `value` has all words of `text`, in any order; the last one may be the beginning of a word. A text without
    /// words has to stand in the value as it is. Numbers are compared by what they count: 5 is 5.0, and not -5.
    func matches(_ value: String, _ text: String, isBeginning: Bool) -> Bool {
        answer(Question(value: value, wanted: text, isBeginning: isBeginning, isTag: false)) {
            if !isBeginning, let number = ValueOrder.number(text), let own = Self.number(value) { return own == number }
            let wanted = wantedWords(of: text)
            guard !wanted.isEmpty else { return value.contains(text) }
            let words = everyWord(of: value)
            return wanted.enumerated().allSatisfy { place, word in
                let mayGoOn = isBeginning && place == wanted.count - 1
                return words.contains(word) || mayGoOn && words.contains { $0.starts(with: word) }
            }
        }
    }

    /// What a value counts; nil for one that is written as no number is, such as `1.10`, which may be a version, and `007`.
    private static func number(_ value: String) -> Double? {
        let digits = value.first == "-" ? value.dropFirst() : value[...]
        let isPlain = digits.first != "0" || digits.count == 1 || digits.hasPrefix("0.")
        guard isPlain, !(digits.contains(".") && digits.last == "0") else { return nil }
        return ValueOrder.number(value)
    }

    /// Whether the tag `value` is `text`, or lies in it: `project/alpha` is in `project`. Of the last part a beginning is enough
    /// when `isBeginning`. Of a text behind ``anyWords`` the tag has the words, as the value of another field has:
    /// `*/safety` is in `AI safety`.
    func matchesTag(_ value: String, _ text: String, isBeginning: Bool) -> Bool {
        if text.hasPrefix(Self.anyWords) {
            return matches(value, String(text.dropFirst(Self.anyWords.count)), isBeginning: isBeginning)
        }
        return answer(Question(value: value, wanted: text, isBeginning: isBeginning, isTag: true)) {
            let wanted = wantedParts(of: text)
            let parts = Self.parts(of: value).map { words(of: $0, for: .query) }
            guard !wanted.isEmpty, wanted.count <= parts.count else { return false }
            return wanted.enumerated().allSatisfy { place, part in
                if part.isEmpty { return value == text }
                let own = parts[place]
                guard isBeginning, place == wanted.count - 1 else { return own == part }
                return own.count >= part.count && own.starts(with: part.dropLast())
                    && own[part.count - 1].starts(with: part[part.count - 1])
            }
        }
    }

    /// Stands before words that may be anywhere in a tag.
    static let anyWords = "*/"

    /// The words that a value is found by.
    func everyWord(of value: String) -> Set<[UInt8]> {
        var words = Set(words(of: value, for: .document))
        // O'Neil is found as *oneil*, too.
        if let joined = Self.joined(value) { words.formUnion(self.words(of: joined, for: .document)) }
        return words
    }

    /// A value without its apostrophes; nil when it has none.
    static func joined(_ value: String) -> String? {
        let mayHaveSome = value.utf8.contains { $0 == UInt8(ascii: "'") || $0 >= 0x80 }
        guard mayHaveSome else { return nil }
        let joined = value.filter { !WordJoiner.isApostrophe($0) }
        return joined.utf8.count < value.utf8.count ? joined : nil
    }

    /// The words that ``matches(_:_:isBeginning:)`` looks for.
    func words(of text: String) -> [[UInt8]] { wantedWords(of: text) }

    /// The words that ``matchesTag(_:_:isBeginning:)`` looks for.
    func tagWords(of tag: String) -> [[UInt8]] { wantedParts(of: tag).flatMap { $0 } }

    /// The words of a tag that ``matchesTag(_:_:isBeginning:)`` compares.
    func words(ofTag value: String) -> [[UInt8]] {
        Self.parts(of: value).flatMap { words(of: $0, for: .query) } + everyWord(of: value)
    }

    private func answer(_ question: Question, _ find: () -> Bool) -> Bool {
        if let known = answers[question] { return known }
        let answer = find()
        if answers.count >= Self.maximumAnswers { answers.removeAll(keepingCapacity: true) }
        answers[question] = answer
        return answer
    }

    private func wantedWords(of text: String) -> [[UInt8]] {
        if let known = wanted[text] { return known }
        let words = words(of: text, for: .query)
        wanted[text] = words
        return words
    }

    private func wantedParts(of tag: String) -> [[[UInt8]]] {
        if let known = wantedParts[tag] { return known }
        let parts = Self.parts(of: tag).map { words(of: $0, for: .query) }
        wantedParts[tag] = parts
        return parts
    }

    private static func parts(of tag: String) -> [String] {
        tag.split(separator: "/", omittingEmptySubsequences: true).map(String.init)
    }

    /// The terms of a text. For a query those that stand beside others are left out, but a word with signs (`C++`) stands for
    /// the one without them.
    private func words(of text: String, for purpose: AnalysisPurpose) -> [[UInt8]] {
        var text = text
        var words: [[UInt8]] = []
        var end = 0
        text.withUTF8 { bytes in
            analyzer.analyze(bytes, for: purpose) { token in
                let term = Array(token.term)
                if purpose == .document || !token.isColocated {
                    words.append(term)
                    end = token.end
                } else if token.end > end, term.contains(where: { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "#") })
                {
                    words[words.count - 1] = term
                }
            }
        }
        return words
    }

    // MARK: In SQL

    /// Makes `postil_field(value, text, isBeginning)`, `postil_tag(value, text, isBeginning)`,
    /// `postil_number(value, lower, includesLower, upper, includesUpper)` and `postil_nested(value, path)`, the list of what JSON has
    /// at `a.b`, known to a connection.
    static func register(on connection: OpaquePointer) throws {
        var known: FieldWords?
        func words() throws -> FieldWords {
            let words = try known ?? FieldWords()
            known = words
            return words
        }
        func add(_ name: String, _ matches: @escaping (String, String, Bool) throws -> Bool) throws {
            try SQLFunction(name, argumentCounts: 3...3) { arguments, _ in
                guard let value = arguments[0].text, case .text(let wanted) = arguments[1] else { return .integer(0) }
                return .integer(try matches(value, wanted, arguments[2].isTrue) ? 1 : 0)
            }.register(on: connection)
        }
        try add("postil_field") { try words().matches($0, $1, isBeginning: $2) }
        try add("postil_tag") { try words().matchesTag($0, $1, isBeginning: $2) }
        try SQLFunction("postil_nested", argumentCounts: 2...2) { arguments, _ in
            guard let value = arguments[0].text, case .text(let path) = arguments[1] else { return .text("[]") }
            var list: [UInt8] = []
            MetadataJSON.append(
                array: NestedValue.texts(at: path.split(separator: ".").map(String.init), in: value), to: &list)
            return .text(String(decoding: list, as: UTF8.self))
        }.register(on: connection)
        try SQLFunction("postil_number", argumentCounts: 5...5) { arguments, _ in
            guard let number = arguments[0].text.flatMap(ValueOrder.number) else { return .integer(0) }
            let range = NumberRange(
                lower: arguments[1].number, upper: arguments[3].number,
                includesLower: arguments[2].isTrue, includesUpper: arguments[4].isTrue)
            return .integer(range.isAbove(number) || range.isBelow(number) ? 0 : 1)
        }.register(on: connection)
    }
}

extension WordJoiner {
    fileprivate static func isApostrophe(_ character: Character) -> Bool {
        character.unicodeScalars.count == 1 && character.unicodeScalars.allSatisfy { isApostrophe($0.value) }
    }
}

import QueryLanguage
import TextAnalysis

/// Which words of a long query say how it is asked and not what for: stop words, and the words of a request ("articles that
/// describe…", "information on…").
///
/// Only words that may match are left out, never those with `+`, in a phrase, with a weight or in a field; and a query of
/// nothing else counts them. Words are compared as they are written: the stem of "reports" is also that of "reported".
struct NeedlessWords {
    /// Up to so many words, a query has all of its words for a reason: "the who", "vitamin a", "to be or not to be".
    static let shortQuery = 6

    let stopWords: StopWords
    /// Words of requests; none for a language without a list.
    let requestWords: StopWords
    /// Whether required words are left out as well, and no query is too short; as if the query had no stop words.
    let isUnconditional: Bool

    /// For the list of stop words that an index names.
    init(stopWords: StopWords, named name: String, isUnconditional: Bool) {
        self.stopWords = stopWords
        self.isUnconditional = isUnconditional
        requestWords = isUnconditional || name != "english" ? StopWords([]) : NeedlessWords.english
    }

    /// English words with which information is asked for. Each is a content word in some other query, so it counts as part of
    /// a request only beside another such word or a stop word.
    private static let english = StopWords(
        """
        article articles paper papers document documents information report reports list description discussion \
        describe describes describing described discuss discusses discussing \
        deal deals dealing concern concerned concerning concerns regarding relate relates related relating \
        interested interest find give please available exist exists \
        various different certain particular general possible include includes including etc
        """.split(separator: " ").map(String.init))

    /// "Information theory" is no request, "information on theory" is one.
    private static let nounOfRequests = StopWords(["information"])

    /// For each clause whether it is needless, nil when all count; `clauses` may all match, and none has to.
    func areNeedless(_ clauses: [Query]) -> [Bool]? {
        guard isUnconditional || clauses.count > NeedlessWords.shortQuery else { return nil }
        let words = clauses.map(NeedlessWords.plainWord)
        let isStop = words.map { $0.map(stopWords.contains) ?? false }
        guard requestWords.count > 0 else { return isStop }
        let isRequest = words.map { $0.map(requestWords.contains) ?? false }
        return words.indices.map { index in
            guard isRequest[index], let word = words[index] else { return isStop[index] }
            func isOneOfThem(_ place: Int) -> Bool {
                words.indices.contains(place) && (isStop[place] || isRequest[place])
            }
            return isStop[index] || isOneOfThem(index + 1)
                || (isOneOfThem(index - 1) && !NeedlessWords.nounOfRequests.contains(word))
        }
    }

    /// The word of a clause that is one and no more, without the punctuation around it.
    static func plainWord(_ query: Query) -> String? {
        guard case .word(let word) = query, word.kind == .plain else { return nil }
        if word.text.utf8.allSatisfy({ (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }) { return word.text }
        var text = Substring(word.text)
        while let last = text.last, !last.isLetter, !last.isNumber { text.removeLast() }
        while let first = text.first, !first.isLetter, !first.isNumber { text.removeFirst() }
        return String(text)
    }
}

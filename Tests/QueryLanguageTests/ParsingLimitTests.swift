import QueryLanguage
import Testing

/// What a query may have is bounded, and what is beyond is told at its column.
struct ParsingLimitTests {
    private static let fields: Set<String> = ["title", "body", "author", "date", "id", "year"]

    private func parsed(_ text: String) -> ParsedQuery { parse(text, knownFields: Self.fields) }

    /// The column of the one hint that says `part`.
    private func column(_ parsed: ParsedQuery, saying part: String) throws -> Int {
        let hints = parsed.hints.filter { $0.message.contains(part) }
        #expect(hints.count == 1, "\(parsed.hints.map(\.message))")
        return try #require(hints.first).column
    }

    private func repeated(_ count: Int, _ part: (Int) -> String) -> String {
        (0..<count).map(part).joined(separator: " ")
    }

    @Test func textBehindTheLimitIsLeftOutWithItsWord() throws {
        let words = repeated(200_000) { "+w\($0)" }
        let query = parsed(words)
        let column = try column(query, saying: "32768 characters")
        #expect((Query.maximumLength - 10...Query.maximumLength).contains(column))
        guard case .boolean(let must, _, _) = query.root else { throw Unexpected(query.root) }
        #expect(must.count == words.prefix(column - 1).split(separator: " ").count)
        #expect(must.last?.description == String(words.prefix(column - 1).split(separator: " ").last!.dropFirst()))
    }

    @Test(arguments: [32_766, 32_767, 32_768])
    func textOfTheGreatestLengthIsReadWhole(length: Int) throws {
        let query = parsed("é " + String(repeating: "a", count: length - 2))
        #expect(query.hints.isEmpty)
        #expect(query.root.description.count == length + 2)
    }

    /// A word as long as a book has no blank to cut at.
    @Test func wordThatNeverEndsIsCut() throws {
        let query = parsed(String(repeating: "猫", count: 100_000))
        #expect(query.root.description.count == Query.maximumLength)
        #expect(try column(query, saying: "characters") == Query.maximumLength + 1)
    }

    /// A phrase that is closed behind the limit is one; a mark that is never closed is none.
    @Test func cutPhraseStaysAPhrase() {
        let words = repeated(20_000) { "w\($0)" }
        guard case .phrase(let phrase) = parsed("\"\(words)\"").root else {
            Issue.record("no phrase")
            return
        }
        #expect(words.hasPrefix(phrase.text))
        #expect(phrase.text.count > Query.maximumLength - 10)
        guard case .boolean = parsed("\"\(words)").root else {
            Issue.record("a phrase of words behind a lone mark")
            return
        }
    }

    @Test(arguments: ["~", "~2", "*"])
    func wordsBeyondTheLimitStandForThemselves(mark: String) throws {
        let query = parsed(repeated(100) { "word\($0)\(mark)" })
        guard case .boolean(_, let should, _) = query.root else { throw Unexpected(query.root) }
        #expect(should.count == 100)
        #expect(should[31].description == "word31\(mark)")
        #expect(should[32].description == "word32")
        #expect(try column(query, saying: "at most 32 words") == repeated(32) { "word\($0)\(mark)" }.count + 2)
    }

    @Test(arguments: ["author:a", "year:20", "date:2019-01-"])
    func valuesBeyondTheLimitAreLeftOut(field: String) throws {
        let query = parsed(repeated(90) { "\(field)\(10 + $0 % 20)" } + " word")
        guard case .boolean(let must, _, _) = query.root else { throw Unexpected(query.root) }
        #expect(must.count == Query.maximumFieldValues + 1)
        #expect(must.last?.description == "word")
        #expect(try column(query, saying: "at most 64 values") == 64 * (field.count + 3) + 1)
    }

    /// Values in a group count one by one, and so do those behind operators and in quotation marks.
    @Test(arguments: ["a%", "\"a% b\"", "(a% OR b%)", "+a%"])
    func valuesInGroupsCount(value: String) throws {
        let query = parsed("author:(" + repeated(200) { value.replacing("%", with: "\($0)") } + ") word")
        _ = try column(query, saying: "at most 64 values")
        var values = 0
        query.root.visitWords { _ in values += 1 }
        #expect(values == Query.maximumFieldValues + 1)
    }

    @Test func idsHaveALimitOfTheirOwn() throws {
        let query = parsed("id:(" + repeated(2_000) { "\($0)" } + ")")
        _ = try column(query, saying: "at most 1024 ids")
        var values = 0
        query.root.visitWords { _ in values += 1 }
        #expect(values == Query.maximumIDs)
    }

    /// Words of titles and bodies are words, for which the length is the limit.
    @Test func searchedFieldsHaveNoLimit() {
        #expect(parsed(repeated(1_000) { "title:w\($0)" }).hints.isEmpty)
        #expect(parsed("body:(" + repeated(1_000) { "w\($0)" } + ")").hints.isEmpty)
    }

    /// However much there is to say, what is left out is said.
    @Test func limitsAreToldAmongManyHints() throws {
        let query = parsed(repeated(40) { "nofield\($0):x" } + " " + repeated(9_000) { "w\($0)~" })
        #expect(query.hints.count == QueryHint.maximumCount)
        _ = try column(query, saying: "at most 32 words")
        _ = try column(query, saying: "32768 characters")
    }

    private struct Unexpected: Error {
        init(_ query: Query) { Issue.record("\(query.description.prefix(100))") }
    }
}

extension Query {
    fileprivate func visitWords(_ visit: (String) -> Void) {
        switch self {
        case .word(let word): visit(word.text)
        case .phrase(let phrase): visit(phrase.text)
        case .boolean(let must, let should, let mustNot):
            for part in must + should + mustNot { part.visitWords(visit) }
        case .field(_, let value, _), .boosted(let value, _): value.visitWords(visit)
        case .dateRange, .numberRange, .everything, .nothing: break
        }
    }
}

import Foundation
import PostilTestSupport
import Testing

@testable import Postil

/// References to passages, and finding them again.
struct PassageReferenceTests {
    private static let body = """
        A proxy is a stand-in for what we want.

        No proxy is harmless: optimise it hard enough, and it comes apart from the goal.

        What follows is a list of cases that we know of, and of remedies.
        """
    private static let quote = "No proxy is harmless: optimise it hard enough, and it comes apart from the goal."

    private func reference(_ quote: String = Self.quote, in text: String = Self.body) throws -> PassageReference {
        PassageReference(id: "a b#1/ü", range: try #require(text.range(of: quote)), in: text)
    }

    @Test func areReadBackFromTheirText() throws {
        let reference = try reference()
        let text = reference.description
        #expect(!text.contains { $0.isWhitespace || $0 == "\"" } && text.hasPrefix("postil:a+b%231/%C3%BC?quote="))
        #expect(PassageReference(text) == reference)
        // Mail breaks long lines.
        #expect(PassageReference(" " + text.prefix(40) + "\n  " + text.dropFirst(40)) == reference)
        #expect(PassageReference("postil:x") == PassageReference(id: "x"))
        for wrong in [
            "", "x", "postil:", "postil:%zz", "postil:x?quote", "postil:x?quote=%", "postil:x?at=-1",
            "postil:x?quote=%FF",
        ] {
            #expect(PassageReference(wrong) == nil, "\(wrong)")
        }
    }

    private func status(after change: (inout Document) -> Void, others: [Document] = []) throws -> (
        PassageResolution.Status, String?
    ) {
        let folder = try TemporaryFolder()
        let index = try Index.create(at: folder.file("index.db"), profile: .named(Profile.defaultName))
        var document = Document(externalID: "a b#1/ü", body: Self.body)
        change(&document)
        let writer = try index.makeWriter()
        for document in [document] + others { _ = try writer.insert(document, source: nil) }
        try writer.commit()
        let found = try index.makeSearcher().resolve(try reference())
        withExtendedLifetime(folder) {}
        return (found.status, found.text)
    }

    /// A file that was renamed and changed is another document with most of the words.
    @Test func areFoundInARenamedFileThatChanged() throws {
        let renamed = try status {
            $0.externalID = "other"
            $0.body = $0.body.replacing("hard enough", with: "a little too hard")
        }
        #expect(renamed == (.changed, Self.quote.replacing("hard enough", with: "a little too hard")))
        // Where the document is still there, what is not in it is gone.
        let other = Document(externalID: "other", body: Self.body.replacing("hard enough", with: "too hard"))
        #expect(try status(after: { $0.body = "Silence." }, others: [other]).0 == .gone)
    }

    @Test func ofOneParagraphStayInOne() throws {
        let body = (1...6).map {
            "Paragraph \($0) says that thing\($0) matters for reason\($0) and has more words to fill."
        }
        .joined(separator: "\n\n")
        let quote = "Paragraph 4 says that thing4 matters for reason4 and has more words to fill."
        let changed = body.replacing("thing4 matters", with: "thing4 does not matter")
        let found = try #require(PassageSearch(changed).find(try reference(quote, in: body)))
        #expect(changed[found.range] == quote.replacing("thing4 matters", with: "thing4 does not matter"))
    }

    @Test func tellWhatHasBecomeOfThePassage() throws {
        #expect(try status { _ in } == (.unchanged, Self.quote))
        #expect(try status { $0.body += "\n\nMore." } == (.unchanged, Self.quote))
        // A text that is wrapped anew is the same.
        let wrapped = try status { $0.body = $0.body.replacing("harmless: ", with: "harmless:\n") }
        #expect(wrapped == (.unchanged, Self.quote.replacing("harmless: ", with: "harmless:\n")))
        #expect(try status { $0.body = "An introduction.\n\n" + $0.body } == (.moved, Self.quote))
        let changed = try status { $0.body = $0.body.replacing("hard enough", with: "a little too hard") }
        #expect(changed == (.changed, Self.quote.replacing("hard enough", with: "a little too hard")))
        #expect(try status { $0.body = "Nothing of the kind." } == (.gone, nil))
        #expect(try status { $0.body = "" } == (.gone, nil))
        let copy = Document(externalID: "copy", body: "They wrote: " + Self.quote)
        #expect(try status(after: { $0.externalID = "other" }) == (.moved, Self.quote))
        #expect(try status(after: { $0.body = "" }, others: [copy]) == (.moved, Self.quote))
        #expect(try status(after: { ($0.externalID, $0.body) = ("other", "") }) == (.gone, nil))
    }

    /// Of passages with the same words, the one with the same words around it is meant.
    @Test func wordsAroundTellPassagesApart() throws {
        let text = "one. Yes, I agree. two\n\nthree. Yes, I agree. four"
        let second = try #require(text.range(of: "Yes, I agree.", options: .backwards))
        let reference = PassageReference(id: "x", range: second, in: text)
        for moved in [text, "three. Yes, I agree. four\n\none. Yes, I agree. two", "Yes, I agree. " + text] {
            let found = try #require(PassageSearch(moved).find(reference))
            #expect(found.isExact && moved[..<found.range.lowerBound].hasSuffix("three. "), "\(moved)")
        }
    }

    /// Twin: a comparison at every place, without regard to blanks.
    @Test(arguments: [UInt64(1), 2, 3])
    func exactPlacesAreFoundAsByComparingEverywhere(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        func text(_ count: Int) -> String {
            String((0..<count).map { _ in "ab \n".randomElement(using: &random) ?? "a" })
        }
        for _ in 0..<400 {
            let body = text(Int.random(in: 0...40, using: &random))
            let quote = text(Int.random(in: 1...6, using: &random))
            let letters = body.filter { !$0.isWhitespace }
            let wanted = quote.filter { !$0.isWhitespace }
            guard !wanted.isEmpty, let reference = PassageReference("postil:x?quote=" + PercentEncoding.text(quote))
            else { continue }
            let starts = letters.indices.filter { letters[$0...].hasPrefix(wanted) }
                .map { letters.distance(from: letters.startIndex, to: $0) }
            let found = PassageSearch(body).find(reference)
            #expect(
                (found?.isExact ?? false) == !starts.isEmpty,
                "seed: \(seed), \(body.debugDescription), \(quote.debugDescription)")
            if let found, found.isExact {
                #expect(found.offset == starts.first && body[found.range].filter { !$0.isWhitespace } == wanted)
            }
        }
    }

    @Test(
        arguments: [
            ("no proxy is harmless", "No proxy is harmless"), ("NO PROXY", "No proxy"),
            ("it's “so” – they say…", "it’s \"so\" -- they say..."),
            ("proxy is\nharmless", "proxy is harmless"), ("nobody", nil), ("proxy harmless is", nil),
        ] as [(String, String?)])
    func quotesAreFoundInOtherLetters(quote: String, expected: String?) {
        let text = "No proxy is harmless.\n\nAnd it’s \"so\" -- they say... or not."
        let outline = DocumentOutline(Document(externalID: "x", body: text))
        #expect(outline.passage(quoting: quote).map { String(outline.text[$0.range]) } == expected)
    }

    @Test func oneWordThatWasChangedIsFoundByThoseAroundIt() throws {
        let text = "We train an optimiser on the base objective and hope."
        let reference = PassageReference(id: "x", range: try #require(text.range(of: "optimiser")), in: text)
        func now(_ text: String) -> String? {
            PassageSearch(text).find(reference).map { ($0.isExact ? "=" : "~") + text[$0.range] }
        }
        #expect(now(text) == "=optimiser")
        #expect(now(text.replacing("optimiser", with: "Optimiser")) == "~Optimiser")
        #expect(now(text.replacing("optimiser", with: "optimizer")) == "~optimizer")
        #expect(now(text.replacing("optimiser", with: "agent")) == "~agent")
        #expect(now(text.replacing("optimiser ", with: "")) == nil)
        #expect(now("Something else.") == nil && now("") == nil)
        let atEnd = PassageReference(id: "x", range: try #require(text.range(of: "hope.")), in: text)
        #expect(PassageSearch(text.replacing("hope.", with: "pray.")).find(atEnd) != nil)
    }
}

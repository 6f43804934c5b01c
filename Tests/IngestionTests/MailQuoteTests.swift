import PostilTestSupport
import Testing

@testable import Ingestion

/// What a reply quotes stays findable, and gives the reply no word more often than the original has it.
@Suite struct MailQuoteTests {
    private static let original =
        "The mesa optimizer question: why would a mesa-optimizer care about episodes beyond its own? Gradient hackers might."

    /// The reply's own text, and the original as programs quote it.
    @Test(arguments: [
        "Mesa-optimizer yes!\n\nOn Monday Ada wrote:\n> \(original)\n",
        "> \(original)\nMesa-optimizer yes!\n",
        "Mesa-optimizer yes!\n\n-----Original Message-----\nFrom: Ada\nSent: Monday\nSubject: x\n\n\(original)\n",
        "Mesa-optimizer yes!\n\n---- Ursprüngliche Nachricht ----\nVon: Ada\nGesendet: Montag\n\n\(original)\n",
        "Mesa-optimizer yes!\n________________________________\nFrom: Ada\nSent: Monday\nTo: Bob\nSubject: x\n\n\(original)\n",
        "Mesa-optimizer yes!\n\n*From:* Ada\n*Date:* Monday\n*To:* Bob\n\n\(original)\n",
    ])
    func aReplyHasNoWordMoreOftenThanItOrTheOriginal(text: String) {
        let marked = MailQuotes.marked(text)
        let (own, original) = (Self.counts("Mesa-optimizer yes"), Self.counts(Self.original))
        for (word, count) in Self.counts(marked.plain) where word.count > 3 && original[word] != nil {
            #expect(count == max(own[word] ?? 0, original[word] ?? 0), "\(word)")
        }
        for word in original.keys { #expect(Self.counts(marked.plain)[word] != nil, "\(word)") }
        #expect(marked.markup == text, "what is shown is as it was written")
    }

    private static func counts(_ text: String) -> [String: Int] {
        Dictionary(
            text.lowercased().split { !$0.isLetter }.map { (String($0), 1) }, uniquingKeysWith: +)
    }

    @Test(arguments: [
        "No quotation at all: from me\nto you", "From: a list of three\n\nothers", "A rule\n-----\nTo: nobody",
        "a > b\n5 > 4",
    ])
    func whatIsNoQuotationStays(text: String) {
        #expect(MailQuotes.marked(text) == MarkedText(plain: text))
    }

    @Test func quotationsInHTMLAreMarked() throws {
        let message = """
            From: bob@example.org
            Date: 5 Jul 2022
            Subject: Re: mesa
            Content-Type: text/html; charset=utf-8

            <div>Mesa-optimizer yes!</div><div class="gmail_quote">Ada wrote:<br>
            <blockquote><p>Why would a mesa-optimizer care?</p><blockquote>Older words</blockquote></blockquote></div>
            <p>Bye</p>
            """
        let folder = try TemporaryFolder()
        let document = try #require(ReadOutcome(try folder.input(message, to: "a.eml")).documents.first)
        #expect(
            document.markup
                == "Mesa-optimizer yes!\nAda wrote:\n\n> Why would a mesa-optimizer care?\n\n> Older words\n\nBye")
        #expect(document.body.contains("> Why would a …-… care?"))
    }

    /// Linear: each line is looked at a bounded number of times.
    @Test(.timeLimit(.minutes(1))) func aMessageOfQuotationsIsReadInLinearTime() {
        let text = (0..<8000).map { "> From: \($0) word\($0 % 7) and more words\nreply word\($0 % 5)\n" }.joined()
        _ = MailQuotes.marked(text)
    }
}

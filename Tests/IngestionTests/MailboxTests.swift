import PostilTestSupport
import Testing

@testable import Ingestion

/// Mailboxes as programs write them: with lengths and without, with paragraphs that begin like a message, without extension.
@Suite struct MailboxTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test func aMailboxMayBeCalledAText() throws {
        let archive = """
            From ann at example.org  Fri Jan 10 10:00:00 2020
            From: ann at example.org (Ann Bee)
            Date: Fri, 10 Jan 2020 10:00:00 +0000
            Message-ID: <1@x>

            A post without a subject.

            From zoe at example.org  Fri Jan 10 11:00:00 2020
            From: zoe at example.org (Zoe Dee)
            Subject: Second

            word
            """
        let documents = ReadOutcome(try folder.input(archive, to: "2020-January.txt")).documents
        #expect(documents.map(\.title) == ["A post without a subject.", "Second"])
        #expect(documents.map(\.author) == ["Ann Bee", "Zoe Dee"])
        let text = ReadOutcome(try folder.input("From the start\nof it: a text\n", to: "a.txt")).documents
        #expect(text.map(\.body) == ["From the start\nof it: a text\n"])
    }

    private static func header(_ number: Int, length: Int? = nil, id: String? = nil) -> String {
        """
        From: ada@example.org
        Date: 5 Jul 2022 10:00:00 +0200
        Subject: S\(number)
        Message-ID: <\(id ?? "\(number)@example.org")>
        \(length.map { "Content-Length: \($0)\n" } ?? "")
        """
    }

    private static let separators = [
        "From ada@example.org Tue Jul  5 10:00:00 2022", "From - Tue Jul 05 10:00:00 2022",
        "From MAILER-DAEMON Thu Jan  1 00:00:00 1970 +0000", "From ada", "From ???@??? Tue Jul 05 10:00:00 2022",
    ]

    @Test(arguments: separators, ["\n", "\r\n"])
    func aParagraphThatBeginsWithFromEndsNoMessage(separator: String, lineEnd: String) throws {
        let body = "First.\n\nFrom the start: this was so.\nMore.\n\nFrom 10:00 in May\nuntil noon.\n\nFrom: here\n"
        let text = (1...3).map { "\(separator)\n\(Self.header($0))\n\(body)\n" }.joined()
        let outcome = ReadOutcome(try folder.input(text.replacing("\n", with: lineEnd), to: "a.mbox"))
        #expect(outcome.documents.map(\.title) == ["S1", "S2", "S3"] && outcome.skips.isEmpty, "\(outcome.skipTexts)")
        #expect(outcome.documents.allSatisfy { $0.body == body.trimmed })
    }

    /// Programs that write a length escape nothing: a mailbox may be quoted as it is.
    @Test func aLengthThatIsTrueIsBelieved() throws {
        let inner = "Look:\n\n\(Self.separators[0])\n\(Self.header(9))\nInner.\n"
        let text = (1...2).map { number in
            "\(Self.separators[0])\n\(Self.header(number, length: inner.utf8.count))\n\(inner)\n"
        }.joined()
        let outcome = ReadOutcome(try folder.input(text, to: "a.mbox"))
        #expect(outcome.documents.map(\.title) == ["S1", "S2"] && outcome.skips.isEmpty)
        #expect(outcome.documents.allSatisfy { $0.body.hasSuffix("Inner.") })
        for lie in [0, 3, 40, 100_000, 1 << 60] {
            let text = (1...2).map { "\(Self.separators[0])\n\(Self.header($0, length: lie))\nText \($0).\n\n" }
                .joined()
            let outcome = ReadOutcome(try folder.input(text, to: "b.mbox"))
            #expect(outcome.documents.map(\.body) == ["Text 1.", "Text 2."], "length: \(lie)")
        }
    }

    /// What a batch holds is nothing that a mailbox knows.
    @Test func messagesAreTheSameInBatchesOfAnySize() throws {
        let body = "One.\n\nFrom the start.\n"
        let text = (1...40).map { number in
            let length = number % 2 == 0 ? body.utf8.count : nil
            return
                "\(Self.separators[number % 5])\n\(Self.header(number, length: length, id: "\(number % 7)"))\n\(body)\n"
        }.joined()
        let file = try folder.input(text, to: "a.mbox")
        let whole = ReadOutcome(file).documents
        #expect(whole.count == 40 && Set(whole.map(\.externalID)).count == 40)
        for size in [64, 100, 333, 5000] {
            var limits = ReadingLimits()
            limits.batchBytes = size
            #expect(ReadOutcome(file, limits: limits).documents == whole, "bytes: \(size)")
        }
    }

    @Test func messagesOfOneIDHaveNumbers() throws {
        let text = (1...3).map { "\(Self.separators[0])\n\(Self.header($0, id: "same"))\nText \($0).\n\n" }.joined()
        let outcome = ReadOutcome(try folder.input(text, to: "a.mbox"))
        #expect(outcome.documents.map(\.externalID) == ["same", "same#2", "same#3"])
    }

    @Test func mailboxesInAFolderNeedNoExtension() throws {
        let box = "\(Self.separators[0])\n\(Self.header(1))\nText.\n"
        try folder.input(box, to: "mail/Inbox")
        try folder.input(box, to: "mail/Inbox.sbd/sent")
        try folder.input("From here on it is a licence.\n", to: "mail/LICENSE")
        try folder.input("Fr", to: "mail/short")
        let found = InputWalker().inputs(at: [folder.path + "/mail"])
        #expect(found.files.map(\.relativePath) == ["Inbox", "Inbox.sbd/sent"])
        #expect(found.files.allSatisfy { $0.format?.name == "mbox" } && found.otherExtensions == ["": 2])
    }

    // MARK: Messages

    @Test(arguments: [
        ("Just a text.\nWith two lines.", "Just a text.\nWith two lines."),
        ("Dear Bob: hello\n\nText", "Dear Bob: hello\n\nText"), ("Note: this\n\nText", "Note: this\n\nText"),
        ("From: a@b.c\nSubject: S\nText without an empty line", "Text without an empty line"),
        ("From: a@b.c\n>From x\nSubject: S\n\nText", "Text"),
        ("From a@b.c Tue Jul 5 10:00:00 2022\nFrom: a@b.c\n\nText", "Text"),
    ])
    func textWithoutAProperHeaderIsKept(source: String, text: String) throws {
        let outcome = ReadOutcome(try folder.input(source, to: "a.eml"))
        #expect(outcome.documents.map(\.body) == [text] && outcome.skips.isEmpty)
    }

    @Test func attachmentsOfOneNameAreAllReadAndSignaturesAreNone() throws {
        func part(_ name: String, _ text: String, _ type: String = "application/octet-stream") -> String {
            "--b\nContent-Type: \(type)\nContent-Disposition: attachment; filename=\"\(name)\"\n\n\(text)\n"
        }
        let message = """
            From: ada@example.org
            Subject: Three
            Content-Type: multipart/signed; boundary=b

            --b

            Text.
            \(part("rep.md", "one"))\(part("rep.md", "two"))\(part("x/rep.md", "three"))\(part("rep", "none"))
            \(part("signature.asc", "-----BEGIN PGP SIGNATURE-----\nxyz", "application/pgp-signature"))
            \(part("key.asc", "-----BEGIN PGP PUBLIC KEY BLOCK-----\nxyz"))--b--
            """
        let outcome = ReadOutcome(try folder.input(message, to: "a.eml"))
        #expect(
            outcome.documents.map(\.externalID)
                == ["a.eml", "a.eml/rep.md", "a.eml/rep (2).md", "a.eml/rep (3).md"])
        #expect(outcome.documents.dropFirst().map(\.body) == ["one", "two", "three"] && outcome.skips.isEmpty)
        #expect(outcome.documents.first?.metadata["attachments"] == "rep.md, rep.md, x/rep.md, rep, key.asc")
    }
}

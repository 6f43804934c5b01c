import Foundation
import PostilTestSupport
import Testing

@testable import Ingestion

@Suite struct MailFormatTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func read(_ lines: String, _ name: String = "a.eml") throws -> ReadOutcome {
        ReadOutcome(try folder.input(lines.replacing("\n", with: "\r\n"), to: name))
    }

    @Test func aMessageOfAppleMailIsOne() throws {
        let message = "From: a@b.c\nSubject: Emlx\n\nBody word.\n"
        let outcome = ReadOutcome(
            try folder.input(
                "\(message.utf8.count)      \n\(message)<?xml version=\"1.0\"?><plist><dict/></plist>\n", to: "1.emlx"))
        #expect(outcome.documents.map(\.title) == ["Emlx"] && outcome.documents.map(\.body) == ["Body word."])
        // Without its length it is a message as others are.
        #expect(ReadOutcome(try folder.input(message, to: "2.emlx")).documents.map(\.body) == ["Body word."])
        #expect(ReadOutcome(try folder.input("99999999999999999999\n\(message)", to: "3.emlx")).documents.count == 1)
    }

    @Test func aPageThatABrowserSavedIsItsText() throws {
        let outcome = try read(
            """
            From: <Saved by Blink>
            Snapshot-Content-Location: https://example.org/page
            Subject: =?utf-8?Q?Saved=20page?=
            Date: Tue, 12 Jan 2021 10:00:00 -0000
            Content-Type: multipart/related; type="text/html"; boundary="b"

            --b
            Content-Type: text/html
            Content-Transfer-Encoding: quoted-printable

            <html><body><p>A word =E2=80=94 h=
            ere</p></body></html>
            --b
            Content-Type: text/css

            body { color: red }
            --b--
            """, "page.mht")
        let page = try #require(outcome.documents.first)
        #expect(outcome.documents.count == 1 && page.title == "Saved page" && page.author == nil)
        #expect(page.url == "https://example.org/page" && page.body == "A word — here")
    }

    @Test func aMessageThatIsAttachedSaysWhoWroteIt() throws {
        let outcome = try read(
            """
            From: a@b.c
            Subject: Fwd
            Content-Type: multipart/mixed; boundary="b"

            --b

            See below.
            --b
            Content-Type: message/rfc822

            From: Inner Person <in@x.org>
            Subject: Inner subject

            Inner word.
            --b--
            """)
        #expect(outcome.documents.map(\.body) == ["See below.\n\nInner subject\nInner Person\n\nInner word."])
    }

    @Test func headersBecomeFields() throws {
        let outcome = try read(
            """
            From: =?UTF-8?Q?Ad=C3=A9?= =?UTF-8?B?bGUgRXhhbXBsZQ==?= <ada@example.org>
            To: "Roe, Jane" <jane@example.org>, bob@example.org (Bob)
            Subject: =?ISO-8859-1?Q?Caf=E9_and?=
             =?koi8-r?B?IPDSydfF1A==?=
            Date: Tue, 05 Jul 2022 10:00:00 +0200
            Message-ID: <1@example.org>
            Keywords: reward, training

            Text.
            """)
        let message = try #require(outcome.documents.first)
        #expect(outcome.documents.count == 1 && outcome.skips.isEmpty)
        #expect(message.author == "Adéle Example" && message.title == "Café and Привет")
        #expect(message.metadata["to"] == "Roe, Jane <jane@example.org>; Bob <bob@example.org>")
        #expect(message.metadata["from"] == "ada@example.org" && message.metadata["message_id"] == "1@example.org")
        #expect(
            message.date == "2022-07-05T10:00:00+02:00" && message.tags == ["reward", "training"]
                && message.body == "Text.")
    }

    @Test(arguments: [
        ("text/plain; charset=utf-8", "quoted-printable", "caf=C3=A9 is a long=\n word", "café is a long word"),
        ("text/plain; charset=\"iso-8859-15\"", "8bit", "plain", "plain"),
        ("text/plain; charset=shift_jis", "base64", "k/qWe4zq", "日本語"),
        ("text/plain; charset=iso-2022-jp", "7bit", "\u{1B}$BF|K\\8l\u{1B}(B", "日本語"),
        ("text/plain; charset=gb2312", "base64", "1tC5+g==", "中国"),
        ("text/plain; charset=nonsense", "7bit", "plain", "plain"),
        ("text/html; charset=utf-8", "7bit", "<p>One</p><p>t<b>w</b>o</p><script>no</script>", "One\n\ntwo"),
    ])
    func partsAreDecoded(type: String, encoding: String, body: String, text: String) throws {
        let outcome = try read(
            "From: a@b.c\nDate: x\nContent-Type: \(type)\nContent-Transfer-Encoding: \(encoding)\n\n\(body)")
        #expect(outcome.documents.map(\.body) == [text])
    }

    /// A message with a text in two forms, a message within, and attachments.
    private static let nested = """
        From: ada@example.org
        Date: 5 Jul 2022
        Subject: Nested
        Content-Type: multipart/mixed; boundary="outer"

        preamble
        --outer
        Content-Type: multipart/alternative; boundary=inner

        --inner
        Content-Type: text/plain

        The plain text.
        --inner
        Content-Type: text/html

        <p>The same as HTML.</p>
        --inner--
        --outer
        Content-Type: application/pdf; name="picture.png"
        Content-Disposition: attachment; filename="picture.png"

        PNG
        --outer
        Content-Type: application/octet-stream
        Content-Disposition: attachment; filename*0*=utf-8''notes%20; filename*1*=%C3%BC.md
        Content-Transfer-Encoding: base64

        IyBOb3RlcwoKQXR0YWNoZWQu
        --outer
        Content-Type: message/rfc822

        Subject: Forwarded
        From: bob@example.org

        The forwarded text.
        --outer--
        epilogue
        """

    @Test func partsOfPartsAndAttachmentsAreRead() throws {
        let outcome = try read(Self.nested)
        #expect(outcome.documents.map(\.externalID) == ["a.eml", "a.eml/notes ü.md"] && outcome.skips.isEmpty)
        #expect(
            outcome.documents.map(\.body) == [
                "The plain text.\n\nForwarded\nbob@example.org\n\nThe forwarded text.", "Notes\n\nAttached.",
            ])
        #expect(outcome.documents.first?.metadata["attachments"] == "picture.png, notes ü.md")
    }

    /// What people would read of messages whose parts are odd.
    @Test(arguments: [
        // A plain part that says nothing.
        (
            "multipart/alternative; boundary=b",
            "--b\nContent-Type: text/plain\n\nThis message requires HTML.\n--b\nContent-Type: text/html\n\n<p>The real text is here, and longer than that.\n--b--",
            "The real text is here, and longer than that."
        ),
        // A plain part that is short, as the other is.
        (
            "multipart/alternative; boundary=b",
            "--b\nContent-Type: text/plain\n\nI agree.\n--b\nContent-Type: text/html\n\n<p>I <b>agree</b>.\n--b--",
            "I agree."
        ),
        ("text/plain\nContent-Disposition: attachment", "without a name", "without a name"),
        (
            "text/calendar",
            "BEGIN:VEVENT\nSUMMARY;LANGUAGE=en:Reading\\, again\nDTSTAMP:1\nDESCRIPTION:Of the\n  book\nEND:VEVENT",
            "Reading, again\nOf the book"
        ),
        ("text/markdown", "# not a file", "# not a file"),
        (
            "multipart/mixed",
            "preamble\n--x--y\nContent-Type: text/plain\n\none\n--x--y\nContent-Type: text/html\n\n<p>two\n--x--y--\n",
            "one\n\ntwo"
        ),
        ("multipart/mixed; boundary=other", "--real\nContent-Type: text/plain\n\none\n--real--\n", "one"),
        ("multipart/mixed", "no parts at all", "no parts at all"),
    ])
    func whatPeopleWouldReadIsTheText(type: String, body: String, text: String) throws {
        let outcome = try read("From: a@b.c\nDate: x\nContent-Type: \(type)\n\n\(body)")
        #expect(outcome.documents.map(\.body) == [text])
    }

    @Test func aMailboxGivesItsMessages() throws {
        let mailbox = """
            From ada@example.org Tue Jul  5 10:00:00 2022
            From: ada@example.org
            Message-ID: <1@x>
            Subject: One

            First.
            From here on no separator, since no line is empty before it.

            From bob@example.org Tue Jul  5 11:00:00 2022
            From: bob@example.org
            Message-ID: <2@x>
            Subject: Two

            Second.
            """
        var limits = ReadingLimits()
        for batch in [1 << 20, 64] {
            limits.batchBytes = batch
            let outcome = ReadOutcome(try folder.input(mailbox, to: "in.mbox"), limits: limits)
            #expect(
                outcome.documents.map(\.externalID) == ["1@x", "2@x"]
                    && outcome.documents.map(\.title) == ["One", "Two"])
            #expect(outcome.documents.map(\.line) == [1, 9])
            #expect(outcome.documents.last?.body == "Second.")
        }
        #expect(ReadOutcome(try folder.input(mailbox, to: "Inbox")).documents.count == 2, "told by its first bytes")
    }

    @Test func aMaildirIsWalked() throws {
        let message = "From: a@b.c\nDate: x\nSubject: Hello\n\ntext"
        for name in [
            "cur/1577836800.M1P2.host:2,S", "new/1577836801.M1P2.host", "tmp/1577836802.M1P2.host", "cur/readme",
        ] {
            try folder.write(message, to: "Maildir/" + name)
        }
        let found = InputWalker().inputs(at: [folder.file("Maildir")])
        #expect(found.files.map(\.relativePath) == ["cur/1577836800.M1P2.host:2,S", "new/1577836801.M1P2.host"])
        #expect(found.files.flatMap { ReadOutcome($0).documents.map(\.title) } == ["Hello", "Hello"])
    }

    @Test func foldersOfAMaildirAreWalkedAndOtherHiddenOnesAreNot() throws {
        let names = [
            ".Sent/cur/1577836800_0.1234.host,U=1,FMD5=7e:2,S", ".Archive.2020/new/1577836801.M1P2.host",
            "cur/unusual:2,", "new/1577836802.R3.host",
        ]
        for name in names { try folder.write("From: a@b.c\nSubject: Hello\n\ntext", to: "Mail/" + name) }
        try folder.write("text", to: "Mail/.hidden.md")
        try folder.write("text", to: "notes/.obsidian/a.md")
        let found = InputWalker().inputs(at: [folder.file("Mail"), folder.file("notes")])
        #expect(Set(found.files.map(\.relativePath)) == Set(names))
        #expect(found.files.flatMap { ReadOutcome($0).documents.map(\.title) } == Array(repeating: "Hello", count: 4))
    }

    @Test func aLineThatIsQuotedTwiceIsKeptOnce() throws {
        let line = "Reward is not the optimization target, I think."
        let outcome = try read("From: a@b.c\nDate: x\n\nNo.\n> \(line)\n>> \(line)\n> yes\n>> yes\n\(line)")
        #expect(outcome.documents.map(\.markup) == ["No.\n> \(line)\n> yes\n>> yes\n\(line)"])
    }

    @Test func messagesInMessagesEndAtADepth() throws {
        var message = "From: a@b.c\nDate: x\nSubject: deepest\n\ntext"
        for level in 0..<200 {
            message = """
                From: a@b.c
                Date: x
                Subject: \(level)
                Content-Type: multipart/mixed; boundary=b\(level)

                --b\(level)
                Content-Type: application/octet-stream; name=in.eml
                Content-Disposition: attachment

                \(message)
                --b\(level)--
                """
        }
        let outcome = try read(message)
        #expect(outcome.documents.count == UnpackingBudget.maximumDepth + 1)
        #expect(outcome.skips.count == 1 && outcome.skips[0].reason.hasSuffix("deeper than 5 levels"))
        let parts =
            "From: a@b.c\nDate: x\nContent-Type: multipart/mixed; boundary=b\n\n"
            + String(repeating: "--b\n\nx\n", count: 2000)
        #expect(try read(parts).warnings.contains { $0.contains("has more than 1000 parts") })
    }

    /// RFC 3676.
    @Test(arguments: [
        (
            "no", "A line \ngoes on \nand ends.\nNext.\n\n>> deep \n>> goes on\n> less\n From here\n\n-- \nAda",
            "A line goes on and ends.\nNext.\n\n>> deep goes on\n> less\nFrom here\n\n-- \nAda"
        ),
        ("yes", "報酬 \nは \n目標", "報酬は目標"), ("no", "ends with a blank ", "ends with a blank"),
        ("no", "> a \n>> x", "> a \n>> x"),
    ])
    func flowedTextIsWholeParagraphs(deletes: String, body: String, text: String) throws {
        let mail =
            "From: a@b.c\nTo: x@y.z\nContent-Type: text/plain; charset=utf-8; format=Flowed; delsp=\(deletes)\n\n\(body)"
        let document = try #require(ReadOutcome(try folder.input(mail, to: "a.eml")).documents.first)
        #expect((document.markup ?? document.body) == text)
    }

    @Test func groupsOfAddressesHaveNoNames() throws {
        let mail =
            "From: a@b.c\nTo: undisclosed-recipients:;\nCc: Team: Ann <a@x.org>, b@x.org;, \"C: D\" <c@x.org>\n\nx"
        let document = try #require(ReadOutcome(try folder.input(mail, to: "a.eml")).documents.first)
        #expect(document.metadata["to"] == nil)
        #expect(document.metadata["cc"] == "Ann <a@x.org>, b@x.org, C: D <c@x.org>")
    }

    /// A mailbox has a sign before lines that would part messages; it makes no quotation of them.
    @Test func aLineOfAMailboxThatBeginsLikeAMessageIsAsItWasWritten() throws {
        let letter = "From a@x.org Mon Jul  4 10:00:00 2022\nFrom: a@x.org\nDate: Mon, 4 Jul 2022 10:00:00 +0000\n\n"
        let outcome = ReadOutcome(
            try folder.input(
                letter + "Text\n>From the start.\n>>From afar\n>From b\n\n" + letter + "Two\n", to: "a.mbox"))
        #expect(
            outcome.documents.map { $0.markup ?? $0.body } == ["Text\nFrom the start.\n>>From afar\nFrom b", "Two"])
    }

    @Test(arguments: 0..<20)
    func damageIsNeverATrap(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        var bytes = Array(Self.nested.utf8)
        for _ in 0..<40 {
            bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
        }
        #expect(ReadOutcome(try folder.input(bytes, to: "a.eml")).documents.count <= 10, "seed: \(seed)")
    }
}

import Foundation
import PostilTestSupport
import Testing

@testable import Ingestion

@Suite struct CharacterSetTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private static let russian = "Вознаграждение не является целью оптимизации. Обучение формирует мышление агента."
    private static let japanese = "報酬は最適化の目標ではない。学習は認知を形づくるものである。"
    private static let chinese = "奖励不是优化的目标。学习塑造了智能体的认知方式,而不是它的目标。"

    @Test(arguments: [
        "shift_jis", "euc-jp", "gb18030", "big5", "koi8-r", "windows-1251", "euc-kr", "iso-2022-jp", "utf-16le",
        "utf-16be",
    ])
    func aTextIsToldByItsBytes(set: String) throws {
        let source: String =
            switch set {
            case "shift_jis", "euc-jp", "iso-2022-jp": Self.japanese
            case "gb18030": Self.chinese
            case "big5": "獎勵不是最佳化的目標。學習塑造了智慧體的認知方式。"
            case "euc-kr": "보상은 최적화의 목표가 아니다. 학습은 행위자의 인지를 만든다."
            case "utf-16le", "utf-16be": "Reward is not the optimization target."
            default: Self.russian
            }
        let text = String(repeating: source + "\n", count: 3)
        let bytes = try PackedFixture.converted(text, to: set)
        let outcome = ReadOutcome(try folder.input(bytes, to: "a.txt"))
        #expect(outcome.documents.map(\.body) == [text])
        #expect(
            outcome.warnings.count == 1 && outcome.warnings.first?.contains("was read as") ?? false,
            "\(outcome.warnings)")
        if set.hasPrefix("utf") { return }
        let mapping = try RecordMapping(yaml: "encoding: \(set)", origin: "test")
        let told = ReadOutcome(try folder.input(bytes, to: "b.txt"), mapping: mapping)
        #expect(told.documents.map(\.body) == [text] && told.warnings.isEmpty)
        #expect(try RecordMapping(yaml: mapping.yaml, origin: "again") == mapping)
    }

    /// What names no set is told by its bytes in every format.
    @Test(arguments: [
        ("a.html", "<html><body><p>TEXT</p></body></html>"),
        ("a.rss", "<rss><channel><item><title>x</title><description>TEXT</description></item></channel></rss>"),
        ("a.xml", "<?xml version=\"1.0\"?><text>TEXT</text>"),
        ("a.fb2", "<FictionBook><body><section><p>TEXT</p></section></body></FictionBook>"),
        ("a.eml", "From: a@b.c\nDate: x\n\nTEXT"),
        ("b.eml", "From: a@b.c\nDate: x\nContent-Type: text/plain; charset=us-ascii\n\nTEXT"),
        ("c.eml", "From: a@b.c\nDate: x\nContent-Type: text/html\n\n<p>TEXT</p>"),
        ("a.tex", "\\begin{document}\(String(repeating: " x", count: 5_000))\n\nTEXT\\end{document}"),
    ])
    func everyFormatTellsASetByItsBytes(name: String, frame: String) throws {
        for (set, text) in [("windows-1251", Self.russian), ("koi8-r", Self.russian), ("shift_jis", Self.japanese)] {
            let text = [text, text, text].joined(separator: " ")
            let bytes = try PackedFixture.converted(frame.replacing("TEXT", with: text), to: set)
            let outcome = ReadOutcome(try folder.input(bytes, to: name))
            #expect(
                outcome.documents.first?.body.hasSuffix(text) ?? false,
                "\(set): \(outcome.documents.first?.body ?? "none")")
            #expect(outcome.warnings.contains { $0.contains("was read as") }, "\(set): \(outcome.warnings)")
        }
    }

    /// A text of a few letters, of which no bytes tell the set.
    @Test(arguments: [
        ("a.txt", "TEXT"), ("a.md", "TEXT"), ("a.html", "<p>TEXT</p>"), ("a.jsonl", "{\"text\": \"TEXT\"}"),
        ("a.json", "[{\"text\": \"TEXT\"}]"), ("a.csv", "text\nTEXT"), ("a.tsv", "text\nTEXT"), ("a.py", "TEXT"),
        ("a.org", "TEXT"), ("a.rst", "TEXT"), ("a.adoc", "TEXT"), ("a.tex", "TEXT"), ("a.bib", "@misc{a, note={TEXT}}"),
        ("a.ris", "TY  - GEN\nAB  - TEXT\nER  - \n"), ("a.csljson", "[{\"id\": \"a\", \"abstract\": \"TEXT\"}]"),
        ("a.ipynb", "{\"cells\": [{\"cell_type\": \"code\", \"source\": \"TEXT\"}]}"),
        ("a.srt", "1\n00:00:01,000 --> 00:00:02,000\nTEXT"), ("a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\nTEXT"),
        ("a.rss", "<rss><channel><item><title>x</title><description>TEXT</description></item></channel></rss>"),
        ("w.xml", "<mediawiki><page><title>x</title><revision><text>TEXT</text></revision></page></mediawiki>"),
        ("a.xml", "<?xml version=\"1.0\"?><text>TEXT</text>"),
        ("a.fb2", "<FictionBook><body><section><p>TEXT</p></section></body></FictionBook>"),
        ("a.eml", "From: a@b.c\nTo: x@y.z\n\nTEXT"),
        ("b.eml", "From: a@b.c\nTo: x@y.z\nContent-Type: text/html\n\n<p>TEXT</p>"),
        ("c.eml", "From: a@b.c\nTo: x@y.z\nContent-Type: text/plain; charset=unknown-8bit\n\nTEXT"),
        ("a.mbox", "From a@b.c Thu Jan  2 10:00:00 2020\nFrom: a@b.c\nTo: x@y.z\n\nTEXT\n"),
    ])
    func theProfileSaysTheSetOfWhatNamesNone(name: String, frame: String) throws {
        let text = "Мир и лад"
        let mapping = try RecordMapping(yaml: "encoding: koi8-r", origin: "test")
        let bytes = try PackedFixture.converted(frame.replacing("TEXT", with: text), to: "koi8-r")
        let outcome = ReadOutcome(try folder.input(bytes, to: name), mapping: mapping)
        #expect(outcome.documents.map { $0.body.trimmed } == [text] && outcome.warnings.isEmpty, "\(outcome)")
        let packed = PackedFixture.zip([(name, bytes)])
        let within = ReadOutcome(try folder.input(packed, to: "a.zip"), mapping: mapping)
        #expect(within.documents.map { $0.body.trimmed } == [text] && within.warnings.isEmpty, "\(within)")
    }

    /// What a text says of itself is nearer than what a profile says of all.
    @Test(arguments: [
        ("a.html", "<meta charset=windows-1251><p>TEXT</p>"),
        ("a.xml", "<?xml version=\"1.0\" encoding=\"windows-1251\"?><text>TEXT</text>"),
        ("a.eml", "From: a@b.c\nTo: x@y.z\nContent-Type: text/plain; charset=windows-1251\n\nTEXT"),
    ])
    func whatATextSaysOfItselfIsStrongerThanTheProfile(name: String, frame: String) throws {
        let mapping = try RecordMapping(yaml: "encoding: koi8-r", origin: "test")
        let bytes = try PackedFixture.converted(frame.replacing("TEXT", with: "Мир и лад"), to: "windows-1251")
        let outcome = ReadOutcome(try folder.input(bytes, to: name), mapping: mapping)
        #expect(outcome.documents.map(\.body) == ["Мир и лад"] && outcome.warnings.isEmpty)
        let unicode = ReadOutcome(try folder.input("<p>Größe</p>", to: "u.html"), mapping: mapping)
        #expect(unicode.documents.map(\.body) == ["Größe"])
    }

    @Test func theProfileSaysTheSetOfHeadersNamesAndChaptersToo() throws {
        let mapping = try RecordMapping(yaml: "encoding: koi8-r", origin: "test")
        let mail = "From: a@b.c\nSubject: Мир\nDate: x\n\nlatin\n"
        let letter = ReadOutcome(
            try folder.input(try PackedFixture.converted(mail, to: "koi8-r"), to: "a.eml"), mapping: mapping)
        #expect(letter.documents.map(\.title) == ["Мир"])
        let word = "From: a@b.c\nSubject: =?unknown-8bit?Q?=ED=C9=D2?= =?x-none?B?7cnS?=\nDate: x\n\nlatin\n"
        #expect(ReadOutcome(try folder.input(word, to: "b.eml"), mapping: mapping).documents.map(\.title) == ["МирМир"])
        let chapter = try PackedFixture.converted("<html><body><p>Мир и лад</p></body></html>", to: "koi8-r")
        let book = PackedFixture.zip([
            (
                "b.opf",
                Array(
                    "<package><manifest><item id='c' href='c.xhtml'/></manifest><spine><itemref idref='c'/></spine></package>"
                        .utf8)
            ), ("c.xhtml", chapter),
        ])
        let read = ReadOutcome(try folder.input(book, to: "a.epub"), mapping: mapping)
        #expect(read.documents.map(\.body) == ["Мир и лад"] && read.warnings.isEmpty)
    }

    @Test func aDeclaredSetOfXMLIsTakenAsBrowsersTakeIt() throws {
        let feed =
            Array("<?xml version='1.0' encoding='ISO-8859-1'?><text>caf".utf8) + [0xE9, 0x20, 0x93, 0x78, 0x94]
            + Array("</text>".utf8)
        #expect(ReadOutcome(try folder.input(feed, to: "a.xml")).documents.first?.body == "café “x”")
        let damaged =
            Array("<?xml version='1.0' encoding='utf-8'?><text>über caf".utf8) + [0xE9] + Array(" – after</text>".utf8)
        let outcome = ReadOutcome(try folder.input(damaged, to: "b.xml"))
        #expect(outcome.documents.first?.body == "über caf\u{FFFD} – after" && outcome.warnings.count == 1)
        let wrong = "<?xml version='1.0' encoding='windows-1252'?><text>Größe – 日本</text>"
        #expect(ReadOutcome(try folder.input(wrong, to: "c.xml")).documents.first?.body == "Größe – 日本")
    }

    /// Subjects of old mails are in the set of their text.
    @Test func aRawHeaderIsInTheSetOfItsText() throws {
        for type in ["Content-Type: text/plain; charset=koi8-r\n", ""] {
            let mail = "From: a@b.c\nSubject: Агент\n\(type)Date: x\n\n\(Self.russian)"
            let outcome = ReadOutcome(try folder.input(try PackedFixture.converted(mail, to: "koi8-r"), to: "a.eml"))
            #expect(outcome.documents.map(\.title) == ["Агент"] && outcome.documents.first?.body == Self.russian)
        }
    }

    @Test func rowsAreToldLikeTexts() throws {
        let rows = "text\n" + String(repeating: Self.russian + "\n", count: 200)
        let outcome = ReadOutcome(try folder.input(try PackedFixture.converted(rows, to: "koi8-r"), to: "a.csv"))
        #expect(outcome.documents.map(\.body) == Array(repeating: Self.russian, count: 200) && outcome.skips.isEmpty)
    }

    @Test func ukrainianIsToldFromRussian() throws {
        let text = String(repeating: "Штучний інтелект не має власних цілей, її задає людина. ", count: 4)
        let outcome = ReadOutcome(try folder.input(try PackedFixture.converted(text, to: "koi8-u"), to: "a.txt"))
        #expect(outcome.documents.first?.body == text)
    }

    @Test(arguments: ["utf-32le", "utf-32be"])
    func fourBytesForEachLetterAreText(set: String) throws {
        for mark in ["", "\u{FEFF}"] {
            let bytes = try PackedFixture.converted(mark + "Größe 日本 😀", to: set)
            #expect(ReadOutcome(try folder.input(bytes, to: "a.txt")).documents.first?.body == "Größe 日本 😀")
        }
        let marks = ReadOutcome(try folder.input("\u{FEFF}\u{FEFF}word", to: "b.txt"))
        #expect(marks.documents.first?.body.unicodeScalars.first == "w")
    }

    @Test(arguments: ["Fähre über den Fluß", "naïve café", "x\u{FFFD}y", "plain"])
    func fewLettersAreNoReasonToGuess(text: String) throws {
        #expect(CharacterSetGuess.set(of: Array(text.utf8)) == nil)
        let latin = text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
        #expect(CharacterSetGuess.set(of: latin) == nil)
    }

    private static let texts: [(text: String, sets: [String])] = [
        ("Příliš žluťoučký kůň úpěl ďábelské ódy. ", ["windows-1250", "iso-8859-2"]),
        (
            "Zażółć gęślą jaźń. Nagroda nie jest celem optymalizacji, lecz kształtuje myślenie.",
            ["windows-1250", "iso-8859-2"]
        ),
        ("Árvíztűrő tükörfúrógép, és még több szó őszül.", ["windows-1250"]),
        ("Příliš žluťoučký kůň úpěl ďábelské ódy.", ["cp852"]),
        ("Falsches Üben von Xylophonmusik quält jeden größeren Zwerg.", ["macintosh", "cp850"]),
        ("Les élèves très âgés préfèrent l'été à l'hiver, où tout gèle.", ["macintosh", "cp850"]),
        ("Põder sõi žurnaali šokolaadi kõrvale, öö läbi.", ["windows-1257"]),
        ("Pijamalı hasta yağız şoföre çabucak güvendi.", ["windows-1254"]),
        ("Įlinkdama fechtuotojo špaga sublykčiojusi pragręžė apvalų arbūzą.", ["windows-1257"]),
        ("Glāžšķūņa rūķīši dzērumā čiepj Baha koncertflīģeļu vākus.", ["windows-1257"]),
        ("Muzicologă în bej vând whisky şi tequila, preţ fix; ţară şi viaţă.", ["windows-1250"]),
    ]

    /// A sentence is enough where its letters are those of one language.
    @Test(arguments: texts.flatMap { text in text.sets.map { (text.text, $0) } })
    func sentencesInLatinLettersAreToldByThem(text: String, set: String) throws {
        let outcome = ReadOutcome(try folder.input(try PackedFixture.converted(text, to: set), to: "a.txt"))
        #expect(outcome.documents.map(\.body) == [text], "\(outcome.warnings)")
        #expect(outcome.warnings.first?.hasPrefix("0: was read as \(set)") ?? false, "\(outcome.warnings)")
    }

    @Test(arguments: [
        "Falsches Üben von Xylophonmusik quält jeden größeren Zwerg.",
        "Voix ambiguë d’un cœur qui, au zéphyr, préfère les jattes de kiwis – naïve.",
        "El pingüino Wenceslao hizo kilómetros bajo exhaustiva lluvia: ¿qué añoraba?",
        "Luís argüia à Júlia que «brações, fé, chá, óxido, pôr, zângão» eram palavras.",
        "Kæmi ný öxi hér, ykist þjófum nú bæði víl og ádrepa.", "Høj bly gom vandt fræk sexquiz på wc — “så”.",
        "Põdur Zagrebi tšellomängija-följetonist Ciqo külmetas kehvas garaažis.",
    ])
    func westernLanguagesAreWindows1252(text: String) throws {
        let bytes = try PackedFixture.converted(text, to: "windows-1252")
        let outcome = ReadOutcome(try folder.input(bytes, to: "a.txt"))
        #expect(outcome.documents.map(\.body) == [text] && CharacterSetGuess.set(of: bytes) == nil)
    }

    /// A few words are enough where all their letters are of another script.
    @Test(arguments: [
        ("Привет — «мир»", "windows-1251"), ("Привет мир", "koi8-r"), ("Список книг", "windows-1251"),
        ("Заметка о книге", "koi8-r"), ("Καλημέρα κόσμε", "windows-1253"),
    ])
    func fewWordsOfAnotherScriptAreToldByIt(text: String, set: String) throws {
        let outcome = ReadOutcome(try folder.input(try PackedFixture.converted(text, to: set), to: "a.txt"))
        #expect(outcome.documents.map(\.body) == [text], "\(outcome.warnings)")
    }

    /// Where ISO 8859 has controls, Windows has quotation marks and letters.
    @Test func noTextHasControls() throws {
        let text = String(repeating: "Příliš žluťoučký kůň úpěl ďábelské ódy. Zażółć gęślą jaźń. ", count: 3)
        let outcome = ReadOutcome(try folder.input(try PackedFixture.converted(text, to: "windows-1250"), to: "a.txt"))
        #expect(outcome.documents.map(\.body) == [text], "\(outcome.warnings)")
    }

    /// Two letters that happen to be UTF-8, and a byte that Windows-1252 does not have, make nothing else of a text.
    @Test func accidentsDoNotHideWindows1252() throws {
        let bytes =
            try PackedFixture.converted("Größe, Äpfel, Öl, Übung, süß, schön, früh, Ã¤", to: "windows-1252") + [
                0x20, 0x81,
            ]
        let outcome = ReadOutcome(try folder.input(bytes, to: "a.txt"))
        #expect(outcome.documents.map(\.body) == ["Größe, Äpfel, Öl, Übung, süß, schön, früh, Ã¤ \u{FFFD}"])
    }

    @Test(
        arguments: ["utf-16le", "utf-16be"],
        [
            "Η ανταμοιβή δεν είναι\r\nο στόχος\n", "Награда не цель.\nСовсем нет.\n", "報酬は目標ではない。", "学习塑造了认知方式，而不是目标。",
            "奖励不是目标。\n学习塑造了认知。\n", "short\r\n", "שלום עולם, הכל טוב", "보상은 목표가 아니다", "a mixed Ω text 😀 here",
        ])
    func utf16OfAnyScriptIsTold(set: String, text: String) throws {
        let outcome = ReadOutcome(try folder.input(try PackedFixture.converted(text, to: set), to: "a.txt"))
        #expect(outcome.documents.map(\.body) == [text], "\(outcome.skipTexts)")
    }

    @Test func tablesOfNumbersAreNoUTF16() {
        let tables: [[UInt8]] = [
            (0..<400).flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }, (0..<400).flatMap { _ in [0, 0, 0x20, 0x41] },
            Array("text\0with\0ends\0".utf8), [UInt8](repeating: 0, count: 100),
            Array("\u{7F}ELF\u{2}\u{1}\u{1}\0\0\0\0\0".utf8),
        ]
        for table in tables { #expect(CharacterSetGuess.utf16(table) == nil) }
    }

    @Test func damagedUTF8StaysUTF8() throws {
        var bytes = Array(String(repeating: Self.russian + "\n", count: 3).utf8)
        bytes[40] = 0xFF
        let outcome = ReadOutcome(try folder.input(bytes, to: "a.txt"))
        #expect(outcome.documents.first?.body.contains("мышление агента") ?? false)
        #expect(outcome.warnings.first?.contains("replaced by U+FFFD") ?? false)
    }

    @Test func aConversionIsTheSameWhereverItIsCut() throws {
        let text = String(repeating: Self.japanese, count: 20)
        let bytes = try PackedFixture.converted(text, to: "shift_jis")
        for size in 1...40 {
            let converter = try #require(CharacterSet.Converter("shift_jis"))
            var (output, input): ([UInt8], [UInt8]) = ([], [])
            for start in stride(from: 0, to: bytes.count, by: size) {
                input += bytes[start..<min(bytes.count, start + size)]
                let isEnd = start + size >= bytes.count
                input.removeFirst(input.withUnsafeBytes { converter.convert($0, isEnd: isEnd, to: &output) })
            }
            #expect(String(decoding: output, as: UTF8.self) == text && input.isEmpty, "size: \(size)")
        }
    }

    @Test func aSetThatNobodyKnowsIsAnError() {
        #expect(throws: ProfileError.self) { try RecordMapping(yaml: "encoding: nonsense", origin: "test") }
    }
}

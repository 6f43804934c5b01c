import PostilTestSupport
import Testing

@testable import Ingestion

@Suite struct ArchiveFormatTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test(arguments: ["folder.zip", "folder.7z", "folder.tar.gz", "folder.tar.xz"])
    func anArchiveIsWalkedLikeAFolder(name: String) throws {
        let outcome = ReadOutcome(try PackedFixture.input(name))
        let ids = ["deep/zwei – drei.txt", "essay.docx", "inner.zip/notes/one.md", "one.md"].map {
            "\(name)/notes/\($0)"
        }
        #expect(outcome.documents.map(\.externalID).sorted() == ids)
        #expect(outcome.documents.first { $0.externalID == ids[0] }?.body == "Ein Gedanke über Rückkopplung.\n")
        #expect(outcome.documents.first { $0.externalID == ids[0] }?.title == "zwei – drei")
        #expect(outcome.documents.first { $0.externalID == ids[1] }?.title == "On Quantilizers")
        #expect(outcome.skips.isEmpty && outcome.warnings.isEmpty)
    }

    @Test(arguments: ["xz", "bz2", "zst"])
    func aCompressedTextIsReadWhateverCompressedIt(suffix: String) throws {
        let input = try PackedFixture.input("pressed.txt.\(suffix)")
        let outcome = ReadOutcome(input)
        #expect(outcome.documents.map(\.body) == ["Pressed twice, read once.\n"])
        #expect(outcome.documents.map(\.title) == ["pressed"])
        let batches = DocumentReader(mapping: .usual).batches(of: input)
        for _ in batches {}
        #expect(try batches.contentHash == ContentHash.of(input), "a later run compares it")
    }

    @Test(arguments: ["folder.zip", "folder.7z", "folder.tar.gz"])
    func theHashIsThatOfTheWholeArchive(name: String) throws {
        let input = try PackedFixture.input(name)
        let batches = DocumentReader(mapping: .usual).batches(of: input)
        for _ in batches {}
        #expect(try batches.contentHash == ContentHash.of(input))
    }

    @Test func oneBadFileHarmsNoOther() throws {
        let bytes = PackedFixture.zip([
            ("a.jsonl", "{\"text\": \"one\"}\nbad\n{\"text\": \"two\"}\n"), ("b.epub", "no zip"), ("c.md", "# Three"),
        ])
        let outcome = ReadOutcome(try folder.input(bytes, to: "a.zip"))
        #expect(outcome.documents.map(\.externalID) == ["a.zip/a.jsonl:1", "a.zip/a.jsonl:3", "a.zip/c.md"])
        #expect(outcome.skipTexts.count == 2)
        #expect(outcome.skipTexts.first?.hasPrefix("a.zip:2: a.jsonl:2: ") ?? false)
        #expect(outcome.skipTexts.last?.hasPrefix("a.zip: b.epub: ") ?? false)
    }

    @Test func pathsThatLeadOutOfAnArchiveAreOnlyNames() throws {
        let bytes = PackedFixture.zip([("../../etc/a.md", "one"), ("/abs/./b.md", "two"), (".hidden/c.md", "three")])
        let outcome = ReadOutcome(try folder.input(bytes, to: "a.zip"))
        #expect(outcome.documents.map(\.externalID) == ["a.zip/etc/a.md", "a.zip/abs/b.md"])
    }

    /// Who packs on Windows has names in the set of DOS, on an old Unix in that of its texts.
    @Test(
        arguments: [
            ([0x63, 0x61, 0x66, 0x82], "café"), ([0x63, 0x61, 0x66, 0xE9], "café"), ([0x81, 0x62, 0x65, 0x72], "über"),
            ([0xC4, 0x72, 0x67, 0x65, 0x72], "Ärger"), ([0x78, 0x96, 0x20, 0x84], "xû ä"),
        ] as [([UInt8], String)])
    func namesInAZipAreInTheSetOfWhoPackedIt(name: [UInt8], text: String) throws {
        // A name of as many letters takes their place.
        let plain = String(repeating: "x", count: name.count)
        var bytes = PackedFixture.zip([("\(plain).md", "one")])
        let places = bytes.indices.filter { bytes[$0...].starts(with: plain.utf8) }
        for place in places { bytes.replaceSubrange(place..<place + name.count, with: name) }
        let outcome = ReadOutcome(try folder.input(bytes, to: "a.zip"))
        #expect(!places.isEmpty && outcome.documents.map(\.externalID) == ["a.zip/\(text).md"], "\(outcome.skipTexts)")
    }

    @Test func theFormatOfAProfileIsThatOfTheFilesInAnArchive() throws {
        let bytes = PackedFixture.zip([("a.txt", "text\none\ntwo\n")])
        let outcome = ReadOutcome(try folder.input(bytes, to: "a.zip"), mapping: RecordMapping(format: .csv))
        #expect(outcome.documents.map(\.body) == ["one", "two"])
    }

    @Test func archivesInOneAnotherEndAtADepth() throws {
        var bytes = PackedFixture.zip([("a.md", "deep")])
        for _ in 0..<UnpackingBudget.maximumDepth { bytes = PackedFixture.zip([("in.zip", bytes)]) }
        #expect(ReadOutcome(try folder.input(bytes, to: "a.zip")).documents.map(\.body) == ["deep"])
        bytes = PackedFixture.zip([("in.zip", bytes), ("b.md", Array("beside".utf8))])
        let outcome = ReadOutcome(try folder.input(bytes, to: "b.zip"))
        #expect(outcome.documents.map(\.body) == ["beside"])
        #expect(outcome.skipTexts.count == 1 && outcome.skipTexts[0].hasSuffix("deeper than 5 levels"))
    }

    @Test func whatUnpacksWithoutMeasureEndsAtTheBudget() throws {
        let budget = UnpackingBudget(inputBytes: 10, freeBytes: 5_000)
        try budget.take(5_000)
        #expect(throws: ReadingError.self) { try budget.take(1) }
        let large = UnpackingBudget(inputBytes: 1_000, freeBytes: 5_000)
        try large.take(250_000)
        #expect(throws: ReadingError.self) { try large.take(1) }
    }

    @Test func aBombIsNamedAndTheFilesBeforeItStay() throws {
        let zeros = [UInt8](repeating: 0x20, count: 3_000_000)
        let bytes = PackedFixture.zip([
            ("a.md", Array("before".utf8)), ("b.txt", zeros), ("c.md", Array("behind".utf8)),
        ])
        var limits = ReadingLimits()
        limits.maximumDocumentBytes = 1_000_000
        let outcome = ReadOutcome(try folder.input(bytes, to: "a.zip"), limits: limits)
        #expect(outcome.documents.map(\.body) == ["before", "behind"])
        #expect(outcome.skips.count == 1 && outcome.skips[0].reason.hasPrefix("b.txt: is larger than the limit"))
        let book = PackedFixture.zip([("content.xml", zeros + zeros)])
        let office = ReadOutcome(try folder.input(book, to: "b.odt"), limits: limits)
        #expect(office.documents.isEmpty && office.skips[0].reason.hasPrefix("unpacks to more than the limit"))
    }

    @Test(arguments: 0..<40)
    func damageIsAnErrorAndNeverATrap(seed: Int) throws {
        var random = SplitMix64(seed: UInt64(seed))
        let names = [
            "folder.zip", "folder.7z", "folder.tar.xz", "essay.epub3.epub", "essay.docx", "essay.odt", "essay.pptx",
        ]
        let name = names[seed % names.count]
        var bytes = try PackedFixture.bytes(name)
        for _ in 0..<Int.random(in: 1...20, using: &random) {
            bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
        }
        if seed % 3 == 0 { bytes.removeLast(Int.random(in: 0..<bytes.count, using: &random)) }
        let outcome = ReadOutcome(try folder.input(bytes, to: "damaged-" + name))
        #expect(outcome.documents.count <= 10, "seed: \(seed)")
    }
}

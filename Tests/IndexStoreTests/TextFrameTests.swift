import Documents
import PostilTestSupport
import Testing

@testable import IndexStore

@Suite struct TextFrameTests {
    /// A reader that knows these dictionaries.
    private func reader(_ dictionaries: TextDictionary...) throws -> TextFrameReader {
        try TextFrameReader { id in dictionaries.first { $0.id == id } }
    }

    private func text(_ field: StoredTexts.Field, of frame: [UInt8], _ reader: TextFrameReader) throws -> String? {
        try frame.withUnsafeBytes { bytes in
            try reader.read(field, of: bytes) { text in text.map { String(decoding: $0, as: UTF8.self) } }
        }
    }

    private func frame(_ document: Document, _ writer: TextFrameWriter) throws -> [UInt8] {
        let new = NewDocument(document)
        try writer.pack([new])
        return try #require(new.frame)
    }

    private func collection(seed: UInt64, documents: Int, words: ClosedRange<Int>) -> [Document] {
        var texts = TextGenerator(seed: seed, words: 400)
        return (0..<documents).map { number in
            Document(
                externalID: "d\(number)", title: texts.text(words: texts.number(in: 0...8)),
                body: texts.text(words: texts.number(in: words)),
                markup: number % 3 == 0 ? texts.text(words: texts.number(in: 0...5)) : nil,
                metadata: number % 2 == 0 ? ["k": texts.text(words: 2), "": ""] : [:])
        }
    }

    private func dictionary(of documents: [Document], id: UInt32) throws -> [UInt8] {
        let made = DictionaryTraining(documents.map { NewDocument($0) }).dictionary(id: id)
        return try #require(made)
    }

    @Test func documentedExamplesDecode() throws {
        let document = Document(externalID: "x", title: "Hi", body: "B", markup: "*B*")
        var record: [UInt8] = []
        StoredTexts.encode(document, into: &record)
        #expect(record == [0x02, 0x00, 0x04, 0x48, 0x69, 0x2A, 0x42, 0x2A, 0x42])
        let frame: [UInt8] = [0x20, 0x09, 0x49, 0x00, 0x00] + record
        #expect(try self.frame(document, try TextFrameWriter(nil)) == frame)
        let reader = try reader()
        #expect(try StoredTexts.Field.allCases.map { try text($0, of: frame, reader) } == ["Hi", nil, "*B*", "B"])
    }

    @Test(arguments: [UInt64(1), 2, 3])
    func everyTextComesBack(seed: UInt64) throws {
        let documents = collection(seed: seed, documents: 300, words: 0...80)
        let bytes = try dictionary(of: documents, id: 7)
        #expect(try dictionary(of: documents, id: 7) == bytes, "seed: \(seed)")
        let dictionary = try TextDictionary(id: 7, bytes: bytes)
        let packed = try dictionary.packed()
        let reread = try packed.withUnsafeBytes { try TextDictionary(id: 7, packed: $0, documents: nil) }
        #expect(reread.bytes == bytes)
        let reader = try reader(dictionary)
        var sizes = [0, 0]
        for (index, writer) in [try TextFrameWriter(nil), try TextFrameWriter(dictionary)].enumerated() {
            for document in documents {
                let frame = try frame(document, writer)
                sizes[index] += frame.count
                let found = try StoredTexts.Field.allCases.map { try text($0, of: frame, reader) }
                let metadata = MetadataJSON.object(document.metadata)
                let expected = [document.title, metadata, document.markup, document.body]
                #expect(found == expected, "seed: \(seed), document: \(document.externalID)")
            }
        }
        #expect(sizes[1] < sizes[0], "a dictionary that does not help: \(sizes), seed: \(seed)")
    }

    @Test func textsWithNothingInCommonGetNoDictionary() {
        #expect(DictionaryTraining([]).dictionary(id: 1) == nil)
        #expect(DictionaryTraining([NewDocument(Document(externalID: "a", body: "one"))]).dictionary(id: 1) == nil)
    }

    @Test func saysWhatIsWrong() throws {
        let writer = try TextFrameWriter(nil)
        let document = Document(externalID: "a", body: String(repeating: "goodhart ", count: 100))
        let frame = try frame(document, writer)
        let reader = try reader()
        func fault(_ frame: [UInt8]) -> TextFrameError? {
            do {
                _ = try text(.body, of: frame, reader)
                return nil
            } catch { return error as? TextFrameError }
        }
        #expect(fault([]) == .damaged("it has no header"))
        #expect(fault(Array(frame.dropLast())) != nil)
        // A header that promises 3.7 GB, one without a size, one that names a dictionary.
        #expect(fault([0xA0, 0, 0, 0, 0xE0]) == .damaged("9 bytes cannot stand for 3758096384"))
        #expect(fault([0x00, 0x58, 0x01, 0x00, 0x00]) == .damaged("it has no header"))
        #expect(fault([0x21, 0x05, 0x01, 0x09, 0x00, 0x00, 0x41]) == .missingDictionary(5))
        // A record of one byte, which has no room for its three lengths.
        #expect(fault([0x20, 0x01, 0x09, 0x00, 0x00, 0x00]) != nil)
        #expect(fault(frame) == nil)
    }

    /// Flipped, cut, lengthened and swapped frames give texts or errors, never a trap or a text that is too long.
    @Test(arguments: [UInt64(1), 2])
    func damagedFramesThrowOrGiveTexts(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let documents = collection(seed: seed, documents: 120, words: 1...60)
        let bytes = try dictionary(of: documents, id: 3)
        let dictionary = try TextDictionary(id: 3, bytes: bytes)
        let reader = try reader(dictionary)
        let writer = try TextFrameWriter(dictionary)
        let frames = try documents.map { try frame($0, writer) }
        var faults = 0
        for round in 0..<6000 {
            var frame = frames[round % frames.count]
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let place = Int.random(in: 0..<frame.count, using: &random)
                switch Int.random(in: 0..<5, using: &random) {
                case 0: frame[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
                case 1: frame[place] = UInt8.random(in: .min ... .max, using: &random)
                case 2: frame.removeSubrange(max(1, place)...)
                case 3: frame += frames[(round + 1) % frames.count].suffix(place)
                default: frame.swapAt(place, frame.count - 1)
                }
            }
            do {
                for field in StoredTexts.Field.allCases {
                    let found = try text(field, of: frame, reader)?.utf8.count ?? 0
                    // Bytes that are no UTF-8 are replaced by three each.
                    #expect(
                        found <= 3 * frame.count * TextFrameFormat.maximumExpansion, "seed: \(seed), round: \(round)")
                }
            } catch is TextFrameError {
                faults += 1
            }
        }
        #expect(faults > 1000, "seed: \(seed)")
        for index in 0..<2000 {
            var damaged = try dictionary.packed()
            let place = Int.random(in: 0..<damaged.count, using: &random)
            damaged[place] = UInt8.random(in: .min ... .max, using: &random)
            if index % 2 == 0 { damaged.removeSubrange(max(1, place)...) }
            do {
                let found = try damaged.withUnsafeBytes { try TextDictionary(id: 3, packed: $0, documents: nil) }
                _ = try text(.body, of: frames[index % frames.count], self.reader(found))
            } catch is TextFrameError {}
        }
    }
}

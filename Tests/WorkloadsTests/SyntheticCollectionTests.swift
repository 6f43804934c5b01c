import Testing

@testable import Workloads

@Suite struct SyntheticCollectionTests {
    private static func jsonLines(
        _ count: Int, seed: UInt64, shape: CollectionShape = CollectionShape(), chunkSize: Int = 1 << 20
    ) -> [UInt8] {
        var bytes: [UInt8] = []
        SyntheticCollection(documentCount: count, seed: seed, shape: shape)
            .writeJSONLines(chunkSize: chunkSize) { bytes += $0 }
        return bytes
    }

    /// Vocabulary and topics small enough for a debug build.
    private static let smallShape: CollectionShape = {
        var shape = CollectionShape()
        shape.vocabularySize = 5000
        shape.topics = 16
        return shape
    }()

    /// FNV-1a, to pin the bytes of a whole collection in one number.
    private static func hash(_ bytes: [UInt8]) -> UInt64 {
        bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }

    @Test func theSameSeedGivesTheSameBytesOnEveryPlatform() {
        #expect(Self.hash(Self.jsonLines(300, seed: 7)) == 10_871_939_849_128_127_687)
        let small = Self.jsonLines(9, seed: 7, shape: Self.smallShape)
        #expect(Self.jsonLines(9, seed: 7, shape: Self.smallShape) == small)
        #expect(Self.jsonLines(9, seed: 8, shape: Self.smallShape) != small)
    }

    @Test func aCollectionIsTheBeginningOfALargerOne() {
        let small = Self.jsonLines(40, seed: 1, shape: Self.smallShape)
        let large = Self.jsonLines(90, seed: 1, shape: Self.smallShape)
        #expect(large.starts(with: small))
    }

    @Test func chunksDoNotChangeTheText() {
        let whole = Self.jsonLines(50, seed: 2, shape: Self.smallShape)
        #expect(Self.jsonLines(50, seed: 2, shape: Self.smallShape, chunkSize: 1) == whole)
    }

    @Test func linesAreTheDocuments() throws {
        let collection = SyntheticCollection(documentCount: 30, seed: 3, shape: Self.smallShape)
        var bytes: [UInt8] = []
        collection.writeJSONLines { bytes += $0 }
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
        #expect(lines.count == 30)
        for (number, line) in lines.enumerated() {
            let document = collection.document(number)
            #expect(line.hasPrefix(#"{"id":"\#(document.externalID)","title":"\#(document.title)","text":"#))
            #expect(line.contains(#""text":"\#(document.body)","date":""#))
            #expect(document.body.hasSuffix("."))
        }
    }

    @Test func clusteredDocumentsOfATopicStandSideBySide() {
        var shape = Self.smallShape
        shape.order = .clustered
        let collection = SyntheticCollection(documentCount: 100, seed: 4, shape: shape)
        var composition = Composition()
        let topics = (0..<100).map { number in
            collection.compose(number, into: &composition)
            return composition.topic
        }
        #expect(topics == topics.sorted())
        #expect(Set(topics).count == shape.topics)
    }

    @Test func documentsOfATopicShareVocabulary() {
        let collection = SyntheticCollection(documentCount: 200, seed: 5, shape: Self.smallShape)
        var composition = Composition()
        let documents = (0..<200).map { number in
            collection.compose(number, into: &composition)
            return (topic: composition.topic, words: Set(composition.content))
        }
        var shared: [Bool: [Double]] = [:]
        for (index, one) in documents.enumerated() {
            for other in documents[(index + 1)...] where !one.words.isEmpty && !other.words.isEmpty {
                let common = Double(one.words.intersection(other.words).count)
                shared[one.topic == other.topic, default: []]
                    .append(common / Double(min(one.words.count, other.words.count)))
            }
        }
        func mean(_ values: [Double]?) -> Double { (values ?? []).reduce(0, +) / Double(max(values?.count ?? 0, 1)) }
        #expect(mean(shared[true]) > 1.5 * mean(shared[false]))
    }

    @Test func lengthsAreLogNormal() {
        let collection = SyntheticCollection(documentCount: 1000, seed: 6, shape: Self.smallShape)
        var composition = Composition()
        let lengths = (0..<1000).map { number in
            collection.compose(number, into: &composition)
            return composition.body.count
        }.sorted()
        // Median 140; 16 % of a log-normal law lie above median * exp(sigma) = 226.
        #expect((130...150).contains(lengths[500]))
        #expect((205...250).contains(lengths[840]))
    }

    @Test func queriesAreFoundInTheCollection() {
        let collection = SyntheticCollection(documentCount: 60, seed: 9, shape: Self.smallShape)
        let documents = (0..<60).map(collection.document)
        let texts = documents.map { words($0.title) + ["|"] + words($0.body) }
        let queries = collection.queries(count: 80)
        #expect(queries.count == 80)
        #expect(queries == collection.queries(count: 80))
        #expect(Set(queries.flatMap(\.tags)) == ["union", "intersection", "phrase", "natural"])
        for query in queries {
            let terms = words(query.text)
            let matches = texts.contains { text in
                query.tags == ["phrase"]
                    ? text.indices.contains { text[$0...].starts(with: terms) }
                    : terms.allSatisfy(text.contains)
            }
            #expect(matches, "no document answers \(query.text)")
        }
    }

    private func words(_ text: String) -> [String] {
        text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
    }
}

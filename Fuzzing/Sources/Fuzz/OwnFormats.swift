import Foundation
import Postil

@testable import IndexStore
@testable import Postings

extension FuzzTarget {
    /// Term grids. The first byte is the number of blocks.
    static let grids = FuzzTarget(seeds: gridSeeds) { input in
        guard let count = input.first else { return }
        let bytes = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(input)[1...])
        do {
            let grid = try TermGrid(bytes, firstBlock: 0, blockCount: Int(count))
            for block in 0..<Int(count) {
                let index = grid.view.index(ofBlock: block)
                guard index < grid.count else { fail("block \(block) is the \(index)th of \(grid.count)") }
            }
            for index in 0..<grid.count {
                grid.view.postings(at: index).forEach(in: .max) { document, _, _, _ in
                    guard document < 64 else { fail("document \(document) of a block") }
                }
            }
        } catch {
            // Refused, with a place and a reason that can be told.
            _ = "\(error)"
        }
    }

    private static let gridSeeds: [[UInt8]] = [(1, 1), (40, 1), (40, 5), (200, 300)].map { blocks, gap in
        var writer = TermGridWriter(firstBlock: 0, blockCount: blocks)
        for document in stride(from: 3, to: blocks * 64, by: gap) {
            writer.append(
                document: Int64(document), titleFrequency: UInt32(document % 2),
                bodyFrequency: UInt32(1 + document % 300),
                part: Float(document % 7) / 7)
        }
        return [UInt8(blocks)] + writer.finish()
    }

    /// Chunks of documents and of columns.
    static let chunks = FuzzTarget(seeds: chunkSeeds) { input in
        let bytes = UnsafeRawBufferPointer(input)
        let chunk = DocumentChunk()
        if chunk.load(bytes) {
            for block in 0..<DocumentChunkFormat.blockCount { _ = chunk.live(inBlock: block) }
        }
        var isLong = false
        if let column = ColumnChunk(bytes, isLong: &isLong) {
            for value in 0..<column.valueCount {
                _ = column.value(value)
                for place in column.places[column.places(ofValues: value..<value + 1)] {
                    guard place < DocumentChunkFormat.length else { fail("place \(place) of a chunk") }
                }
            }
            _ = column.firstValue { $0.count > 3 }
        }
    }

    private static let chunkSeeds: [[UInt8]] = {
        let path = SmallIndex.make(.none, name: "chunks.db")
        do {
            return try IndexConnection(path: path, mode: .readOnly).access { db in
                let select = try SQLiteStatement(
                    "SELECT lengths FROM score_documents UNION ALL SELECT content FROM document_columns", on: db.handle)
                var seeds: [[UInt8]] = []
                while try select.step() { seeds.append(Array(select.bytes(0))) }
                return seeds
            }
        } catch { fail("\(error)") }
    }()

    /// Compressed texts, with a dictionary and as one.
    static let frames: FuzzTarget = {
        let documents = (0..<60).map { number in
            NewDocument(
                Document(
                    externalID: "d\(number)", title: "Title \(number)",
                    body:
                        "the words of document \(number) are much the same as those of the others, \(number * 7) times",
                    markup: number % 3 == 0 ? "<p>words" : nil, metadata: ["k": "v\(number % 4)"]))
        }
        do {
            let trained = DictionaryTraining(documents).dictionary(id: 3)
            let dictionary = try trained.map { try TextDictionary(id: 3, bytes: $0) }
            let writer = try TextFrameWriter(dictionary)
            try writer.pack(documents)
            let frames = documents.compactMap(\.frame).prefix(12)
            let reader = try TextFrameReader { $0 == 3 ? dictionary : nil }
            let packed = try dictionary.map { try [$0.packed()] } ?? []
            return FuzzTarget(seeds: Array(frames) + packed) { input in
                let bytes = UnsafeRawBufferPointer(input)
                for field in StoredTexts.Field.allCases {
                    do {
                        let count = try reader.read(field, of: bytes) { $0?.count ?? 0 }
                        guard count <= bytes.count * TextFrameFormat.maximumExpansion else { fail("\(count) bytes") }
                    } catch is TextFrameError {} catch { fail("\(error)") }
                }
                do { _ = try TextDictionary(id: 3, packed: bytes, documents: nil) } catch {
                    // Refused, with a reason that has been made.
                    _ = "\(error)"
                }
            }
        } catch { fail("\(error)") }
    }()

    /// Blocks of the list of words, as they are when they are decompressed, and what is near to a word in them.
    static let words: FuzzTarget = {
        var builder = WordBlockBuilder()
        for (word, count) in [("art", 3), ("arts", 1), ("economie\0économie", 9), ("zebra", 70_000)] {
            builder.append(Array(word.utf8), documents: count)
        }
        let example: [UInt8] =
            [3, 0, 3, 0, 3, 1, 0x12, 6, 2, 0x12] + Array("art".utf8) + Array("s".utf8)
            + Array("economie\0économie".utf8)
        return FuzzTarget(seeds: [example]) { input in
            do {
                let packed = try PackedWordBlock(Array(input), first: [], row: 1)
                for word in stride(from: 0, to: packed.count, by: 64) { _ = packed.documents(of: word) }
                for limit in 0...2 {
                    var walk = WordLayerWalk(NearWordWalk<UInt64>(Array("économies".unicodeScalars), within: limit))
                    try walk.forEachNear(in: packed, row: 1) { _, _, _ in }
                }
                let block = try WordBlock(Array(input), row: 1)
                for word in 0..<block.count { _ = block[word] }
            } catch {
                _ = "\(error)"
            }
        }
    }()
}

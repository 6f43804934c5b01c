import Foundation
import Postil

extension FuzzTarget {
    /// Whole index files: a sound one with some bytes changed is opened, and one thing is done with it, or one behind the other.
    ///
    ///     input  = kind:byte patch*
    ///     kind     bit 0: compressed texts; the others: which of ``uses``, counted round; all of them for the last
    ///     patch  = place:u24be operation:byte value:byte
    ///
    /// A place counts bytes that are not zero, so that most changes are made where something stands.
    static let wholeIndex: FuzzTarget = {
        let bases = [TextCompression.none, .zstd].map { compression -> (bytes: [UInt8], places: [Int]) in
            let path = SmallIndex.make(compression, name: "base-\(compression.rawValue).db")
            guard let data = FileManager.default.contents(atPath: path) else { fail("no base") }
            let bytes = [UInt8](data)
            return (bytes, bytes.indices.filter { bytes[$0] != 0 })
        }
        let seeds = (0..<2 * uses.count).map { kind in
            [UInt8(kind)] + (0..<15).map { UInt8(truncatingIfNeeded: $0 &* 89 &+ kind * 7) }
        }
        return FuzzTarget(seeds: seeds) { input in
            guard let kind = input.first else { return }
            var (bytes, places) = bases[Int(kind & 1)]
            var rest = input.dropFirst()
            while rest.count >= 5 {
                let patch = Array(rest.prefix(5))
                rest = rest.dropFirst(5)
                let number = Int(patch[0]) << 16 | Int(patch[1]) << 8 | Int(patch[2])
                let place = places[number % places.count]
                switch patch[3] % 5 {
                case 0: bytes[place] = patch[4]
                case 1: bytes[place] ^= 1 << (patch[4] & 7)
                case 2: bytes[min(place + 1, bytes.count - 1)] = patch[4]
                case 3: for byte in place..<min(place + Int(patch[4]), bytes.count) { bytes[byte] = 0xFF }
                default: bytes.swapAt(place, places[Int(patch[4]) * places.count / 256])
                }
            }
            if input.count % 5 == 3 { bytes.removeLast(bytes.count * Int(input[input.count - 1]) / 256) }
            for suffix in ["-wal", "-shm", "-journal", ".lock", ".building"] {
                unlink("\(Scratch.folder)/index.db\(suffix)")
            }
            let path = Scratch.write(bytes, to: "index.db")
            let chosen = kind < 254 ? [uses[Int(kind / 2) % uses.count]] : uses
            attempt {
                let index = try Index.open(at: path)
                for use in chosen { attempt { try use(index) } }
            }
        }
    }()

    /// What is done with an index.
    private static let uses: [(Index) throws -> Void] =
        [
            "common", "+rare3 frequent", "\"common frequent\"", "rare*", "author:ann date:2012..2015", "rar9~",
            "comon frequnt -tag:t1", "karma:>=30 =common^2 \"rare1 common\"~4",
        ].map { query in
            { index in
                _ = try index.makeSearcher().search(
                    SearchRequest(query, limit: 20, countsExactly: true, snippetLength: 80))
            }
        } + [
            { _ = try $0.makeSearcher().search(SearchRequest("common rare5", strategy: .exhaustive)) },
            { _ = try $0.information() },
            { _ = try $0.check() },
            { _ = try $0.check(depth: .quick) },
            { index in
                let writer = try index.makeWriter()
                try writer.insert(Document(externalID: "new", title: "common", body: "frequent rare3"))
                try writer.delete(DocumentID(rawValue: 3))
                try writer.commit()
            },
            { try $0.optimize() },
            { _ = try $0.check(repair: true) },
        ]

    private static func attempt(_ body: () throws -> Void) {
        do { try body() } catch is IndexError {} catch { fail("\(type(of: error)): \(error)") }
    }
}

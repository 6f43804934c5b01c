import Foundation
import Postil

extension FuzzTarget {
    /// Whole index files: a sound one with some bytes changed is opened, searched, checked, and sometimes changed and repaired.
    ///
    ///     input  = kind:byte patch*
    ///     kind     bit 0: compressed texts; bit 1: what may write is tried, too; bit 2: it is not checked, which takes longest
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
        let seeds = (0..<8).map { kind in [UInt8(kind)] + (0..<15).map { UInt8(truncatingIfNeeded: $0 &* 89 &+ kind) } }
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
            use(Scratch.write(bytes, to: "index.db"), writes: kind & 2 != 0, checks: kind & 4 == 0)
        }
    }()

    private static func use(_ path: String, writes: Bool, checks: Bool) {
        func attempt(_ body: () throws -> Void) {
            do { try body() } catch is IndexError {} catch { fail("\(type(of: error)): \(error)") }
        }
        attempt {
            let index = try Index.open(at: path)
            for query in [
                "common", "+rare3 frequent", "\"common frequent\"", "rare*", "author:ann date:2012..2015", "rar9~",
            ] {
                attempt {
                    _ = try index.makeSearcher().search(
                        SearchRequest(query, limit: 20, countsExactly: true, snippetLength: 80))
                }
            }
            attempt {
                _ = try index.makeSearcher().search(SearchRequest("common rare5", strategy: .exhaustive))
            }
            attempt { _ = try index.information() }
            if checks { attempt { _ = try index.check() } }
            guard writes else { return }
            attempt {
                let writer = try index.makeWriter()
                try writer.insert(Document(externalID: "new", title: "common", body: "frequent rare3"))
                try writer.delete(DocumentID(rawValue: 3))
                try writer.commit()
            }
            attempt { try index.optimize() }
            attempt { _ = try index.check(repair: true) }
        }
    }
}

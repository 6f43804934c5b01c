import Foundation
import Postil

/// A folder in memory where there is one: most inputs are files that live for a millisecond.
enum Scratch {
    static let folder: String = {
        let parent = FileManager.default.isWritableFile(atPath: "/dev/shm") ? "/dev/shm" : NSTemporaryDirectory()
        let path = "\(parent)/postil-fuzz-\(getpid())"
        do { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) } catch {
            fail("\(error)")
        }
        return path
    }()

    /// Replaces the file of that name.
    static func write(_ bytes: some Sequence<UInt8>, to name: String) -> String {
        let path = "\(folder)/\(name)"
        guard FileManager.default.createFile(atPath: path, contents: Data(bytes)) else { fail("cannot write \(path)") }
        return path
    }
}

/// A small index with frequent and rare words, several segments and deleted documents.
enum SmallIndex {
    /// Makes one, by the same seedless rule each time.
    static func make(_ compression: TextCompression, name: String) -> String {
        let path = "\(Scratch.folder)/\(name)"
        do {
            let index = try Index.create(
                at: path, profile: try Profile.named(Profile.defaultName), compression: compression)
            var state: UInt64 = 4711
            func number(_ limit: UInt64) -> Int {
                // Knuth's linear congruential generator (TAOCP 2, 3.3.4): any will do.
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return Int((state >> 33) % limit)
            }
            for part in 0..<3 {
                let writer = try index.makeWriter()
                for document in 0..<80 {
                    let words = (0...number(30)).map { _ in
                        switch number(10) {
                        case 0..<4: "common"
                        case 4..<7: "frequent"
                        default: "rare\(number(40))"
                        }
                    }
                    try writer.insert(
                        Document(
                            externalID: "d\(part)-\(document)", title: words.prefix(3).joined(separator: " "),
                            body: words.joined(separator: " "), author: document % 2 == 0 ? "Ann Example" : "Bob",
                            date: "20\(10 + document % 9)-0\(1 + document % 9)", tags: ["t\(document % 3)"],
                            metadata: ["k": "v\(document % 5)", "karma": "\(document)"]))
                }
                if part > 0 { try writer.delete(DocumentID(rawValue: Int64(part * 40))) }
                try writer.commit()
            }
        } catch { fail("\(error)") }
        return path
    }
}

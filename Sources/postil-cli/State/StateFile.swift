import Foundation
import SystemPackage

/// A file of what the program remembers of an index for its user, in `$XDG_STATE_HOME/postil` (`~/.local/state/postil`).
/// Nothing is ever written into folders of texts. The user alone can read it.
struct StateFile {
    /// Where it lies.
    let path: String

    /// The file of a kind for the index at an absolute path; nil where there is no home.
    init?(_ kind: String, for index: String, environment: [String: String]) {
        let home = environment["HOME"].flatMap { $0.hasPrefix("/") ? $0 + "/.local/state" : nil }
        guard let base = environment["XDG_STATE_HOME"].flatMap({ $0.hasPrefix("/") ? $0 : nil }) ?? home else {
            return nil
        }
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325  // FNV-1a
        for byte in index.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        path = "\(base)/postil/\(kind)-\(String(hash, radix: 16)).json"
    }

    /// What was written last; nil for nothing, and for what makes no sense.
    func read<Value: Decodable>(_ type: Value.Type) -> Value? {
        guard let data = FileManager.default.contents(atPath: path) else { return nil }
        do { return try JSONDecoder().decode(type, from: data) } catch { return nil }
    }

    /// Writes a text in the place of the last one, whole or not at all.
    ///
    /// Every search does it, so it takes three system calls and no encoder: `JSONEncoder` takes two million instructions the first
    /// time.
    func write(_ text: String) throws {
        do { try replace(with: text) } catch Errno.noSuchFileOrDirectory {
            try FileManager.default.createDirectory(
                atPath: FilePath(path).removingLastComponent().string, withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
            try replace(with: text)
        }
    }

    private func replace(with text: String) throws {
        // Under another name first, so that two programs at once leave one of both.
        let draft = "\(path).\(ProcessInfo.processInfo.processIdentifier)"
        let file = try FileDescriptor.open(
            FilePath(draft), .writeOnly, options: [.create, .truncate], permissions: .ownerReadWrite)
        try file.closeAfter { _ = try file.writeAll(text.utf8) }
        if rename(draft, path) != 0 { throw Errno(rawValue: errno) }
    }
}

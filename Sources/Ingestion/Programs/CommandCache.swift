#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Where the output of a command for one content is kept: `~/.cache/postil/commands`, under a hash of both.
///
/// A cache that cannot be read or written costs only time.
struct CommandCache {
    private let folder: String?
    private let name: String

    init(command: String, content: UnsafeRawBufferPointer) {
        var (contents, both) = (ContentHash(), ContentHash())
        contents.update(content)
        both.update(content)
        Array("\u{0}\(command)".utf8).withUnsafeBytes { both.update($0) }
        name =
            String(contents.value, radix: 16) + "-" + String(both.value, radix: 16) + "-"
            + String(content.count, radix: 16)
        let base =
            getenv("XDG_CACHE_HOME").map { String(cString: $0) }
            ?? getenv("HOME").map { String(cString: $0) + "/.cache" }
        folder = base.flatMap { $0.hasPrefix("/") ? $0 + "/postil/commands" : nil }
    }

    /// What is kept, when there is something.
    func text(limit: Int) -> [UInt8]? {
        guard let folder else { return nil }
        let path = folder + "/" + name
        guard let status = try? FileStatus(of: path), status.kind == .file, status.size <= Int64(limit),
            let source = try? FileSource(InputFile(path: path, relativePath: name))
        else { return nil }
        return try? [UInt8](unsafeUninitializedCapacity: Int(status.size)) { buffer, count in
            count = try source.fill(UnsafeMutableRawBufferPointer(buffer))
        }
    }

    /// Keeps an output. Another process sees all of it or nothing.
    func keep(_ text: [UInt8]) {
        guard let folder else { return }
        var above = ""
        for component in folder.split(separator: "/") {
            above += "/" + component
            mkdir(above, 0o700)
        }
        var template = Array("\(folder)/new-XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        guard descriptor >= 0 else { return }
        // Safety: write reads at most text.count bytes of the array.
        let isWhole = text.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) } == text.count
        close(descriptor)
        if !isWhole || rename(template, folder + "/" + name) != 0 { unlink(template) }
    }
}

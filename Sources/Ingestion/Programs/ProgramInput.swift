#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// The bytes of an input as a file that a program can open: the input's own, or one that is gone with the object.
final class ProgramInput {
    let path: String
    private let isOwn: Bool

    /// Finds or makes the file.
    init(_ bytes: UnsafeRawBufferPointer, of file: InputFile) throws {
        // Nothing was decompressed or taken out of an archive.
        if !file.isStandardInput, let status = try? FileStatus(of: file.path), status.kind == .file,
            status.size == Int64(bytes.count)
        {
            path = file.path
            isOwn = false
            return
        }
        let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        // Programs go by the extension.
        let suffix =
            "."
            + DocumentFormat.fileExtension(of: file.relativePath).filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
        var template = Array("\(folder)/postil-XXXXXX\(suffix)".utf8CString)
        let descriptor = mkstemps(&template, Int32(suffix.utf8.count))
        guard descriptor >= 0 else {
            throw ReadingError("no temporary file could be made: \(String(cString: strerror(errno)))")
        }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        isOwn = true
        defer { close(descriptor) }
        var place = 0
        while place < bytes.count {
            // Safety: write reads at most the bytes that are left.
            let count = write(descriptor, bytes.baseAddress?.advanced(by: place), bytes.count - place)
            guard count > 0 else {
                throw ReadingError("no temporary file could be written: \(String(cString: strerror(errno)))")
            }
            place += count
        }
    }

    deinit { if isOwn { unlink(path) } }
}

import PostilTestSupport
import CLibarchive
import Foundation

@testable import Ingestion

/// Archives for tests: files that programs made, and others that none would make.
enum PackedFixture {
    /// The folder with the files that `make` makes.
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().appendingPathComponent("Fixtures/Formats")
        .path

    /// One of them, as an input.
    static func input(_ name: String) throws -> InputFile {
        let path = folder + "/" + name
        let status = try FileStatus(of: path)
        return InputFile(
            path: path, relativePath: name, status: status, isLinked: false,
            format: DocumentFormat.named(byFile: name))
    }

    /// The bytes of one of them.
    static func bytes(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(filePath: folder + "/" + name)))
    }

    /// A text in a character set, by iconv(1).
    static func converted(_ text: String, to set: String) throws -> [UInt8] {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["iconv", "-f", "utf-8", "-t", set]
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        try process.start()
        try input.fileHandleForWriting.write(contentsOf: Data(text.utf8))
        try input.fileHandleForWriting.close()
        let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return Array(bytes)
    }

    /// A zip of some files, by libarchive.
    static func zip(_ files: [(name: String, bytes: [UInt8])]) -> [UInt8] {
        let size = files.reduce(1 << 16) { $0 + $1.bytes.count + $1.name.utf8.count * 2 + 512 }
        return [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            // Safety: libarchive writes at most buffer.count bytes, and says how many.
            let archive = archive_write_new()
            archive_write_set_format_zip(archive)
            archive_write_open_memory(archive, buffer.baseAddress, buffer.count, &count)
            for file in files {
                let entry = archive_entry_new()
                archive_entry_set_pathname(entry, file.name)
                archive_entry_set_size(entry, Int64(file.bytes.count))
                archive_entry_set_filetype(entry, 0o100000)
                archive_entry_set_perm(entry, 0o644)
                archive_write_header(archive, entry)
                file.bytes.withUnsafeBytes { _ = archive_write_data(archive, $0.baseAddress, $0.count) }
                archive_entry_free(entry)
            }
            archive_write_close(archive)
            archive_write_free(archive)
        }
    }

    /// A zip of some texts.
    static func zip(_ texts: [(name: String, text: String)]) -> [UInt8] {
        zip(texts.map { ($0.name, Array($0.text.utf8)) })
    }
}

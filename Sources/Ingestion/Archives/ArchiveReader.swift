import CLibarchive

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// The files in an archive, one after the other, by libarchive.
///
/// Only formats that people keep texts in are switched on (zip, tar, 7z and raw compressed data), so that no reader of a
/// format that nobody asked for sees a stranger's bytes.
final class ArchiveReader {
    /// One file of an archive.
    struct Entry {
        /// Its path in the archive, without `.`, `..` and empty components.
        let name: String
        /// Whether it is a file, and no folder, link or device.
        let isFile: Bool
        /// Whether reading it takes a password.
        let isEncrypted: Bool
        /// Its bytes when unpacked, where the archive says so before they come.
        let size: Int?
        /// When it was last changed, in nanoseconds since 1970.
        let modificationTime: Int64
    }

    /// What an archive may be.
    enum Kind {
        case zip, tar, sevenZip
        /// One compressed stream without names: xz, bzip2 or zstd.
        case compressed
    }

    private let handle: OpaquePointer
    private let kind: Kind
    /// The character set of names that are not UTF-8, where somebody says it.
    private let encoding: String?
    private let client: Client

    /// What libarchive calls back.
    private final class Client {
        let input: any ArchiveInput
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
        var place = 0
        var failure: (any Error)?

        init(_ input: any ArchiveInput) { self.input = input }
        deinit { buffer.deallocate() }
    }

    /// Opens an archive of a kind; throws what can be shown.
    ///
    /// - Parameter encoding: The character set of names that are not UTF-8.
    init(_ kind: Kind, _ input: any ArchiveInput, encoding: String? = nil) throws {
        self.encoding = encoding
        self.kind = kind
        guard let handle = archive_read_new() else { throw ReadingError("libarchive refused to start") }
        self.handle = handle
        client = Client(input)
        switch kind {
        case .zip: archive_read_support_format_zip(handle)
        case .tar:
            archive_read_support_format_tar(handle)
            Self.supportFilters(handle)
        case .sevenZip: archive_read_support_format_7zip(handle)
        case .compressed:
            archive_read_support_format_raw(handle)
            Self.supportFilters(handle)
        }
        // Safety: the client lives as long as the handle, which deinit frees; libarchive reads no more of the buffer than it
        // is told, and asks for no more while it does.
        if input.length != nil {
            archive_read_set_seek_callback(handle) { _, data, offset, whence in
                guard let client = ArchiveReader.client(data), let length = client.input.length else { return -30 }
                let base = whence == 0 ? 0 : whence == 1 ? client.place : length
                let (place, isOver) = base.addingReportingOverflow(Int(offset))
                guard !isOver, (0...length).contains(place) else { return -30 }
                client.input.move(to: place)
                client.place = place
                return Int64(place)
            }
        }
        archive_read_set_read_callback(handle) { _, data, block in
            guard let client = ArchiveReader.client(data), let block else { return -1 }
            do {
                let count = try client.input.read(into: client.buffer)
                block.pointee = UnsafeRawPointer(client.buffer.baseAddress)
                client.place += count
                return count
            } catch {
                client.failure = error
                return -1
            }
        }
        archive_read_set_callback_data(handle, Unmanaged.passUnretained(client).toOpaque())
        if archive_read_open1(handle) != ARCHIVE_OK {
            let error = failure()
            throw error
        }
    }

    deinit { archive_read_free(handle) }

    private static func supportFilters(_ handle: OpaquePointer) {
        archive_read_support_filter_bzip2(handle)
        archive_read_support_filter_xz(handle)
        archive_read_support_filter_lzma(handle)
        archive_read_support_filter_zstd(handle)
        archive_read_support_filter_gzip(handle)
    }

    private static func client(_ data: UnsafeMutableRawPointer?) -> Client? {
        data.map { Unmanaged<Client>.fromOpaque($0).takeUnretainedValue() }
    }

    // Safety: made once and only read afterwards.
    private nonisolated(unsafe) static let locale = postil_utf8_locale()

    /// The next file; nil at the end. What was not read of the last one is passed over.
    func next() throws -> Entry? {
        var entry: OpaquePointer?
        switch postil_archive_next(handle, &entry, Self.locale) {
        case ARCHIVE_EOF: return nil
        case ARCHIVE_OK, ARCHIVE_WARN: break
        default: throw failure()
        }
        guard let entry else { return nil }
        let nanoseconds = Int64(archive_entry_mtime(entry)).multipliedReportingOverflow(by: 1_000_000_000)
        let size = archive_entry_size_is_set(entry) != 0 ? Int(archive_entry_size(entry)) : nil
        return Entry(
            name: name(of: entry), isFile: archive_entry_filetype(entry) == 0o100000,
            isEncrypted: archive_entry_is_encrypted(entry) != 0, size: size,
            modificationTime: nanoseconds.overflow ? 0 : nanoseconds.partialValue)
    }

    /// Reads on in the file that `next` gave last; 0 at its end.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        // Safety: libarchive writes at most buffer.count bytes.
        let count = archive_read_data(handle, buffer.baseAddress, buffer.count)
        if count < 0 { throw failure() }
        return count
    }

    private func name(of entry: OpaquePointer) -> String {
        guard let path = archive_entry_pathname(entry) else { return "" }
        // Safety: libarchive ends names with a NUL.
        let bytes = UnsafeRawBufferPointer(start: path, count: strlen(path))
        let text =
            String(validating: bytes, as: UTF8.self) ?? encoding.flatMap { CharacterSet.text(bytes, in: $0)?.text }
            ?? (kind == .zip ? ZipName.text(bytes) : nil) ?? TextDecoding.windows1252(bytes)?.text
            ?? String(decoding: bytes, as: UTF8.self)
        return text.split { $0 == "/" || $0 == "\\" }.filter { $0 != "." && $0 != ".." }.joined(separator: "/")
    }

    private func failure() -> ReadingError {
        if let error = client.failure { return ReadingError("\(error)") }
        let reason = archive_error_string(handle).map { String(cString: $0) } ?? "unknown error"
        return ReadingError("cannot be unpacked: \(reason)")
    }
}

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// The bytes of an archive as libarchive asks for them: from front to end, and where there is a length from any place.
protocol ArchiveInput: ByteSource {
    /// How many bytes there are; nil where reading only goes on.
    var length: Int? { get }
    /// Goes on reading at a place. Called only where there is a length, and not with more.
    func move(to place: Int)
}

/// An archive that comes from front to end.
final class StreamedArchive: ArchiveInput {
    private let source: any ByteSource
    let length: Int? = nil

    init(_ source: any ByteSource) { self.source = source }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int { try source.read(into: buffer) }

    func move(to place: Int) { preconditionFailure("a stream has no places") }
}

/// An archive in memory.
final class ArchiveInMemory: ArchiveInput {
    private let bytes: UnsafeRawBufferPointer
    private let owner: [UInt8]?
    private var place = 0

    /// Reads bytes that outlive it.
    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
        owner = nil
    }

    /// Reads bytes of its own.
    init(owning bytes: [UInt8]) {
        self.bytes = UnsafeRawBufferPointer(start: nil, count: 0)
        owner = bytes
    }

    var length: Int? { owner?.count ?? bytes.count }

    func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        guard let owner else { return copy(from: bytes, into: buffer) }
        return owner.withUnsafeBytes { copy(from: $0, into: buffer) }
    }

    private func copy(from bytes: UnsafeRawBufferPointer, into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let end = min(bytes.count, place + buffer.count)
        guard place < end else { return 0 }
        buffer.copyBytes(from: bytes[place..<end])
        defer { place = end }
        return end - place
    }

    func move(to place: Int) { self.place = place }
}

/// An archive in a file that is open, of which only what is wanted is read.
final class ArchiveOnDisk: ArchiveInput {
    private let descriptor: Int32
    private var place = 0
    private let size: Int

    /// Opens a file; throws when that fails.
    init(path: String, size: Int) throws {
        descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        self.size = size
        if descriptor < 0 { throw ReadingError("cannot be opened: \(String(cString: strerror(errno)))") }
    }

    deinit { close(descriptor) }

    var length: Int? { size }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        // Safety: pread writes at most buffer.count bytes to the buffer.
        let count = pread(descriptor, buffer.baseAddress, buffer.count, off_t(place))
        if count < 0 { throw ReadingError("cannot be read: \(String(cString: strerror(errno)))") }
        place += count
        return count
    }

    func move(to place: Int) { self.place = place }
}

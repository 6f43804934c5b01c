import SystemPackage

/// The fields of an SQLite file's first 100 bytes that tell whether it is a Postil index.
///
/// Reading them changes nothing: no lock is taken and no journal is opened, so that looking at a stranger's file is safe.
/// Format (https://www.sqlite.org/fileformat.html#the_database_header): offset 0, 16 bytes "SQLite format 3\0"; offset 60,
/// `user_version`, 4 bytes big-endian; offset 68, `application_id`, 4 bytes big-endian.
struct IndexFileHeader: Equatable {
    /// "Pstl", the `application_id` of Postil's files.
    static let applicationID: UInt32 = 0x5073_746C
    static let magic = Array("SQLite format 3\0".utf8)
    static let length = 100

    let userVersion: UInt32
    let applicationID: UInt32

    /// Decodes a header; nil when the bytes are not the beginning of an SQLite file.
    init?(_ bytes: [UInt8]) {
        guard bytes.count >= IndexFileHeader.length, bytes.starts(with: IndexFileHeader.magic) else { return nil }
        func bigEndian(at offset: Int) -> UInt32 { bytes[offset..<offset + 4].reduce(0) { $0 << 8 | UInt32($1) } }
        userVersion = bigEndian(at: 60)
        applicationID = bigEndian(at: 68)
    }

    /// Reads the header of the file at `path` and throws unless it is an index this version can open.
    static func validate(path: String) throws(IndexError) {
        let bytes: [UInt8]
        do {
            let file = try FileDescriptor.open(FilePath(path), .readOnly)
            bytes = try file.closeAfter {
                try [UInt8](unsafeUninitializedCapacity: length) { buffer, count in
                    count = try file.read(fromAbsoluteOffset: 0, into: UnsafeMutableRawBufferPointer(buffer))
                }
            }
        } catch Errno.noSuchFileOrDirectory {
            throw .notFound(path: path)
        } catch Errno.isDirectory {
            throw .notAnIndex(path: path, reason: "it is a folder")
        } catch {
            throw .unreadable(path: path, reason: "\(error)")
        }
        guard !bytes.isEmpty else { throw .notAnIndex(path: path, reason: "the file is empty") }
        guard let header = IndexFileHeader(bytes) else {
            throw .notAnIndex(path: path, reason: "not an SQLite database")
        }
        guard header.applicationID == applicationID else {
            throw .notAnIndex(path: path, reason: "an SQLite database of another program")
        }
        guard header.userVersion <= UInt32(IndexSchema.version) else {
            throw .newerFormat(path: path, found: Int(header.userVersion), known: IndexSchema.version)
        }
    }
}

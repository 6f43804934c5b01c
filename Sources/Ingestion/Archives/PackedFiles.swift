/// Files of a zip that is one document or book, by their paths.
///
/// Memory: the files that are asked for, at most `ReadingLimits.maximumContainerBytes`.
struct PackedFiles {
    private var files: [String: [UInt8]] = [:]
    /// The paths of all files, in the archive's order.
    private(set) var names: [String] = []
    /// What is wrong with the archive from some place on.
    private(set) var problem: String?

    /// Reads the files that are wanted. Costs their decompression, and a look at the header of each other one.
    init(_ bytes: UnsafeRawBufferPointer, limits: ReadingLimits, wanted: (String) -> Bool) throws {
        let reader = try ArchiveReader(.zip, ArchiveInMemory(bytes))
        var room = limits.maximumContainerBytes
        do {
            while let entry = try reader.next() {
                guard entry.isFile else { continue }
                names.append(entry.name)
                if files[entry.name] != nil || !wanted(entry.name) { continue }
                if entry.isEncrypted { throw ReadingError("is encrypted") }
                files[entry.name] = try Self.readAll(of: reader, size: entry.size, room: &room)
            }
        } catch  where !files.isEmpty {
            problem = "\(error)"
        }
    }

    private static func readAll(of reader: ArchiveReader, size: Int?, room: inout Int) throws -> [UInt8] {
        var bytes: [UInt8] = []
        // What the archive says of the size is no promise.
        var chunk = min(max(size ?? 0, 1 << 12) + 1, 1 << 20)
        while true {
            let part = try [UInt8](unsafeUninitializedCapacity: chunk) { buffer, count in
                count = try reader.read(into: UnsafeMutableRawBufferPointer(buffer))
            }
            if part.isEmpty { return bytes }
            room -= part.count
            if room < 0 { throw ReadingError("unpacks to more than the limit of a document; " + ReadingLimits.wayOut) }
            bytes += part
            chunk = min(max(bytes.count, 1 << 12), 1 << 20)
        }
    }

    /// A file's bytes, by its path as it is or else in any letter case.
    subscript(path: String) -> [UInt8]? {
        if let bytes = files[path] { return bytes }
        let folded = path.lowercased()
        return files.first { $0.key.lowercased() == folded }?.value
    }

    /// Resolves a reference in a file: `text/ch1.xhtml#p2` in `OPS/book.opf` is `OPS/text/ch1.xhtml`.
    static func path(of reference: String, from file: String) -> String {
        let path = reference.prefix { $0 != "#" && $0 != "?" }
        let isRooted = path.hasPrefix("/")
        var components = isRooted ? [] : file.split(separator: "/").dropLast().map(String.init)
        for component in path.split(separator: "/") {
            switch component {
            case ".": continue
            case "..": _ = components.popLast()
            default: components.append(percentDecoded(component))
            }
        }
        return components.joined(separator: "/")
    }

    private static func percentDecoded(_ text: Substring) -> String {
        guard text.utf8.contains(UInt8(ascii: "%")) else { return String(text) }
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), rest.count >= 2,
                let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif
import SystemPackage

/// Goes through a folder's entries and asks for the status of each.
enum FolderEntries {
    /// Something that has a name in a folder.
    struct Entry {
        /// As it lies in the folder; valid only while the entry is looked at.
        let name: UnsafeRawBufferPointer
        let content: Content

        enum Content {
            /// What has the name itself.
            case own(FileStatus)
            /// A symbolic link, and what it leads to.
            case link(FileStatus, to: FileStatus)
            case unseen(Errno)
        }
    }

    /// Calls `body` with each entry, in no order. `.git` is left out, since git's own files are nobody's texts.
    static func forEach(in folder: String, _ body: (Entry) -> Void) throws(Errno) {
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Errno(rawValue: errno) }
        guard let stream = fdopendir(descriptor) else {
            let error = Errno(rawValue: errno)
            close(descriptor)
            throw error
        }
        defer { closedir(stream) }
        while true {
            errno = 0
            guard let entry = readdir(stream) else {
                if errno != 0 { throw Errno(rawValue: errno) }
                return
            }
            // The name ends with a zero, and is passed on as it lies there: a path of its own would be walked from the root again.
            withUnsafePointer(to: &entry.pointee.d_name) { field in
                field.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: field.pointee)) { name in
                    let bytes = UnsafeRawBufferPointer(start: name, count: strlen(name))
                    if isLeftOut(bytes) { return }
                    body(Entry(name: bytes, content: content(of: name, in: descriptor)))
                }
            }
        }
    }

    private static func content(of name: UnsafePointer<CChar>, in folder: CInt) -> Entry.Content {
        do throws(Errno) {
            let own = try FileStatus(of: name, in: folder, followingLinks: false)
            guard own.kind == .link else { return .own(own) }
            return .link(own, to: try FileStatus(of: name, in: folder, followingLinks: true))
        } catch {
            return .unseen(error)
        }
    }

    private static func isLeftOut(_ name: UnsafeRawBufferPointer) -> Bool {
        guard name.first == UInt8(ascii: ".") else { return false }
        return name.elementsEqual(".".utf8) || name.elementsEqual("..".utf8) || name.elementsEqual(".git".utf8)
    }
}

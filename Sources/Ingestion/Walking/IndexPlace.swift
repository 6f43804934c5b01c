/// Where the index that a run writes lies: as often as not in the folder that it indexes, where each run changes its files.
package struct IndexPlace: Sendable {
    /// With a slash at its end.
    private let folder: String
    private let name: [UInt8]

    /// The place of an index.
    package init(path: String) {
        let path = FileStatus.absolute(path)
        let end = path.utf8.lastIndex(of: UInt8(ascii: "/")) ?? path.startIndex
        folder = path[..<end] + "/"
        name = Array(path[end...].utf8.dropFirst())
    }

    /// The name of the index, when it lies in a folder whose path has a slash at its end.
    func name(in folder: String) -> [UInt8]? { folder == self.folder ? name : nil }

    /// Whether a file is one of the index's: itself, its log, the lock and the file of a build.
    static func isOf(_ index: [UInt8], _ name: UnsafeRawBufferPointer) -> Bool {
        guard name.starts(with: index) else { return false }
        let rest = name.dropFirst(index.count)
        return rest.isEmpty || ["-wal", "-shm", "-journal", ".lock"].contains { rest.elementsEqual($0.utf8) }
            || rest.starts(with: ".building".utf8)
    }
}

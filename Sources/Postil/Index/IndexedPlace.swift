import Foundation
import SystemPackage

/// An argument of an index run, as the part of the file system that it covers.
struct IndexedPlace {
    private let path: FilePath

    init(_ argument: String) {
        // Sources are known by their absolute paths.
        let path = FilePath(FileManager.default.currentDirectoryPath).pushing(FilePath(argument)).lexicallyNormalized()
        // A glob covers the folder in front of its first wildcard.
        let wildcards = Self.wildcards
        self.path =
            argument.unicodeScalars.contains { wildcards.contains($0) }
            ? FilePath(
                root: path.root,
                path.components.prefix { component in
                    !component.string.unicodeScalars.contains { wildcards.contains($0) }
                })
            : path
    }

    private static let wildcards: Set<Unicode.Scalar> = ["*", "?", "["]

    /// Whether a source lies there.
    func covers(_ source: String) -> Bool {
        FilePath(source).lexicallyNormalized().starts(with: path)
    }
}

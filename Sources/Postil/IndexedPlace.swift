import SystemPackage

/// An argument of an index run, as the part of the file system that it covers.
struct IndexedPlace {
    private let path: FilePath

    init(_ argument: String) {
        let path = FilePath(argument).lexicallyNormalized()
        // A glob covers the folder in front of its first wildcard.
        let wildcards = CharacterSet.wildcards
        self.path =
            argument.unicodeScalars.contains { wildcards.contains($0) }
            ? FilePath(
                root: path.root,
                path.components.prefix { component in
                    !component.string.unicodeScalars.contains { wildcards.contains($0) }
                })
            : path
    }

    /// Whether a source lies there.
    func covers(_ source: String) -> Bool {
        let source = FilePath(source).lexicallyNormalized()
        return path.isEmpty || path.string == "." ? !source.isAbsolute : source.starts(with: path)
    }
}

private enum CharacterSet {
    static let wildcards: Set<Unicode.Scalar> = ["*", "?", "["]
}

import IndexStore
import SystemPackage

extension Index {
    /// File name that is looked for when no index is named.
    public static let defaultName = "postil.db"

    /// Environment variable that names an index.
    public static let environmentVariable = "POSTIL_INDEX"

    /// Where the index is: `explicit`, else `$POSTIL_INDEX`, else `postil.db` in `folder` or the nearest folder above it
    /// that has one.
    ///
    /// - Throws: `IndexError.notFound(path:)` when there is none.
    public static func discover(explicit: String?, environment: [String: String], folder: String) throws -> String {
        if let explicit { return explicit }
        if let named = environment[environmentVariable], !named.isEmpty { return named }
        var place = FilePath(folder)
        while true {
            let candidate = place.appending(defaultName)
            if candidate.exists { return candidate.string }
            guard place.removeLastComponent() else { throw IndexError.notFound(path: defaultName) }
        }
    }
}

extension FilePath {
    /// Whether a file can be opened at the path.
    fileprivate var exists: Bool {
        do {
            try FileDescriptor.open(self, .readOnly).close()
            return true
        } catch {
            return false
        }
    }
}

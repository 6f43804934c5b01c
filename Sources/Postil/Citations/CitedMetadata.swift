/// A document's metadata by what their names mean: `Publication Title`, `publicationTitle` and `publication_title` are one.
struct CitedMetadata {
    private var values: [String: String] = [:]

    init(_ metadata: [String: String]) {
        // Of several names that are one, the same counts in each run.
        for (name, value) in metadata.sorted(by: { $0.key < $1.key }) {
            let plain = Self.plain(name)
            if !value.isEmpty, values[plain] == nil { values[plain] = value }
        }
    }

    private static func plain(_ name: String) -> String { name.lowercased().filter { $0.isLetter || $0.isNumber } }

    /// The value of the first name that has one. Names are given in small letters without marks: `publicationtitle`.
    subscript(_ names: String...) -> String? { names.lazy.compactMap { values[$0] }.first }
}

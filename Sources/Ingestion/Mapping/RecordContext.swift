/// What the reader knows about a record besides its fields.
struct RecordContext {
    let file: InputFile
    /// The 1-based line it starts on.
    var line = 1
    /// Its number in its source, from 1; nil when the source is one document.
    var row: Int?
    /// The text of a file that is one document, without mark-up.
    var text: MarkedText?
    /// The title that text gives itself.
    var heading: String?

    /// The name a document has when its record gives none: the path, with the row when there are several.
    var defaultID: String { row.map { "\(file.relativePath):\($0)" } ?? file.relativePath }

    /// The file's name without its extensions.
    var name: String {
        let name = file.relativePath.split(separator: "/").last ?? ""
        let stem = name.hasSuffix(".gz") ? name.dropLast(3) : name
        guard let dot = stem.lastIndex(of: "."), dot > stem.startIndex else { return String(stem) }
        return String(stem[..<dot])
    }

    /// The text of a `$name`.
    func text(of known: FieldPath.Known) -> String? {
        switch known {
        case .path: file.relativePath
        case .name: name
        case .line: String(line)
        case .row: row.map(String.init)
        case .text: text?.plain
        case .title: heading ?? (text == nil ? nil : name)
        }
    }
}

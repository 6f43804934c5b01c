/// One record of an input, whatever it was written in.
///
/// The fields that the mapping reads are known by their numbers in its `FieldNames`.
protocol Record {
    /// Whether it has a field with a name, whatever its value. Without it, no path that begins with the name leads anywhere.
    func has(_ field: Int) -> Bool
    /// Equivalent to: `text(at: path, joinedBy: separator)`, where the path is the field's name.
    func text(of field: Int, joinedBy separator: String) -> String?
    /// The texts at a path, several joined, or nil when there is none. Objects are no text; white space alone is none.
    func text(at path: FieldPath, joinedBy separator: String) -> String?
    /// The texts at a path, in order, without empty ones.
    func texts(at path: FieldPath) -> [String]
    /// Equivalent to `texts(at:)`, but objects count by their names (see `MetadataLists.nameKeys`).
    func labels(at path: FieldPath) -> [String]
    /// Whether what is at a path is a list, or the elements of one: where these are one text, its commas are its own.
    func isList(at path: FieldPath) -> Bool
    /// Equivalent to `texts(at:)`, but objects count as the people that they name (see `PersonParts`).
    func people(at path: FieldPath) -> [String]
    /// Everything in a field as text, as `otherFields` gives it; nil where that is blank.
    func otherText(of field: Int) -> String?
    /// The first top-level fields that no path begins with, as text (lists as `MetadataLists` has them, objects as JSON), and whether
    /// there are more.
    func otherFields(atMost limit: Int) -> (fields: [OtherField], isCut: Bool)
    /// Names of the top-level fields, without empty ones, for messages.
    var fieldNames: [String] { get }
}

extension Record {
    /// A record without objects names people by their texts.
    func people(at path: FieldPath) -> [String] { texts(at: path) }

    /// A record of texts alone has no lists.
    func isList(at path: FieldPath) -> Bool { false }
}

/// A field that a mapping does not name.
struct OtherField {
    var name: String
    var text: String
    /// Whether the text is that of a list.
    var isList = false
}

/// What the reader knows about a record besides its fields.
struct RecordContext {
    let file: InputFile
    /// The 1-based line it starts on.
    var line = 1
    /// Its number in its source, from 1; nil when the source is one document.
    var row: Int?
    /// What it is called within its source, where it has a name that stays when others come or go: a chapter's.
    var part: String?
    /// The text of a file that is one document, without mark-up.
    var text: MarkedText?
    /// The title that text gives itself.
    var heading: String?

    /// The name a document has when its record gives none: the path, with the part or else the row when there are several.
    var defaultID: String {
        if let part { return "\(file.relativePath)#\(part)" }
        return row.map { "\(file.relativePath):\($0)" } ?? file.relativePath
    }

    /// The file's name without its extensions.
    var name: String {
        let name = file.relativePath.split(separator: "/").last ?? ""
        let stem = DocumentFormat.uncompressedName(of: name)
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

/// A format that inputs can have: how it is told, and how its inputs become documents.
///
/// To add one, write a type for it in a folder of its own, name it in `DocumentFormat.all`, give it a line in
/// Documentation/Formats.md, and test it. Most formats conform to one of these refinements, which ask for less:
///
/// | an input is | conform to | examples |
/// |---|---|---|
/// | one document | `PageFormat` | text, Markdown, HTML |
/// | held whole, and gives any number of documents | `WholeFormat` | JSON, EPUB |
/// | a zip of XML files that are one document | `OfficeFormat` | DOCX, ODT |
/// | a stream of records | `RecordFormat` | JSON Lines, CSV |
///
/// What fits none of them, such as an archive that is walked like a folder, makes its own `InputBatchSource`.
protocol InputFormat: Sendable {
    /// Its name in profiles and messages. No two formats have the same.
    var name: String { get }

    /// File name extensions that tell it, in lower case and without the dot. Each may be followed by that of a
    /// compression.
    var extensions: [String] { get }

    /// Whether its bytes are text. Text reaches it without byte order mark and in UTF-8 where a mark said UTF-16, and is
    /// refused where it holds a NUL; anything else reaches it as it is, decompressed.
    var isText: Bool { get }

    /// Whether its text may say itself what character set it is in: then it reaches the format as it is, and what a profile
    /// says or the bytes look like counts for what says nothing.
    var declaresEncoding: Bool { get }

    /// How surely an input that no name tells is of this format. Of those most sure, the first in `DocumentFormat.all` wins.
    func recognition(of beginning: InputBeginning) -> Recognition

    /// The format that the bytes show, where a name leaves a choice: a `.json` file may hold JSON Lines.
    func refined(by beginning: InputBeginning) -> any InputFormat

    /// Begins to read an input. What is wrong with it is a part of the batches.
    func batches(of input: OpenInput) -> any InputBatchSource
}

extension InputFormat {
    var isText: Bool { true }
    var declaresEncoding: Bool { false }
    func recognition(of beginning: InputBeginning) -> Recognition { .none }
    func refined(by beginning: InputBeginning) -> any InputFormat { self }
}

/// How surely the first bytes of an input show its format.
enum Recognition: Int, Comparable {
    /// They do not.
    case none
    /// Nothing speaks against it: text may be anything that is not binary.
    case possible
    /// They look like it.
    case likely
    /// They hold a mark that only this format has.
    case certain

    static func < (left: Recognition, right: Recognition) -> Bool { left.rawValue < right.rawValue }
}

/// The first bytes of an input, decompressed, from which its format can be told.
struct InputBeginning {
    /// As they are: at most `ByteStream.prefixLength`.
    let bytes: [UInt8]
    /// As text: without byte order mark, and in UTF-8 where a mark said UTF-16.
    let text: [UInt8]
    /// Whether there may be more bytes than these.
    let isCut: Bool

    /// Whether a mark stands in the first bytes of the text.
    func holds(_ mark: String, within length: Int) -> Bool {
        text.prefix(length).withUnsafeBytes { $0.firstRange(of: Array(mark.utf8), from: 0) } != nil
    }

    /// Whether they hold a NUL, which text never does.
    var isBinary: Bool { text.withUnsafeBytes { $0.first(0, from: 0) != nil } }
}

/// An input that has been opened, and how it is to be read.
struct OpenInput {
    let file: InputFile
    let stream: ByteStream
    let mapping: RecordMapping
    let limits: ReadingLimits
    /// How many archives it lies in.
    var depth = 0
    /// The character set that the profile says, where the format itself makes text of the bytes.
    var encoding: String?
}

/// Reads one input from front to end, on one thread at a time.
protocol InputBatchSource: AnyObject {
    /// The next part; nil at the end.
    func next() -> InputBatch?
}

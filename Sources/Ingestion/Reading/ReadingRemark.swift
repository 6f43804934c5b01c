/// Something in an input that was read, but not as it stood.
public struct ReadingRemark: Sendable, Hashable {
    /// What it was.
    public enum Kind: Sendable, Hashable {
        /// Damaged UTF-8 sequences were replaced by U+FFFD.
        case replacedSequences
        /// Texts that are not UTF-8 were read as Windows-1252.
        case windows1252Texts
        /// The text was in a character set that nothing named.
        case guessedEncoding(String)
        /// Rows have more or fewer cells than the header.
        case raggedRows
        /// Rows have nothing in any cell.
        case emptyRows
        /// Columns have the same names, which these are.
        case repeatedColumns(names: String)
        /// Records have more fields than are kept.
        case manyFields
        /// Records have fields with longer names than are kept.
        case longNames
        /// Dates could not be read.
        case unreadDates
        /// Records gave no document, and no other one gave any.
        case recordsWithoutDocument
        /// It was read in the profile's format, though its name tells another one. Worth saying when that gave no document.
        case otherFormat(read: String, named: String)
        /// A part of the input was left out, for this reason.
        case leftOut(reason: String)
    }

    /// What it was.
    public let kind: Kind
    /// How often.
    public private(set) var count: Int
    /// The 1-based line of the first, where known.
    public let line: Int?

    init(_ kind: Kind, count: Int = 1, line: Int?) {
        self.kind = kind
        self.count = count
        self.line = line
    }

    /// The remark on a file in an archive, whose lines are not the archive's.
    var withoutLine: ReadingRemark { ReadingRemark(kind, count: count, line: nil) }

    /// Counts a remark of the same kind on what comes later in the same input.
    public mutating func add(_ later: ReadingRemark) {
        precondition(later.kind == kind)
        count += later.count
    }

    /// Whether it happened often enough to be worth saying: a few empty rows, or
    /// records without a document, are nothing to remark on.
    public var isTelling: Bool {
        [.recordsWithoutDocument, .emptyRows].contains(kind) ? count >= ReadingRemark.telling : true
    }

    private static let telling = 10

    /// The remark as a sentence without its full stop.
    public var message: String {
        switch kind {
        case .replacedSequences:
            (count == 1 ? "1 damaged UTF-8 sequence was" : "\(count) damaged UTF-8 sequences were")
                + " replaced by U+FFFD"
        case .windows1252Texts:
            (count == 1 ? "1 text that is not UTF-8 was" : "\(count) texts that are not UTF-8 were")
                + " read as Windows-1252"
        case .guessedEncoding(let name):
            "was read as \(name), which its bytes look like; `encoding: \(name)` in a profile says so for sure"
        case .raggedRows:
            "\(count) \(count == 1 ? "row has" : "rows have") more or fewer cells than the header, the first here; absent cells are empty, extra ones are "
                + "left out"
        case .emptyRows: "\(count) \(count == 1 ? "row is" : "rows are") empty, the first here; they were passed over"
        case .repeatedColumns(let names): "several columns have one name (\(names)); their values were joined"
        case .manyFields:
            "\(count) \(count == 1 ? "record has" : "records have") more than \(RecordMapper.maximumFields) fields that the "
                + "profile does not name, the first here; the others were left out"
        case .longNames:
            "\(count) \(count == 1 ? "record has" : "records have") fields whose names take more than \(RecordMapper.longestName) bytes, the "
                + "first here; these fields were left out"
        case .unreadDates:
            "\(count) \(count == 1 ? "date" : "dates") could not be read, the first here; they were kept as the metadata "
                + "field `date`"
        case .recordsWithoutDocument: "none of \(count) records gave a document; is the profile meant for this file?"
        case .otherFormat(let read, let named):
            "gave no document as \(read), the format of its profile; its name says \(named): read it with another profile"
        case .leftOut(let reason): reason
        }
    }
}

extension [ReadingRemark] {
    /// Adds a remark to the one of its kind, or as the first.
    package mutating func add(_ remark: ReadingRemark) {
        if let known = firstIndex(where: { $0.kind == remark.kind }) {
            self[known].add(remark)
        } else {
            append(remark)
        }
    }
}

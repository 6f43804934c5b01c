/// Documents that an index run left in the index though it did not find their files, because it could not tell that they are
/// gone.
public struct KeptDocuments: Sendable, Hashable {
    /// Why their files were not found.
    public enum Reason: String, Sendable {
        /// Nothing is at the path that was to be indexed: a folder that was moved, or a volume that is not mounted.
        case missing
        /// The folder, or the pattern, has no file to index, as the empty place of a volume that is not mounted.
        case empty
        /// A file is now where the folder was.
        case replaced
        /// The files are there but are no longer chosen: ignored, hidden, or of an extension that is no longer read.
        case notChosen = "not_chosen"
    }

    /// The place that was to be indexed; for ``Reason/notChosen`` the first of the files.
    public let path: String
    /// How many files.
    public internal(set) var files: Int
    /// How many documents.
    public internal(set) var documents: Int
    /// Why their files were not found.
    public let reason: Reason
}

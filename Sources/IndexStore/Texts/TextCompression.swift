/// How the texts of an index are stored, decided when it is created.
///
/// Stored plainly, they can be read by any program that reads SQLite. Compressed, they take about a third, and reading them
/// takes a connection that knows `postil_text`; searching with `MATCH` does not. Results are the same.
public enum TextCompression: String, Sendable, Hashable, CaseIterable {
    /// As plain text in the table `documents`.
    case none
    /// As frames of Zstandard (RFC 8878); see ``TextFrameFormat``.
    case zstd

    /// The table that the documents' rows lie in. With compression, `documents` is a view of it.
    var table: String {
        switch self {
        case .none: "documents"
        case .zstd: "packed_documents"
        }
    }
}

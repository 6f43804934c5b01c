import Documents

/// A document on its way into the index, handed from stage to stage by reference: copying a ``Document`` counts references
/// to each of its fields, which is dearer than the stages' own work on short ones.
///
/// Belongs to one thread at a time.
public final class NewDocument {
    /// The document.
    public let document: Document
    /// Its fingerprint.
    public let contentHash: Int64
    /// Its row id, once it has one.
    public internal(set) var id = DocumentID(rawValue: 0)
    /// The source it came from.
    package var source: SourceID?
    /// Its texts compressed, from then on until they are stored.
    var frame: [UInt8]?

    /// Takes a document and fingerprints it.
    public init(_ document: consuming Document) {
        contentHash = DocumentFingerprint.of(document)
        self.document = document
    }

    /// Bytes of its title and body.
    public var textBytes: Int { document.title.utf8.count + document.body.utf8.count }
}

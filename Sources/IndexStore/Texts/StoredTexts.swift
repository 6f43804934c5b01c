import Documents
import Postings

/// The texts of a document in one piece, which is what is compressed.
///
///     record   := titleLength metadataLength markupLength title metadata markup body
///     lengths  := Varint, in bytes; for metadata and markup one more than that, and 0 for none
///
/// The body is what is left. Texts are UTF-8; metadata is a JSON object.
///
/// Worked example: title `Hi`, no metadata, markup `*B*`, body `B` is `02 00 04 48 69 2A 42 2A 42`.
struct StoredTexts {
    /// Which of the texts.
    enum Field: String, CaseIterable {
        case title, metadata, markup, body
    }

    let title: Range<Int>
    let metadata: Range<Int>?
    let markup: Range<Int>?
    let body: Range<Int>

    /// Finds the texts in a record.
    ///
    /// - Throws: ``TextFrameError/damaged(_:)`` when the lengths do not fit.
    init(_ bytes: UnsafeRawBufferPointer) throws(TextFrameError) {
        var offset = 0
        func length() throws(TextFrameError) -> Int {
            guard let value = Varint.read(bytes, at: &offset), value <= bytes.count else {
                throw .damaged("a length of the text record is \(bytes.count) or more")
            }
            return Int(value)
        }
        let lengths = (try length(), try length(), try length())
        func text(_ length: Int) throws(TextFrameError) -> Range<Int> {
            guard length <= bytes.count - offset else { throw .damaged("the text record ends inside a text") }
            defer { offset += length }
            return offset..<offset + length
        }
        title = try text(lengths.0)
        metadata = lengths.1 == 0 ? nil : try text(lengths.1 - 1)
        markup = lengths.2 == 0 ? nil : try text(lengths.2 - 1)
        body = offset..<bytes.count
    }

    /// Where a text lies; nil when the document has none.
    func range(of field: Field) -> Range<Int>? {
        switch field {
        case .title: title
        case .metadata: metadata
        case .markup: markup
        case .body: body
        }
    }

    /// Writes the record of a document in place of what `record` holds.
    static func encode(_ document: Document, into record: inout [UInt8]) {
        let metadata = MetadataJSON.object(document.metadata)
        record.removeAll(keepingCapacity: true)
        Varint.append(UInt64(document.title.utf8.count), to: &record)
        Varint.append(UInt64(metadata.map { $0.utf8.count + 1 } ?? 0), to: &record)
        Varint.append(UInt64(document.markup.map { $0.utf8.count + 1 } ?? 0), to: &record)
        for var text in [document.title, metadata ?? "", document.markup ?? "", document.body] {
            text.withUTF8 { record.append(contentsOf: $0) }
        }
    }
}

import Documents

extension SyntheticCollection {
    /// The document of a number (from 0), as indexing takes it.
    public func document(_ number: Int) -> Document {
        precondition((0..<documentCount).contains(number), "document \(number) of \(documentCount)")
        var composition = Composition()
        compose(number, into: &composition)
        var title: [UInt8] = []
        var text: [UInt8] = []
        var name: [UInt8] = [UInt8(ascii: "d")]
        appendTitle(composition, to: &title)
        appendText(composition, to: &text)
        name.append(number: number, width: 7)
        return Document(
            externalID: String(decoding: name, as: UTF8.self), title: String(decoding: title, as: UTF8.self),
            body: String(decoding: text, as: UTF8.self), line: number + 1)
    }
}

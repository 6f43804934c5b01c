/// A text that equals only texts of the same bytes.
///
/// Names of files and ids of documents are bytes: a folder may hold `café.md` twice, once with `é` as one scalar and once
/// as two. A `String` takes both for one.
package struct ExactText: Hashable, Sendable {
    /// The text.
    package let text: String

    /// Takes a text as it is.
    package init(_ text: String) { self.text = text }

    package static func == (left: ExactText, right: ExactText) -> Bool { left.text.utf8.elementsEqual(right.text.utf8) }

    package func hash(into hasher: inout Hasher) {
        var text = text
        text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
}

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A text that equals only texts of the same bytes.
///
/// Names of files and ids of documents are bytes: a folder may hold `café.md` twice, once with `é` as one scalar and once
/// as two. A `String` takes both for one.
package struct ExactText: Hashable, Comparable, Sendable {
    /// The text.
    package let text: String

    /// Takes a text as it is.
    package init(_ text: String) { self.text = text }

    package static func == (left: ExactText, right: ExactText) -> Bool {
        let (left, right) = (left.text.utf8, right.text.utf8)
        guard left.count == right.count else { return false }
        // Nearly every text lies in one piece of memory, of which bytes are compared without going through a view of text.
        let equal = left.withContiguousStorageIfAvailable { left in
            right.withContiguousStorageIfAvailable { right in
                // Safety: both have as many bytes, of which an empty one has none to look at.
                left.isEmpty
                    || memcmp(left.baseAddress.unsafelyUnwrapped, right.baseAddress.unsafelyUnwrapped, left.count) == 0
            }
        }
        return equal.flatMap { $0 } ?? left.elementsEqual(right)
    }

    package static func < (left: ExactText, right: ExactText) -> Bool {
        let (left, right) = (left.text.utf8, right.text.utf8)
        let order = left.withContiguousStorageIfAvailable { first in
            right.withContiguousStorageIfAvailable { second -> Bool in
                guard let one = first.baseAddress, let other = second.baseAddress else {
                    return first.count < second.count
                }
                // Safety: both have as many bytes as are compared.
                let order = memcmp(one, other, min(first.count, second.count))
                return order == 0 ? first.count < second.count : order < 0
            }
        }
        return order.flatMap { $0 } ?? left.lexicographicallyPrecedes(right)
    }

    package func hash(into hasher: inout Hasher) {
        var text = text
        text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
}

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
    @inlinable
    package init(_ text: String) { self.text = text }

    @inlinable
    package static func == (left: ExactText, right: ExactText) -> Bool {
        left.text.withUTF8Bytes { left in
            right.text.withUTF8Bytes { right in
                guard left.count == right.count else { return false }
                guard let one = left.baseAddress, let other = right.baseAddress else { return true }
                // Safety: both have as many bytes.
                return memcmp(one, other, left.count) == 0
            }
        }
    }

    package static func < (left: ExactText, right: ExactText) -> Bool {
        left.text.withUTF8Bytes { left in
            right.text.withUTF8Bytes { right in
                guard let one = left.baseAddress, let other = right.baseAddress else {
                    return left.count < right.count
                }
                // Safety: both have as many bytes as are compared.
                let order = memcmp(one, other, min(left.count, right.count))
                return order == 0 ? left.count < right.count : order < 0
            }
        }
    }

    /// Whether it begins with the bytes of another.
    package func hasPrefix(_ prefix: ExactText) -> Bool {
        text.withUTF8Bytes { text in
            prefix.text.withUTF8Bytes { prefix in
                guard prefix.count <= text.count else { return false }
                guard let one = text.baseAddress, let other = prefix.baseAddress else { return prefix.isEmpty }
                // Safety: both have as many bytes as are compared.
                return memcmp(one, other, prefix.count) == 0
            }
        }
    }

    @inlinable
    package func hash(into hasher: inout Hasher) {
        text.withUTF8Bytes { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
}

/// A term as the key of a dictionary or set. Its bytes are hashed in one go, where an array's are hashed one after the other.
package struct HashedTerm: Hashable, Sendable {
    /// The term, as it stands in the index.
    package let term: [UInt8]

    /// A term's key.
    package init(_ term: [UInt8]) { self.term = term }

    package func hash(into hasher: inout Hasher) { term.withUnsafeBytes { hasher.combine(bytes: $0) } }
}

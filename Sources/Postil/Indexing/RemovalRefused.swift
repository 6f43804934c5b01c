/// An index run would have removed so much that it stopped before it changed anything: all documents of a folder, or more
/// than a quarter of the index and at least ``smallestAlarm`` documents. ``IndexingRequest/prunes`` allows it.
public struct RemovalRefused: Error, Sendable, CustomStringConvertible {
    /// How many documents would have gone.
    public let documents: Int
    /// How many documents the index has.
    public let indexed: Int
    /// Where they were: folders of which nothing would be left, and up to three files.
    public let places: [String]

    /// A quarter of fewer documents is what people delete in an afternoon.
    public static let smallestAlarm = 50

    /// What would have happened.
    public var description: String {
        let list = places.isEmpty ? "" : " (of \(places.joined(separator: ", ")))"
        return "this run would remove \(documents) of \(indexed) documents\(list); nothing was changed"
    }
}

/// Room for the short texts that are bound to a statement, which SQLite would otherwise copy into memory of its own, each.
final class BoundTexts {
    private let room: UnsafeMutableRawBufferPointer
    private var count = 0

    /// Room for `capacity` bytes.
    init(capacity: Int) { room = .allocate(byteCount: capacity, alignment: 16) }

    deinit { room.deallocate() }

    /// Begins anew: none of the texts is bound any more, or none of the statements will run again before new texts are.
    func removeAll() { count = 0 }

    /// Binds a text until ``removeAll()``. One for which there is no room is left to SQLite to copy.
    func bind(_ text: String, to statement: SQLiteStatement, at position: Int32) {
        var text = text
        text.withUTF8 { bind($0, to: statement, at: position) }
    }

    /// Binds UTF-8 text until ``removeAll()``.
    func bind(_ bytes: UnsafeBufferPointer<UInt8>, to statement: SQLiteStatement, at position: Int32) {
        guard bytes.count <= room.count - count else { return statement.bind(copying: bytes, at: position) }
        // Safety: count + bytes.count <= room.count, checked on entry; the bytes stay there until `removeAll`.
        let place = UnsafeMutableRawBufferPointer(rebasing: room[count..<count + bytes.count])
        place.copyBytes(from: bytes)
        count += bytes.count
        statement.bind(borrowing: UnsafeBufferPointer(place.bindMemory(to: UInt8.self)), at: position)
    }
}

/// SQLite's variable-length integer, the number format of every FTS5 record.
///
/// One to nine bytes, the most significant first. Bytes one to eight carry seven bits each, with the high bit set
/// when another byte follows; a ninth byte carries eight bits. Small numbers are short: up to 127 take one byte, up
/// to 16,383 two.
///
/// Worked example: 300 is `10 0101100` in groups of seven bits, so it is stored as `82 2C`.
public enum Varint {
    /// The most bytes a number can take.
    public static let maximumLength = 9

    /// The bytes that `value` takes: 1 to 9.
    @inlinable
    public static func length(of value: UInt64) -> Int {
        if value >> 56 != 0 { return 9 }
        return max(1, (70 - value.leadingZeroBitCount) / 7)
    }

    /// Reads one number from `bytes` at `offset` and moves `offset` past it.
    ///
    /// - Returns: the number, or nil when `bytes` ends before the number does; `offset` then stays.
    @inlinable
    public static func read(_ bytes: UnsafeRawBufferPointer, at offset: inout Int) -> UInt64? {
        var value: UInt64 = 0
        var cursor = offset
        for index in 0..<maximumLength {
            guard cursor >= 0, cursor < bytes.count else { return nil }
            let byte = UInt64(bytes[cursor])
            cursor += 1
            if index == maximumLength - 1 {
                value = value << 8 | byte
                break
            }
            value = value << 7 | byte & 0x7F
            if byte < 0x80 { break }
        }
        offset = cursor
        return value
    }

    /// Reads one number at `pointer` and moves `pointer` past it, without looking for an end.
    ///
    /// Equivalent to ``read(_:at:)`` over a buffer that does not end inside the number.
    @inlinable
    @inline(__always)
    public static func decode(_ pointer: inout UnsafeRawPointer) -> UInt64 {
        // Safety: the caller keeps `maximumLength` readable bytes behind `pointer` (records carry padding).
        let first = pointer.load(as: UInt8.self)
        if first < 0x80 {
            pointer += 1
            return UInt64(first)
        }
        let second = pointer.load(fromByteOffset: 1, as: UInt8.self)
        if second < 0x80 {
            pointer += 2
            return UInt64(first & 0x7F) << 7 | UInt64(second)
        }
        let (value, length) = decodeLong(pointer)
        pointer += length
        return value
    }

    /// The case of three bytes and more, out of line so that the common one stays small.
    ///
    /// It takes the pointer by value: passed `inout`, the pointer would live in memory even in loops that never come
    /// here, which made them a third slower.
    @usableFromInline
    static func decodeLong(_ pointer: UnsafeRawPointer) -> (value: UInt64, length: Int) {
        var value: UInt64 = 0
        for index in 0..<(maximumLength - 1) {
            // Safety: index < maximumLength, which the caller keeps readable.
            let byte = UInt64(pointer.load(fromByteOffset: index, as: UInt8.self))
            value = value << 7 | byte & 0x7F
            if byte < 0x80 { return (value, index + 1) }
        }
        let last = UInt64(pointer.load(fromByteOffset: maximumLength - 1, as: UInt8.self))
        return (value << 8 | last, maximumLength)
    }

    /// Writes `value` at `pointer` and returns the bytes it took.
    @inlinable
    @inline(__always)
    @discardableResult
    public static func encode(_ value: UInt64, to pointer: UnsafeMutableRawPointer) -> Int {
        // Safety: the caller keeps `maximumLength` writable bytes behind `pointer`.
        if value < 0x80 {
            pointer.storeBytes(of: UInt8(truncatingIfNeeded: value), as: UInt8.self)
            return 1
        }
        if value < 0x4000 {
            pointer.storeBytes(of: UInt8(truncatingIfNeeded: value >> 7) | 0x80, as: UInt8.self)
            pointer.storeBytes(of: UInt8(truncatingIfNeeded: value) & 0x7F, toByteOffset: 1, as: UInt8.self)
            return 2
        }
        return encodeLong(value, to: pointer)
    }

    /// The case of three bytes and more.
    @usableFromInline
    static func encodeLong(_ value: UInt64, to pointer: UnsafeMutableRawPointer) -> Int {
        let count = length(of: value)
        var rest = value
        var index = count - 1
        if count == maximumLength {
            pointer.storeBytes(of: UInt8(truncatingIfNeeded: rest), toByteOffset: index, as: UInt8.self)
            rest >>= 8
            index -= 1
        }
        var more: UInt8 = count == maximumLength ? 0x80 : 0
        while index >= 0 {
            let byte = UInt8(truncatingIfNeeded: rest & 0x7F) | more
            pointer.storeBytes(of: byte, toByteOffset: index, as: UInt8.self)
            rest >>= 7
            more = 0x80
            index -= 1
        }
        return count
    }

    /// Appends `value` to `bytes`.
    @inlinable
    public static func append(_ value: UInt64, to bytes: inout [UInt8]) {
        if value < 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: value))
            return
        }
        withUnsafeTemporaryAllocation(byteCount: maximumLength, alignment: 1) { scratch in
            // Safety: scratch has `maximumLength` bytes.
            let count = encode(value, to: scratch.baseAddress!)
            bytes.append(contentsOf: scratch[..<count])
        }
    }
}

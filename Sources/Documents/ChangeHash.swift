/// A 64-bit hash of words and bytes, to tell whether something has changed.
///
/// Eight bytes at a time are multiplied in as in FNV-1a (Fowler, Noll, Vo), with the upper half folded back, which words need and bytes
/// do not. Mixing in a word is a bijection of the state: a change of one word always changes the value. Values are stored in index
/// files, and must stay what they are.
package struct ChangeHash: Sendable {
    @usableFromInline
    package internal(set) var value: UInt64

    /// The hash of nothing.
    @inlinable
    package init() { value = 0xCBF2_9CE4_8422_2325 }

    /// Goes on from a state.
    @inlinable
    package init(state: UInt64) { value = state }

    /// Mixes in a word.
    @inlinable @inline(__always)
    package mutating func mix(_ word: UInt64) {
        let product = (value ^ word) &* 0x9E37_79B9_7F4A_7C15
        value = product ^ product >> 32
    }

    /// Mixes in bytes, and how many they are.
    @inlinable @inline(__always)
    package mutating func mix(_ bytes: UnsafeRawBufferPointer) {
        mix(UInt64(bytes.count))
        mix(bytes, from: 0)
    }

    /// Mixes in a text's bytes, and how many they are.
    package mutating func mix(_ text: String) {
        var text = text
        text.withUTF8 { mix(UnsafeRawBufferPointer($0)) }
    }

    /// Mixes in the bytes from an offset on, and not how many they are.
    @inlinable @inline(__always)
    package mutating func mix(_ bytes: UnsafeRawBufferPointer, from start: Int) {
        var offset = start
        while offset + 8 <= bytes.count {
            // Safety: eight bytes are left, checked above.
            mix(UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)))
            offset += 8
        }
        var last: UInt64 = 0
        while offset < bytes.count {
            last = last << 8 | UInt64(bytes[offset])
            offset += 1
        }
        mix(last)
    }
}

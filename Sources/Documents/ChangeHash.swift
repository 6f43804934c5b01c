/// A 64-bit hash of words and bytes, to tell whether something has changed.
///
/// Eight bytes at a time are multiplied in as in FNV-1a (Fowler, Noll, Vo), with the upper half folded back, which words need and bytes
/// do not. Mixing in a word is a bijection of the state: a change of one word always changes the value. Values are stored in index
/// files, and must stay what they are.
package struct ChangeHash: Sendable {
    package private(set) var value: UInt64

    /// The hash of nothing.
    package init() { value = 0xCBF2_9CE4_8422_2325 }

    /// Mixes in a word.
    @inline(__always)
    package mutating func mix(_ word: UInt64) {
        let product = (value ^ word) &* 0x9E37_79B9_7F4A_7C15
        value = product ^ product >> 32
    }

    /// Mixes in bytes, and how many they are.
    @inline(__always)
    package mutating func mix(_ bytes: UnsafeRawBufferPointer) {
        mix(UInt64(bytes.count))
        mix(bytes, from: 0)
    }

    /// Mixes in a text's bytes, and how many they are.
    package mutating func mix(_ text: String) {
        var text = text
        text.withUTF8 { mix(UnsafeRawBufferPointer($0)) }
    }

    /// Mixes in bytes, and how many they are; long ones in four lanes, since each multiplication waits for the one before. Gives another
    /// value for them than ``mix(_:)``.
    package mutating func mix(long bytes: UnsafeRawBufferPointer) {
        mix(UInt64(bytes.count))
        let start = bytes.count >= Self.stripe ? mixStripes(bytes) : 0
        mix(bytes, from: start)
    }

    /// Bytes that are taken at a time: four lanes of eight.
    private static let stripe = 32

    /// Mixes in all whole stripes and returns their bytes.
    private mutating func mixStripes(_ bytes: UnsafeRawBufferPointer) -> Int {
        var lanes = (self, self, self, self)
        lanes.1.value &+= 1
        lanes.2.value &+= 2
        lanes.3.value &+= 3
        var offset = 0
        while offset + Self.stripe <= bytes.count {
            // Safety: 32 bytes are left, checked above.
            func word(_ place: Int) -> UInt64 {
                UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset + place, as: UInt64.self))
            }
            lanes.0.mix(word(0))
            lanes.1.mix(word(8))
            lanes.2.mix(word(16))
            lanes.3.mix(word(24))
            offset += Self.stripe
        }
        for lane in [lanes.0, lanes.1, lanes.2, lanes.3] { mix(lane.value) }
        return offset
    }

    /// Mixes in the bytes from an offset on, and not how many they are.
    @inline(__always)
    private mutating func mix(_ bytes: UnsafeRawBufferPointer, from start: Int) {
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

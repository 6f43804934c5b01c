/// XXH64 of a file's bytes as they lie on disk, computed in one pass (Collet, "xxHash fast digest algorithm", version 0.2).
///
/// It tells whether a file changed between two runs, when its size did not. That takes no cryptography: a chance
/// collision has odds of 2⁻⁶⁴, and who can forge one can also edit the index. It runs at memory speed, where SHA-256
/// would cost more than reading JSON does.
public struct ContentHash: Sendable {
    private static let primes: (UInt64, UInt64, UInt64, UInt64, UInt64) = (
        0x9E37_79B1_85EB_CA87, 0xC2B2_AE3D_27D4_EB4F, 0x1656_67B1_9E37_79F9, 0x85EB_CA77_C2B2_AE63,
        0x27D4_EB2F_1656_67C5
    )

    /// Bytes taken at a time: four lanes of eight.
    private static let stripe = 32

    private var lanes: (UInt64, UInt64, UInt64, UInt64)
    private var pending: [UInt8] = []
    private var length: UInt64 = 0

    /// The hash of nothing, to be fed.
    public init() {
        let (prime1, prime2, _, _, _) = Self.primes
        lanes = (prime1 &+ prime2, prime2, 0, 0 &- prime1)
        pending.reserveCapacity(Self.stripe)
    }

    /// The hash of one file as it is on disk. Reads it to its end; throws what can be shown to the user.
    public static func of(_ file: InputFile) throws -> UInt64 {
        let source = try FileSource(file)
        let room = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
        defer { room.deallocate() }
        while try source.read(into: room) > 0 {}
        return source.hash.value
    }

    /// Takes in more bytes.
    public mutating func update(_ bytes: UnsafeRawBufferPointer) {
        length &+= UInt64(bytes.count)
        var rest = bytes[...]
        if !pending.isEmpty {
            let missing = Self.stripe - pending.count
            pending += rest.prefix(missing)
            rest = rest.dropFirst(missing)
            if pending.count < Self.stripe { return }
            let full = pending
            full.withUnsafeBytes { consume($0) }
            pending.removeAll(keepingCapacity: true)
        }
        let whole = rest.count / Self.stripe * Self.stripe
        consume(UnsafeRawBufferPointer(rebasing: rest.prefix(whole)))
        pending += rest.dropFirst(whole)
    }

    /// The hash of all bytes so far.
    public var value: UInt64 {
        let (prime1, prime2, prime3, prime4, prime5) = Self.primes
        var hash: UInt64
        if length >= UInt64(Self.stripe) {
            hash =
                rotated(lanes.0, 1) &+ rotated(lanes.1, 7) &+ rotated(lanes.2, 12) &+ rotated(lanes.3, 18)
            for lane in [lanes.0, lanes.1, lanes.2, lanes.3] {
                hash = (hash ^ mixed(0, lane)) &* prime1 &+ prime4
            }
        } else {
            hash = prime5
        }
        hash &+= length
        var rest = pending[...]
        while rest.count >= 8 {
            hash = rotated(hash ^ mixed(0, littleEndian(rest.prefix(8))), 27) &* prime1 &+ prime4
            rest = rest.dropFirst(8)
        }
        if rest.count >= 4 {
            hash = rotated(hash ^ (littleEndian(rest.prefix(4)) &* prime1), 23) &* prime2 &+ prime3
            rest = rest.dropFirst(4)
        }
        for byte in rest {
            hash = rotated(hash ^ (UInt64(byte) &* prime5), 11) &* prime1
        }
        hash = (hash ^ (hash >> 33)) &* prime2
        hash = (hash ^ (hash >> 29)) &* prime3
        return hash ^ (hash >> 32)
    }

    private mutating func consume(_ bytes: UnsafeRawBufferPointer) {
        assert(bytes.count % Self.stripe == 0)
        var lanes = lanes
        var offset = 0
        while offset < bytes.count {
            // Safety: offset + 32 <= bytes.count, since the count is a multiple of 32.
            lanes.0 = mixed(lanes.0, word(bytes, offset))
            lanes.1 = mixed(lanes.1, word(bytes, offset + 8))
            lanes.2 = mixed(lanes.2, word(bytes, offset + 16))
            lanes.3 = mixed(lanes.3, word(bytes, offset + 24))
            offset += Self.stripe
        }
        self.lanes = lanes
    }

    @inline(__always)
    private func word(_ bytes: UnsafeRawBufferPointer, _ offset: Int) -> UInt64 {
        UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }

    @inline(__always)
    private func mixed(_ lane: UInt64, _ word: UInt64) -> UInt64 {
        rotated(lane &+ word &* Self.primes.1, 31) &* Self.primes.0
    }

    @inline(__always)
    private func rotated(_ value: UInt64, _ bits: UInt64) -> UInt64 { (value << bits) | (value >> (64 - bits)) }

    private func littleEndian(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
}

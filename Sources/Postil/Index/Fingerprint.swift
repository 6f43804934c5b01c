/// FNV-1a (Fowler, Noll, Vo) of a text in 64 bits: the same on every run and machine, unlike `Hasher`.
enum Fingerprint {
    static func of(_ text: String) -> Int64 {
        Int64(bitPattern: text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 })
    }
}

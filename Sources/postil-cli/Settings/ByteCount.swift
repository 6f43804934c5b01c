/// Reads amounts of memory and disk.
enum ByteCount {
    private static let units: [(name: String, factor: Int)] = [
        ("kib", 1 << 10), ("mib", 1 << 20), ("gib", 1 << 30), ("tib", 1 << 40),
        ("kb", 1_000), ("mb", 1_000_000), ("gb", 1_000_000_000), ("tb", 1_000_000_000_000),
        ("k", 1 << 10), ("m", 1 << 20), ("g", 1 << 30), ("t", 1 << 40), ("b", 1), ("", 1),
    ]

    /// The bytes that `text` names: `512MiB`, `1.5 GB` (powers of 1000), `64M` (powers of 1024) or `4096`.
    static func parse(_ text: String) -> Int? {
        let folded = text.lowercased().filter { $0 != " " && $0 != "_" }
        let number = folded.prefix { ("0"..."9").contains($0) || $0 == "." }
        guard let value = Double(number), let unit = units.first(where: { $0.name == folded.dropFirst(number.count) })
        else { return nil }
        let bytes = value * Double(unit.factor)
        return bytes < 0x1p62 ? Int(bytes.rounded()) : nil
    }
}

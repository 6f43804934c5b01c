extension FrontMatter {
    /// Reads TOML between `+++` and `+++`; nil when there is none.
    init?(toml bytes: UnsafeBufferPointer<UInt8>, from start: Int) {
        guard let (range, end) = Self.fenced(bytes, from: start, open: "+++", close: ["+++"]) else { return nil }
        var reader = TOMLReader(Array(bytes[range]))
        do throws(TOMLError) {
            fields = try reader.members()
        } catch {
            guard !reader.isEmpty else { return nil }
            problem = (error.line + 1, "the front matter was left out, since it is not TOML: \(error.reason)")
        }
        self.end = end
    }
}

extension String {
    /// Whether there is nothing but white space. Looks at ASCII bytes first, so that real text is told at once.
    var isBlank: Bool {
        for byte in utf8 {
            if byte > 0x20 && byte < 0x80 { return false }
            if byte >= 0x80 { return allSatisfy(\.isWhitespace) }
        }
        return true
    }

    /// The text without white space at its ends; itself when there is none.
    var trimmed: String {
        guard let first = utf8.first, let last = utf8.last else { return self }
        if first > 0x20, last > 0x20, first < 0x80, last < 0x80 { return self }
        guard let start = firstIndex(where: { !$0.isWhitespace }), let end = lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(self[start...end])
    }
}

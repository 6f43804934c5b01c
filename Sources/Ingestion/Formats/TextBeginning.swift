extension String {
    /// Letters of a title that is the beginning of a text.
    private static let longestTitle = 80

    /// What a text without a title is called by: its first line, or the words of it that there is room for.
    var beginning: String? {
        guard let line = split(whereSeparator: \.isNewline).first(where: { !$0.allSatisfy(\.isWhitespace) }) else {
            return nil
        }
        let title = String(line.prefix(Self.longestTitle + 1)).collapsed
        guard title.count > Self.longestTitle, let blank = title.lastIndex(of: " ") else { return title }
        return title[..<blank] + "…"
    }
}

/// Plain text whose lines go on where they end with a blank (RFC 3676, `format=flowed`), brought to whole paragraphs.
enum FlowedText {
    /// The text with its lines joined, and without the blanks that programs put before lines for those who do not know the form.
    ///
    /// - Parameter deletesBlanks: Whether the blank at the end of a line is none of the text (`delsp=yes`), as in scripts that have
    ///   none between words.
    static func paragraphs(of text: String, deletesBlanks: Bool) -> String {
        var lines: [String] = []
        // Of the line that goes on: how many quotations it lies in.
        var openDepth: Int?
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            let depth = line.prefix { $0 == ">" }.count
            var content = line.dropFirst(depth)
            if content.first == " " { content = content.dropFirst() }
            let isSignature = content == "-- "
            let goesOn = content.last == " " && !isSignature
            if goesOn, deletesBlanks { content = content.dropLast() }
            if openDepth == depth, !isSignature {
                lines[lines.count - 1] += content
            } else {
                lines.append(depth == 0 ? String(content) : String(repeating: ">", count: depth) + " " + content)
            }
            openDepth = goesOn ? depth : nil
        }
        return lines.joined(separator: "\n")
    }
}

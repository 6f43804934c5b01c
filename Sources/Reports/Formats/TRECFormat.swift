extension OutputFormat {
    /// A TREC run: `qid Q0 id rank score tag`.
    package static let trec = OutputFormat("trec", needs: .run, showsFields: false) { report, output in
        let isSeen = output.layout.isTerminal
        try report.forEachEntry { entry in
            guard let line = entry.runLine else { return }
            func field(_ text: String) -> String { RunLine.field(text, isSeen: isSeen) }
            try output.write(
                "\(field(line.topic)) Q0 \(field(line.id)) \(line.rank) \(line.score) \(field(line.tag))\n")
        }
    }
}

extension RunLine {
    /// `text` as a field of a run. Fields are apart by single blanks, so white space is written as in a URL (`%20`), and
    /// control characters are, which no judgement has either; before a person, also what hides or reorders text.
    package static func field(_ text: String, isSeen: Bool = false) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            let isPlain =
                !scalar.properties.isWhitespace && scalar.properties.generalCategory != .control
                && (!isSeen || VisibleText.visible(scalar) == scalar)
            if isPlain {
                result.unicodeScalars.append(scalar)
            } else {
                for byte in String(scalar).utf8 {
                    result += (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
                }
            }
        }
        return result.isEmpty ? "%20" : result
    }
}

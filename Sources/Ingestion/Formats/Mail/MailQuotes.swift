/// What a message quotes of others.
///
/// Quotations stay, but must not put a reply before what it quotes. A line that stands in the message already is left out. Of the
/// rest, as many occurrences of a word as the reply has itself are no part of what is matched: the reply has each word as often
/// as it or the quotation has it, not as often as both. So it has no word more often than the message it quotes has it, or else
/// by its own right, and it is no shorter: BM25 gives it no more. What is shown is the text as it was written.
enum MailQuotes {
    /// A message's text as it is shown and as it is matched.
    static func marked(_ text: String) -> MarkedText {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let isQuoted = quoted(lines)
        guard isQuoted.contains(true) else { return MarkedText(plain: text) }
        let isShown = firsts(of: lines, isQuoted)
        var own: [String: Int] = [:]
        for (line, isQuoted) in zip(lines, isQuoted) where !isQuoted {
            forEachWord(of: line) { own[String(line.unicodeScalars[$0]).lowercased(), default: 0] += 1 }
        }
        var (shown, matched): ([Substring], [String]) = ([], [])
        for index in lines.indices where isShown[index] {
            shown.append(lines[index])
            matched.append(isQuoted[index] ? matching(lines[index], own: &own) : String(lines[index]))
        }
        return MarkedText(plain: matched.joined(separator: "\n"), source: shown.joined(separator: "\n"))
    }

    // MARK: Lines

    /// Shorter lines may well be said twice.
    private static let shortestRepeat = 30

    /// Which lines are no repetition by quoting: a reply to a reply quotes the first message twice.
    private static func firsts(of lines: [Substring], _ isQuoted: [Bool]) -> [Bool] {
        var known: Set<Substring> = []
        return lines.indices.map { index in
            let content = lines[index].drop { $0 == ">" || $0 == " " || $0 == "|" }
            guard content.utf8.count >= shortestRepeat else { return true }
            return known.insert(content).inserted || !isQuoted[index]
        }
    }

    /// Which lines are quoted: those that begin with `>`, and all behind the line or header with which other programs begin.
    private static func quoted(_ lines: [Substring]) -> [Bool] {
        let quoteBegins = lines.indices.first { isBeginning(lines, $0) } ?? lines.endIndex
        return lines.indices.map { $0 >= quoteBegins || lines[$0].first { $0 != " " } == ">" }
    }

    /// What the header of a quoted message begins with in the languages of most mail, and what follows it.
    private static let senders = ["from", "von", "de", "da", "van", "od", "от", "från", "fra", "差出人", "发件人"]
    private static let others = [
        "sent", "date", "to", "subject", "gesendet", "datum", "an", "betreff", "envoyé", "à", "objet", "enviado",
        "para",
        "asunto", "assunto", "inviato", "data", "a", "oggetto", "verzonden", "aan", "onderwerp", "отправлено", "дата",
        "кому", "тема", "skickat", "till", "ämne", "sendt", "til", "emne",
    ]

    /// Whether a quotation to the end of the message begins on a line: `-----Original Message-----`, or
    /// `From: …` with the other lines of a header behind it.
    private static func isBeginning(_ lines: [Substring], _ index: Int) -> Bool {
        let line = lines[index].trimming { $0 == " " || $0 == "*" }
        func name(_ line: Substring) -> String? {
            guard line.utf8.count < 300, let colon = line.firstIndex(where: { $0 == ":" || $0 == "：" }) else {
                return nil
            }
            return line[..<colon].trimming { $0 == " " || $0 == "*" }.lowercased()
        }
        let next = lines[(index + 1)...].prefix(4)
        if line.hasPrefix("----"), line.hasSuffix("----"), line.contains(where: \.isLetter), line.utf8.count < 100 {
            return next.contains { name($0) != nil }
        }
        guard index > 0, let first = name(line), senders.contains(first) else { return false }
        return next.count { name($0).map(others.contains) ?? false } > 1
    }

    // MARK: Words

    /// Letters of a word that counts. Shorter ones stand in every text, and weigh next to nothing.
    private static let shortestWord = 4

    private static func forEachWord(
        of line: Substring, _ body: (Range<Substring.UnicodeScalarView.Index>) -> Void
    ) {
        let scalars = line.unicodeScalars
        var place = scalars.startIndex
        while let start = scalars[place...].firstIndex(where: isOfWord) {
            let end = scalars[start...].firstIndex { !isOfWord($0) } ?? scalars.endIndex
            if scalars.distance(from: start, to: end) >= shortestWord { body(start..<end) }
            place = end
        }
    }

    private static func isOfWord(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII
            ? (0x61...0x7A).contains(scalar.value | 0x20) || (0x30...0x39).contains(scalar.value)
            : scalar.properties.isAlphabetic || scalar.properties.generalCategory == .nonspacingMark
    }

    /// A quoted line with an ellipsis for each word that the reply has itself, as often as it has it.
    private static func matching(_ line: Substring, own: inout [String: Int]) -> String {
        var output = String.UnicodeScalarView()
        var place = line.unicodeScalars.startIndex
        forEachWord(of: line) { range in
            let word = String(line.unicodeScalars[range]).lowercased()
            guard let count = own[word], count > 0 else { return }
            own[word] = count - 1
            output.append(contentsOf: line.unicodeScalars[place..<range.lowerBound])
            output.append("…")
            place = range.upperBound
        }
        output.append(contentsOf: line.unicodeScalars[place...])
        return String(output)
    }
}

extension Substring {
    /// Without the characters at both ends that are some.
    fileprivate func trimming(_ isOuter: (Character) -> Bool) -> Substring {
        var rest = drop(while: isOuter)
        while let last = rest.last, isOuter(last) { rest.removeLast() }
        return rest
    }
}

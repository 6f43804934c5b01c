/// A list of names cut at semicolons into groups, these at "and" into segments, and these at commas into parts, which are words.
/// What braces hold together is one word.
struct NameTokens {
    struct Segment {
        /// "and", or whatever stands before it; nil for the first.
        var conjunction: String?
        var parts: [[String]] = [[]]
    }

    private(set) var groups: [[Segment]] = []
    /// Whether the list ends in "et al.", "and others", "and 5 more".
    private(set) var hasOthers = false

    private var segments: [Segment] = [Segment()]
    private var word = ""

    /// - Complexity: O(n).
    init(_ text: String) {
        let characters = Array(text)
        var depth = Self.isBalanced(characters) ? 0 : Int.min
        var place = 0
        while place < characters.count {
            let character = characters[place]
            place += 1
            if depth != Int.min {
                if character == "{" { depth += 1 }
                if character == "}" { depth -= 1 }
                if depth > 0 || character == "}" {
                    word.append(character)
                    continue
                }
            }
            switch character {
            case ",", "，", "、", "،":
                endWord()
                segments[segments.count - 1].parts.append([])
            case ";", "；", "؛", "|": endGroup()
            case "(", "[", "<":
                // A remark behind a name: `Jane Roe (MIT)`. What stands alone, as `[deleted]`, is all there is.
                if hasWords, let end = Self.end(of: character, in: characters, from: place) {
                    endWord()
                    place = end
                } else {
                    word.append(character)
                }
            default:
                if character.isNewline {
                    endGroup()
                } else if character.isWhitespace, !NameWord.isNoBreakSpace(character) {
                    if hasWords, Self.marksBetween.contains(word) {
                        word = ""
                        endGroup()
                    } else {
                        endWord()
                    }
                } else {
                    word.append(character)
                }
            }
        }
        endGroup()
    }

    /// `Jane Doe / Richard Roe`
    private static let marksBetween: Set<String> = ["/", "·", "•"]

    private var hasWords: Bool { !word.isEmpty || segments.last?.parts.last?.isEmpty == false }

    private static func isBalanced(_ characters: [Character]) -> Bool {
        var depth = 0
        for character in characters {
            if character == "{" { depth += 1 }
            if character == "}" { depth -= 1 }
            if depth < 0 { return false }
        }
        return depth == 0
    }

    /// Longer ones are no remarks on a name, and looking for their end could cost as much for each.
    private static let maximumRemark = 200

    /// Behind the bracket that closes one, if that is near and on the same line.
    private static func end(of open: Character, in characters: [Character], from start: Int) -> Int? {
        let close: Character = open == "(" ? ")" : open == "[" ? "]" : ">"
        for place in start..<min(characters.count, start + maximumRemark) {
            if characters[place] == close { return place + 1 }
            if characters[place].isNewline { return nil }
        }
        return nil
    }

    private static let footnoteMarks = Set<Character>("*†‡§¶¹²³⁰⁴⁵⁶⁷⁸⁹")

    private mutating func endWord() {
        defer { word = "" }
        var bare = word[...]
        while let first = bare.first, Self.footnoteMarks.contains(first) { bare.removeFirst() }
        while let last = bare.last, Self.footnoteMarks.contains(last) { bare.removeLast() }
        guard !bare.isEmpty else { return }
        switch bare {
        case "and", "AND", "&", "with", "und", "et", "и": segments.append(Segment(conjunction: String(bare)))
        // "By Ann Bee"
        case "by", "By", "BY": if !groups.isEmpty || segments.count > 1 || segments[0].parts != [[]] { add(bare) }
        default: add(bare)
        }
    }

    private mutating func add(_ word: Substring) {
        let segment = segments.count - 1
        let part = segments[segment].parts.count - 1
        segments[segment].parts[part].append(String(word))
    }

    private mutating func endGroup() {
        endWord()
        if let part = segments.last?.parts.last, part.count > 2, Self.isOthers(part.suffix(2), behind: nil) {
            hasOthers = true
            let segment = segments.count - 1
            let place = segments[segment].parts.count - 1
            segments[segment].parts[place].removeLast(2)
        }
        for (place, segment) in segments.enumerated() {
            let names = segment.parts.filter { !Self.isOthers($0, behind: segment.conjunction) }
            if names.count < segment.parts.count { hasOthers = true }
            segments[place].parts = names.filter { !$0.isEmpty }
        }
        segments.removeAll(where: \.parts.isEmpty)
        if !segments.isEmpty { groups.append(segments) }
        segments = [Segment()]
    }

    private static func isOthers(_ part: some BidirectionalCollection<String>, behind conjunction: String?) -> Bool {
        let text = part.joined(separator: " ").lowercased()
        switch conjunction {
        case "et" where ["al", "al.", "alii", "alia"].contains(text), "и" where ["др", "др."].contains(text):
            return true
        case nil: break
        default:
            let isCounted = part.count == 2 && part.first?.allSatisfy(\.isNumber) == true
            if text == "colleagues" || isCounted && ["others", "more"].contains(part.last?.lowercased() ?? "") {
                return true
            }
        }
        return ["others", "et. al.", "et. al", "u. a.", "u.a."].contains(text)
    }
}

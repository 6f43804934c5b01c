/// Numbers of notes in the text of a PDF, which pdftotext gives as a part of the word that they stand above: `action2`.
///
/// What they are is told by their order: three or more that count up in a text, one by one, are marks of notes. One that stands
/// alone is told by the note on its page, a line that begins with its number.
enum PDFNoteMarks {
    /// The pages with a blank between words and the marks behind them.
    ///
    /// - Complexity: O(n).
    static func parting(_ pages: [String]) -> [String] {
        let pages = pages.map { Array($0.utf8) }
        let marks = pages.map(marks)
        let lines = pages.map(numbersOfLines)
        var isNote = marks.enumerated().map { page, marks in marks.map { lines[page].contains($0.number) } }
        // Where each of the marks that count on stands.
        var run: [(page: Int, mark: Int)] = []
        func endRun() {
            if run.count >= leastRun { for place in run { isNote[place.page][place.mark] = true } }
            run = []
        }
        var last = 0
        for page in marks.indices {
            for (mark, found) in marks[page].enumerated() {
                if found.number == last + 1 {
                    run.append((page, mark))
                } else if found.number == 1 {
                    endRun()
                    run = [(page, mark)]
                } else {
                    continue
                }
                last = found.number
            }
        }
        endRun()
        return pages.indices.map { page in
            let places = marks[page].indices.filter { isNote[page][$0] && marks[page][$0].isInWord }.map {
                marks[page][$0].place
            }
            var parted: [UInt8] = []
            var start = 0
            for place in places {
                parted += pages[page][start..<place] + [0x20]
                start = place
            }
            return (parted + pages[page][start...]).asText
        }
    }

    /// Marks that count up before they are taken for such.
    private static let leastRun = 3
    /// Small letters of a word that a number behind is no part of: of `GPT3` and `H2` it is one.
    private static let leastLetters = 3

    /// What may be the mark of a note: where its digits begin, and whether they would be a part of a word.
    private struct Mark {
        let place: Int
        let number: Int
        let isInWord: Bool
    }

    /// Numbers of up to three digits behind a word, or behind what ends its sentence.
    private static func marks(_ page: [UInt8]) -> [Mark] {
        var marks: [Mark] = []
        var place = 0
        while place < page.count {
            guard isDigit(page[place]) else {
                place += 1
                continue
            }
            let start = place
            while place < page.count, isDigit(page[place]) { place += 1 }
            guard place - start <= 3, page[start] != UInt8(ascii: "0"), place == page.count || !isWord(page[place])
            else { continue }
            var end = start
            while end > 0, start - end < 3, ".,;:!?)\"'".utf8.contains(page[end - 1]) || page[end - 1] >= 0x80 {
                end -= 1
            }
            let letters = page[..<end].suffix(leastLetters)
            guard letters.count == leastLetters, letters.dropFirst().allSatisfy(isSmall),
                letters.first.map(isLetter) == true,
                let number = Int(page[start..<place].asText)
            else {
                continue
            }
            marks.append(Mark(place: start, number: number, isInWord: end == start))
        }
        return marks
    }

    /// The numbers that lines begin with, alone on them or before a text.
    private static func numbersOfLines(_ page: [UInt8]) -> Set<Int> {
        var numbers: Set<Int> = []
        for line in page.split(separator: 0x0A) {
            let digits = line.prefix(while: isDigit)
            guard NoteMark.isNumber(digits.asText), let number = Int(digits.asText) else { continue }
            let rest = line.dropFirst(digits.count)
            if rest.isEmpty || rest.first == 0x20 || rest.first.map(isCapital) == true { numbers.insert(number) }
        }
        return numbers
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
    private static func isSmall(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte) || byte >= 0x80 }
    private static func isLetter(_ byte: UInt8) -> Bool { isSmall(byte) || isCapital(byte) }
    private static func isCapital(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte) }
    private static func isWord(_ byte: UInt8) -> Bool { isDigit(byte) || isLetter(byte) }
}

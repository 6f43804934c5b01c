/// Subtitles, SubRip (SRT) or WebVTT: one document of what is said, without numbers and times.
struct SubtitleFormat: PageFormat {
    let name: String
    let extensions: [String]

    static let srt = SubtitleFormat(name: "srt", extensions: ["srt"])
    static let vtt = SubtitleFormat(name: "vtt", extensions: ["vtt"])

    func recognition(of beginning: InputBeginning) -> Recognition {
        if name == "vtt" { return beginning.text.hasPrefix("WEBVTT") ? .certain : .none }
        // A number, and the time below it: 00:00:01,000 --> 00:00:02,000.
        let lines = beginning.text.drop { $0 <= 0x20 }.prefix(100).split(separator: 0x0A, maxSplits: 2).map(
            \.trimmedBlanks)
        guard lines.count > 1, lines[0].count < 6, lines[0].allSatisfy({ (0x30...0x39).contains($0) }) else {
            return .none
        }
        let time = lines[1].prefix(12)
        let isTime = time.count == 12 && time.allSatisfy { (0x30...0x39).contains($0) || ":,.".utf8.contains($0) }
        return isTime && lines[1].asText.contains("-->") ? .certain : .none
    }

    func page(_ bytes: UnsafeRawBufferPointer, tally: BatchTally) -> Page {
        var lines: [String] = []
        var isCue = false
        var title: String?
        var written: [ArraySlice<UInt8>] = []
        TextDecoding.text(bytes, declared: nil, tally: tally).forEachLine { written.append($0.trimmedBlanks) }
        func isTime(_ place: Int) -> Bool { place < written.count && written[place].asText.contains("-->") }
        for (place, content) in written.enumerated() {
            if place == 0 {
                // WEBVTT - what it is
                if content.hasPrefix("WEBVTT") {
                    let rest = content.dropFirst(6).drop { $0 == 0x20 || $0 == 0x2D }.asText
                    title = rest.isEmpty ? nil : rest
                    continue
                }
            }
            if content.isEmpty {
                // WebVTT has notes and styles between cues; in SRT a text may have an empty line.
                isCue = isCue && name == "srt"
            } else if isTime(place) {
                isCue = true
            } else if isCue, !(isTime(place + 1) && content.allSatisfy { (0x30...0x39).contains($0) }) {
                let text = Self.spoken(content)
                // Captions that roll repeat the line before.
                if !text.isEmpty, lines.last != text { lines.append(text) }
            }
        }
        return Page(title: title, text: MarkedText(plain: lines.joined(separator: "\n")))
    }

    /// A line without its tags; `<v Ada>` names who speaks.
    private static func spoken(_ line: ArraySlice<UInt8>) -> String {
        var output: [UInt8] = []
        var rest = line
        while let byte = rest.first {
            if byte == UInt8(ascii: "<"), let end = rest.prefix(200).firstIndex(of: UInt8(ascii: ">")) {
                let tag = rest[(rest.startIndex + 1)..<end]
                if tag.hasPrefix("v "), output.isEmpty { output += tag.dropFirst(2) + [0x3A, 0x20] }
                rest = rest[(end + 1)...]
            } else if byte == UInt8(ascii: "{"), rest.dropFirst().first == UInt8(ascii: "\\"),
                let end = rest.prefix(200).firstIndex(of: UInt8(ascii: "}"))
            {
                // {\an8}: where it is shown.
                rest = rest[(end + 1)...]
            } else {
                output.append(byte)
                rest = rest.dropFirst()
            }
        }
        let text = output.trimmedBlanks.asText
        guard text.contains("&") else { return text }
        return text.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&nbsp;", with: " ")
            .replacing("&amp;", with: "&")
    }
}

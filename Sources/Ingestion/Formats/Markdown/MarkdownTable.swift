/// Tables of GitHub's kind, as the lines of a paragraph.
///
/// A line that begins with `|` is a row, and any line with a bar where one of the lines rules the table off
/// (`--- | :-:`). The cells of a row stand two spaces apart; what rules off goes, and so do lines of `:::`.
enum MarkdownTable {
    static func unfold(_ output: inout [UInt8], from start: Int) {
        let paragraph = Array(output[start...])
        let lines = paragraph.split(separator: 0x0A)
        let isTable = lines.contains(where: isRule)
        output.removeSubrange(start...)
        for line in lines {
            if line.starts(with: ":::".utf8) || isRule(line) { continue }
            let lineStart = output.count
            if line.first == UInt8(ascii: "|") || isTable && line.contains(UInt8(ascii: "|")) {
                appendCells(of: line, to: &output)
            } else {
                output += line
            }
            if output.count > lineStart { output.append(0x0A) }
        }
        if output.count > start { output.removeLast() }
    }

    /// `| --- | :-: |`.
    private static func isRule(_ line: ArraySlice<UInt8>) -> Bool {
        var hasBar = false, hasDash = false
        for byte in line {
            switch byte {
            case UInt8(ascii: "|"): hasBar = true
            case UInt8(ascii: "-"): hasDash = true
            case UInt8(ascii: ":"), 0x20, 0x09: break
            default: return false
            }
        }
        return hasBar && hasDash
    }

    private static func appendCells(of line: ArraySlice<UInt8>, to output: inout [UInt8]) {
        let lineStart = output.count
        for byte in line {
            if byte == UInt8(ascii: "|") {
                while output.count > lineStart, output.last == 0x20 { output.removeLast() }
                if output.count > lineStart { output += [0x20, 0x20] }
            } else if byte != 0x20 || output.count > lineStart && output.last != 0x20 {
                output.append(byte)
            }
        }
        while output.count > lineStart, output.last == 0x20 { output.removeLast() }
    }
}

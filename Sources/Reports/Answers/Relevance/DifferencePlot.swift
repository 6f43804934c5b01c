/// A picture of how much better or worse each topic is answered: a bar a topic, the best gain first, one panel a run. SVG 1.1,
/// which every browser shows; a pointer on a bar names its topic.
struct DifferencePlot {
    let metric: String
    /// Names of the runs, that of the first one first.
    let names: [String]
    let topics: [String]
    /// For each run but the first the difference of each topic, from -1 to 1.
    let differences: [[Double]]

    // Lengths in user units, of which a browser makes pixels.
    private static let width = 760.0
    private static let panelHeight = 240.0
    private static let margin = 48.0

    /// The file.
    var text: String {
        let height = Self.panelHeight * Double(differences.count)
        var lines = [
            #"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \#(Self.figure(Self.width)) \#(Self.figure(height))" "#
                + #"font-family="sans-serif" font-size="12">"#,
            #"<rect width="100%" height="100%" fill="white"/>"#,
        ]
        for (panel, values) in differences.enumerated() {
            lines += panelLines(values, name: names[panel + 1], top: Double(panel) * Self.panelHeight)
        }
        lines.append("</svg>")
        return lines.joined(separator: "\n") + "\n"
    }

    private func panelLines(_ values: [Double], name: String, top: Double) -> [String] {
        // Where nothing differs there is no bar, and the axis shows a tenth.
        let reach = max(values.map(abs).max() ?? 0, 0.1)
        let middle = top + Self.panelHeight / 2 + 8
        let half = Self.panelHeight / 2 - 32
        let step = (Self.width - 2 * Self.margin) / Double(max(1, values.count))
        var lines = [
            #"<text x="\#(Self.figure(Self.margin))" y="\#(Self.figure(top + 18))">"#
                + "\(escaped(metric)) of \(escaped(name)) less that of \(escaped(names[0])), by topic</text>"
        ]
        for mark in [-reach, 0, reach] {
            let y = middle - mark / reach * half
            lines.append(
                #"<line x1="\#(Self.figure(Self.margin))" x2="\#(Self.figure(Self.width - Self.margin))" "#
                    + #"y1="\#(Self.figure(y))" y2="\#(Self.figure(y))" stroke="silver"/>"#)
            lines.append(
                #"<text x="\#(Self.figure(Self.margin - 6))" y="\#(Self.figure(y + 4))" text-anchor="end">"#
                    + Quantity.decimal(mark, places: 2) + "</text>")
        }
        let order = values.indices.sorted { (values[$1], $0) < (values[$0], $1) }
        for (place, topic) in order.enumerated() where values[topic] != 0 {
            let value = values[topic]
            let length = abs(value) / reach * half
            lines.append(
                #"<rect x="\#(Self.figure(Self.margin + Double(place) * step))" "#
                    + #"y="\#(Self.figure(value > 0 ? middle - length : middle))" "#
                    + #"width="\#(Self.figure(max(step * 0.9, 0.5)))" height="\#(Self.figure(length))" "#
                    + #"fill="\#(value > 0 ? "seagreen" : "firebrick")"><title>"#
                    + "\(escaped(topics[topic])) \(value > 0 ? "+" : "")\(Quantity.decimal(value, places: 4))</title></rect>"
            )
        }
        return lines
    }

    private static func figure(_ value: Double) -> String { Quantity.decimal(value, places: 2) }

    private func escaped(_ text: String) -> String {
        var result = ""
        for character in VisibleText.line(text) {
            switch character {
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "&": result += "&amp;"
            default: result.append(character)
            }
        }
        return result
    }
}

/// The part a piece of text plays on a terminal.
package enum TextStyle: Sendable {
    case plain
    case heading
    case secondary
    case match
    case link
    case problem

    /// The SGR sequence that switches it on: only the eight basic colours and attributes, which every theme has.
    package var escapeSequence: String {
        switch self {
        case .plain: ""
        case .heading: "\u{1B}[1m"
        case .secondary: "\u{1B}[2m"
        case .match: "\u{1B}[1;33m"
        case .link: "\u{1B}[36m"
        case .problem: "\u{1B}[1;31m"
        }
    }

    /// `text` in this style, or as it is.
    package func applied(to text: String, color: Bool) -> String {
        color && self != .plain && !text.isEmpty ? escapeSequence + text + "\u{1B}[0m" : text
    }
}

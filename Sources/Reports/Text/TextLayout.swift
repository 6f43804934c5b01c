/// What text is laid out for.
package struct TextLayout: Sendable {
    /// Whether a person is looking at it: a terminal, not a file or a pipe.
    package var isTerminal: Bool
    /// Whether colours are wanted.
    package var usesColor: Bool
    /// Columns to wrap to.
    package var width: Int

    /// Describes a place for text.
    package init(isTerminal: Bool, usesColor: Bool, width: Int) {
        self.isTerminal = isTerminal
        self.usesColor = usesColor
        self.width = width
    }
}

extension TextLayout {
    /// `text` on one line, harmless, and in a style.
    func line(_ text: String, _ style: TextStyle) -> String {
        style.applied(to: VisibleText.line(text), color: usesColor)
    }
}

import Reports
import SystemPackage

/// One line on standard error that is written over as work goes on. Silent unless a person is looking.
final class ProgressLine {
    private let isShown: Bool
    private let width: Int
    private let clock = ContinuousClock()
    private var lastUpdate: ContinuousClock.Instant?
    private var hasLine = false
    /// Ten times a second looks smooth and costs nothing.
    private static let interval = Duration.milliseconds(100)

    init(layout: TextLayout, isQuiet: Bool) {
        isShown = layout.isTerminal && !isQuiet
        width = layout.width
    }

    /// Shows `text()` unless the line was written just now.
    func update(_ text: () -> String) {
        guard isShown else { return }
        let now = clock.now
        if let lastUpdate, now - lastUpdate < Self.interval { return }
        lastUpdate = now
        hasLine = true
        write("\r\u{1B}[K" + Self.cut(VisibleText.line(text()), to: width - 1))
    }

    /// Removes the line.
    func finish() {
        if hasLine { write("\r\u{1B}[K") }
        hasLine = false
    }

    private func write(_ text: String) {
        _ = try? FileDescriptor.standardError.writeAll(text.utf8)
    }

    /// `text` without the characters that do not fit in `columns`.
    static func cut(_ text: String, to columns: Int) -> String {
        var left = columns
        return String(
            text.prefix { character in
                left -= DisplayWidth.of(character)
                return left >= 0
            })
    }
}

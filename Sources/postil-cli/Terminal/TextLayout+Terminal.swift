import Reports
import SystemPackage

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

extension TextLayout {
    /// Columns where nothing tells the width.
    private static let defaultWidth = 80
    /// Text narrower than this cannot be read, wider lines are hard to follow.
    static let widthLimits = 40...100

    /// Looks at what `descriptor` is connected to.
    init(descriptor: FileDescriptor, color choice: ColorChoice, environment: [String: String]) {
        let isTerminal = isatty(descriptor.rawValue) == 1
        let columns =
            environment["COLUMNS"].flatMap { Int($0) }
            ?? (isTerminal ? Self.columns(of: descriptor) : nil) ?? Self.defaultWidth
        self.init(
            isTerminal: isTerminal, usesColor: choice.usesColor(onTerminal: isTerminal, environment: environment),
            width: min(max(columns, Self.widthLimits.lowerBound), Self.widthLimits.upperBound))
    }

    private static func columns(of descriptor: FileDescriptor) -> Int? {
        var size = winsize()
        guard ioctl(descriptor.rawValue, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return Int(size.ws_col)
    }
}

/// When output is coloured.
enum ColorChoice: String, CaseIterable, Sendable {
    /// As the environment wants it, else on a terminal.
    case auto
    case always
    case never

    /// Whether to colour. What `auto` means is for variables that many programs share to say, the first of them that does:
    /// `NO_COLOR` with any value (no-color.org), `FORCE_COLOR` with a value (`0` and `false` stand for none, as Node has it),
    /// `CLICOLOR_FORCE` with a value other than `0`, `CLICOLOR=0` and `TERM=dumb`.
    func usesColor(onTerminal isTerminal: Bool, environment: [String: String]) -> Bool {
        guard self == .auto else { return self == .always }
        func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
        if value("NO_COLOR") != nil { return false }
        if let forced = value("FORCE_COLOR") { return forced != "0" && forced != "false" }
        if let forced = value("CLICOLOR_FORCE"), forced != "0" { return true }
        return isTerminal && value("CLICOLOR") != "0" && value("TERM") != "dumb"
    }
}

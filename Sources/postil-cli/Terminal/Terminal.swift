import SystemPackage

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// What an output is connected to, and what may be written to it.
struct Terminal: Sendable {
    /// Whether a person is looking at it.
    var isInteractive: Bool
    /// Whether colours are wanted.
    var usesColor: Bool
    /// Columns to wrap to.
    var width: Int

    /// Columns where nothing tells the width.
    static let defaultWidth = 80
    /// Text narrower than this cannot be read, wider lines are hard to follow.
    static let widthLimits = 40...100

    /// Looks at `descriptor`. Colours are as `choice` says; with `auto`, on a terminal that knows them unless `NO_COLOR`
    /// has a value (no-color.org).
    init(descriptor: FileDescriptor, color choice: ColorChoice, environment: [String: String]) {
        isInteractive = isatty(descriptor.rawValue) == 1
        switch choice {
        case .always: usesColor = true
        case .never: usesColor = false
        case .auto:
            usesColor = isInteractive && (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
        }
        let columns =
            environment["COLUMNS"].flatMap { Int($0) }
            ?? (isInteractive ? Terminal.columns(of: descriptor) : nil) ?? Terminal.defaultWidth
        width = min(max(columns, Terminal.widthLimits.lowerBound), Terminal.widthLimits.upperBound)
    }

    private static func columns(of descriptor: FileDescriptor) -> Int? {
        var size = winsize()
        guard ioctl(descriptor.rawValue, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return Int(size.ws_col)
    }
}

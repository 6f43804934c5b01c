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

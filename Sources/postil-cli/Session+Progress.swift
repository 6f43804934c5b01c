import SystemPackage

extension Session {
    /// A line on standard error that shows how far a long command has come.
    func progressLine() -> ProgressLine {
        let color: ColorChoice = messages.usesColor ? .always : .never
        let terminal = Terminal(descriptor: .standardError, color: color, environment: environment)
        return ProgressLine(terminal: terminal, isQuiet: isQuiet)
    }
}

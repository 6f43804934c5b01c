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

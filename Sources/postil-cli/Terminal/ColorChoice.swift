import ArgumentParser

/// When output is coloured.
enum ColorChoice: String, CaseIterable, Sendable, ExpressibleByArgument {
    /// On a terminal, unless `NO_COLOR` is set.
    case auto
    case always
    case never
}

import ArgumentParser

/// When output is coloured.
enum ColorChoice: String, CaseIterable, Sendable, ExpressibleByArgument {
    /// On a terminal, unless `NO_COLOR` is set.
    case auto
    case always
    case never

    // As in OutputFormat.
    static let allValueStrings = allCases.map { $0.rawValue }
    static let allValueDescriptions: [String: String] = [:]
}

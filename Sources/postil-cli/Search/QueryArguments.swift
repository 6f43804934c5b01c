/// Lets words to exclude stand on the command line as they stand in a query: `postil search reward -game`.
///
/// The parser takes every argument with a hyphen in front for an option. Those that cannot be one get a mark in front,
/// which ``restored(_:)`` takes off again.
enum QueryArguments {
    /// A private-use character, which no keyboard types.
    private static let mark: Character = "\u{F8FE}"
    private static let commands = ["search", "explain"]

    /// `arguments` with marks. One letter behind a hyphen, `-n5`, and anything behind two hyphens is left to the parser,
    /// as is all that follows `--`.
    static func protected(_ arguments: [String]) -> [String] {
        guard let command = arguments.first, commands.contains(command) else { return arguments }
        var isOpen = true
        return arguments.map { argument in
            if argument == "--" { isOpen = false }
            return isOpen && isExclusion(argument) ? String(mark) + argument : argument
        }
    }

    /// `argument` without its mark.
    static func restored(_ argument: String) -> String {
        argument.first == mark ? String(argument.dropFirst()) : argument
    }

    private static func isExclusion(_ argument: String) -> Bool {
        let behind = argument.dropFirst()
        let isLimit = behind.first == "n" && behind.dropFirst().allSatisfy { ("0"..."9").contains($0) }
        return argument.first == "-" && behind.count > 1 && behind.first != "-" && !isLimit
    }
}

import ArgumentParser
import Reports

extension Option<String?> {
    /// The flag of a setting. Its value is checked with those of files and variables, so that all are answered alike.
    init(_ setting: Setting) {
        self.init(name: setting.names, help: setting.help(), completion: setting.completion())
    }

    /// `--format`, with those formats that a kind of report can be printed in.
    init(formatOf report: any Report.Type) {
        let names = OutputFormat.all(for: report).map(\.name)
        self.init(
            name: Setting.format.names, help: Setting.format.help(names), completion: Setting.format.completion(names))
    }
}

extension Option<[String]> {
    /// The flag of a setting, which may be given once: the parser alone would take the last one in silence.
    init(wrappedValue: [String], once setting: Setting) {
        self.init(
            wrappedValue: wrappedValue, name: setting.names, help: setting.help(), completion: setting.completion())
    }

    /// The flag of a setting, which may be given more than once, and means this then.
    init(wrappedValue: [String], _ setting: Setting, several: String) {
        self.init(
            wrappedValue: wrappedValue, name: setting.names,
            help: ArgumentHelp("\(setting.summary) \(several)", valueName: setting.flag?.value),
            completion: setting.completion())
    }
}

extension Flag<Bool?> {
    /// The switch of a setting, and the one that undoes what a file or variable says.
    init(_ setting: Setting) {
        self.init(name: setting.names, inversion: .prefixedNo, help: setting.help())
    }
}

extension Setting {
    /// What the help says: the summary, and what values there are to choose from.
    ///
    /// - Parameter choices: Those of the setting's values that one command takes; nil for all.
    fileprivate func help(_ choices: [String]? = nil) -> ArgumentHelp {
        ArgumentHelp(summary(listing: choices), valueName: flag?.value)
    }

    /// `When output is coloured: auto, always or never.`
    func summary(listing choices: [String]? = nil) -> String {
        guard case .choice(let all) = kind else { return summary }
        return "\(summary): \((choices ?? all).listed("or"))."
    }

    /// Its names on the command line. The letter of a number may have it close behind: `-n5`.
    fileprivate var names: NameSpecification {
        guard let flag else { preconditionFailure("\(key) has no flag") }
        guard let letter = flag.letter else { return .customLong(flag.name) }
        return [.customShort(letter, allowingJoined: isNumber), .customLong(flag.name)]
    }

    private var isNumber: Bool { if case .integer = kind { true } else { false } }

    fileprivate func completion(_ choices: [String]? = nil) -> CompletionKind? {
        switch kind {
        case .path: .file()
        case .profile: Completions.profiles
        case .choice(let all): .list(choices ?? all)
        case .text, .boolean, .integer, .byteCount, .seconds: nil
        }
    }
}

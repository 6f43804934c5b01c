import Configuration

/// The effective settings: flag, then environment, then the project's file, then the user's, then default.
struct Settings: Sendable {
    /// Highest first.
    private let layers: [(origin: Origin, provider: any ConfigProvider)]

    /// Where a value comes from.
    enum Origin: Sendable, Equatable {
        case flag
        case environment
        case file(String)
        case defaultValue
    }

    /// Stacks the layers. `flags` are the settings given on the command line.
    init(flags: FlagValues = [:], environment: [String: String], files: [SettingsFile]) throws(SettingError) {
        var layers: [(Origin, any ConfigProvider)] = []
        var flagValues: [AbsoluteConfigKey: ConfigValue] = [:]
        var defaults: [AbsoluteConfigKey: ConfigValue] = [:]
        for setting in Setting.all {
            let key = AbsoluteConfigKey(setting.key.components)
            if let text = flags.texts[setting.key] {
                flagValues[key] = try setting.value(of: text, place: setting.option ?? setting.key)
            }
            defaults[key] = try setting.value(of: setting.defaultText, place: "default")
        }
        layers.append((.flag, InMemoryProvider(name: "flags", values: flagValues)))
        let variables = EnvironmentVariablesProvider(environmentVariables: environment)
        layers.append((.environment, variables.prefixKeys(with: "postil")))
        for file in files {
            layers.append((.file(file.path), InMemoryProvider(name: file.path, values: file.values)))
        }
        layers.append((.defaultValue, InMemoryProvider(name: "defaults", values: defaults)))
        self.layers = layers
    }

    /// The value of `setting` and where it comes from.
    func resolve(_ setting: Setting) throws(SettingError) -> (value: ConfigContent, origin: Origin) {
        let key = AbsoluteConfigKey(setting.key.components)
        for (origin, provider) in layers {
            // Variables are read as text and checked here, so that a wrong value is answered with what is right.
            let type = origin == .environment ? .string : setting.type
            let found: ConfigContent?
            do {
                found = try provider.value(forKey: key, type: type).value?.content
            } catch {
                throw SettingError(place: provider.providerName, reason: "\(setting.key) cannot be read: \(error)")
            }
            switch (origin, found) {
            case (_, nil), (.environment, .string("")): continue
            case (.environment, .string(let text)):
                return (try setting.value(of: text, place: setting.environmentVariable).content, origin)
            case (_, let content?): return (content, origin)
            }
        }
        preconditionFailure("\(setting.key) is not in the catalogue")
    }

    /// The value of a text, path or choice; nil when it is empty.
    func text(_ setting: Setting) throws(SettingError) -> String? {
        guard case .string(let text) = try resolve(setting).value, !text.isEmpty else { return nil }
        return text
    }

    /// The value of a switch.
    func boolean(_ setting: Setting) throws(SettingError) -> Bool {
        try resolve(setting).value == .bool(true)
    }

    /// The value of a number.
    func integer(_ setting: Setting) throws(SettingError) -> Int {
        guard case .int(let number) = try resolve(setting).value else {
            preconditionFailure("\(setting.key) is no number")
        }
        return number
    }

    /// The value of a time in seconds; nil for `auto`.
    func seconds(_ setting: Setting) throws(SettingError) -> Int? {
        guard case .string(let text) = try resolve(setting).value else {
            preconditionFailure("\(setting.key) is no time")
        }
        return Int(text)
    }

    /// The value of an amount, in bytes.
    func bytes(_ setting: Setting) throws(SettingError) -> Int {
        guard case .string(let text) = try resolve(setting).value, let bytes = ByteCount.parse(text) else {
            preconditionFailure("\(setting.key) is no amount")
        }
        return bytes
    }
}

extension ConfigContent {
    /// The value as it would be written in a file.
    var text: String {
        switch self {
        case .string(let text): text
        case .int(let number): String(number)
        case .bool(let flag): String(flag)
        default: "\(self)"
        }
    }
}

/// A configuration that cannot be used, with the place to mend.
struct SettingError: Error, CustomStringConvertible, Equatable {
    /// The file with line, the variable, or the flag.
    var place: String
    var reason: String

    var description: String { "\(place): \(reason)" }
}

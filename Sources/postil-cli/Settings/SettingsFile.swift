import Configuration
import Foundation
import SystemPackage
import Yams

/// A configuration file: nested YAML mappings whose leaves are settings.
///
/// `search: {limit: 20}` sets `search.limit`. A key that is no setting is an error, since a misspelt one would
/// otherwise do nothing and say nothing.
struct SettingsFile: Sendable {
    var path: String
    var values: [AbsoluteConfigKey: ConfigValue]

    /// Reads the file at `path`, or nil if there is none.
    init?(path: String) throws {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        let text: String
        do {
            text = try String(contentsOfFile: path, encoding: .utf8)
        } catch {
            throw SettingError(place: path, reason: "cannot be read as UTF-8 text; check its permissions and encoding")
        }
        try self.init(yaml: text, path: path)
    }

    /// Reads the text of a file that is said to be at `path`.
    init(yaml: String, path: String) throws(SettingError) {
        self.path = path
        values = [:]
        let root: Node?
        do {
            root = try Yams.compose(yaml: yaml)
        } catch {
            throw SettingError(place: path, reason: "is no YAML: \(error)")
        }
        guard let root, root.null == nil else { return }
        guard case .mapping(let mapping) = root else {
            throw SettingError(place: path, reason: "must hold settings, such as “search: {limit: 20}”")
        }
        try read(mapping, prefix: "")
    }

    private mutating func read(_ mapping: Node.Mapping, prefix: String) throws(SettingError) {
        for (name, value) in mapping {
            let place = path + (name.mark.map { ":\($0.line)" } ?? "")
            let key = prefix + (name.string ?? "")
            if let setting = Setting.all.first(where: { $0.key == key }) {
                guard case .scalar(let scalar) = value else {
                    throw SettingError(place: place, reason: "\(key) must be one value")
                }
                // "key:" without a value leaves the setting to its default.
                guard value.null == nil else { continue }
                values[AbsoluteConfigKey(key.components)] = try setting.value(
                    of: located(scalar.string, setting), place: place)
            } else if case .mapping(let inner) = value, isSection(key) {
                try read(inner, prefix: key + ".")
            } else if value.null == nil || !isSection(key) {
                throw SettingError(place: place, reason: "there is no setting “\(key)”\(suggestion(for: key))")
            }
        }
    }

    private func isSection(_ key: String) -> Bool {
        Setting.all.contains { $0.key.hasPrefix(key + ".") }
    }

    /// A path in a file is relative to the file's folder, so that it means the same wherever a command is started.
    private func located(_ text: String, _ setting: Setting) -> String {
        guard setting.kind == .path, !text.isEmpty else { return text }
        let expanded = text.hasPrefix("~/") ? NSHomeDirectory() + text.dropFirst() : text
        return FilePath(path).removingLastComponent().pushing(FilePath(expanded)).string
    }

    private func suggestion(for key: String) -> String {
        let last = key.components.last ?? key
        if let near = Setting.all.first(where: { $0.key.components.last == last || $0.flag?.name == last }) {
            return "; did you mean “\(near.key)”?"
        }
        let known = Setting.all.map(\.key) + Setting.all.map { $0.key.components[0] }
        return Suggestion.nearest(to: key, among: known).map { "; did you mean “\($0)”?" }
            ?? "; `postil config` lists them all"
    }
}

extension String {
    /// The levels of a setting's key.
    var components: [String] { split(separator: ".").map(String.init) }
}

import Configuration
import Foundation
import SystemPackage
import Yams

/// A configuration file: nested YAML mappings whose leaves are settings.
///
/// `search: {limit: 20}` sets `search.limit`. A key that is no setting is an error, since a misspelt one would
/// otherwise do nothing and say nothing. Besides, `sources` lists the places that a collection consists of.
struct SettingsFile: Sendable {
    var path: String
    var values: [AbsoluteConfigKey: ConfigValue]
    /// The places that it names under `sources`, in order.
    var places: [Place] = []

    /// A place that belongs to the collection.
    struct Place: Sendable, Equatable {
        /// From the file's folder on, unless it is absolute.
        var path: String
        /// The name or file of a profile, if one is named.
        var profile: String?
    }

    /// The key of the list of places.
    static let placesKey = "sources"

    /// The folder that the file is in.
    var folder: String { FilePath(path).removingLastComponent().string }

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
            root = try Yams.compose(yaml: yaml, .default, .default, .utf8)
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
            if key == Self.placesKey {
                try readPlaces(value, place: place)
            } else if let setting = Setting.all.first(where: { $0.key == key }) {
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

    private static let placesExample = "write “sources: [{path: notes, profile: markdown-posts}]”"

    private mutating func readPlaces(_ list: Node, place: String) throws(SettingError) {
        if list.null != nil { return }
        guard case .sequence(let entries) = list else {
            throw SettingError(place: place, reason: "sources must be a list; \(Self.placesExample)")
        }
        for entry in entries {
            let place = path + (entry.mark.map { ":\($0.line)" } ?? "")
            switch entry {
            case .scalar(let scalar) where !scalar.string.isEmpty && entry.null == nil:
                places.append(Place(path: located(scalar.string)))
            case .mapping(let mapping):
                places.append(try self.place(mapping, at: place))
            default:
                throw SettingError(
                    place: place, reason: "a source is a path, or a path with a profile; \(Self.placesExample)")
            }
        }
    }

    private func place(_ mapping: Node.Mapping, at place: String) throws(SettingError) -> Place {
        var texts: [String: String] = [:]
        for (name, value) in mapping {
            let key = name.string ?? ""
            let place = path + (name.mark.map { ":\($0.line)" } ?? "")
            guard ["path", "profile"].contains(key) else {
                let near = Suggestion.text(for: key, among: ["path", "profile"])
                throw SettingError(place: place, reason: "a source has a path and a profile, and no “\(key)”\(near)")
            }
            guard case .scalar(let scalar) = value, !scalar.string.isEmpty else {
                throw SettingError(place: place, reason: "\(key) of a source must be one value")
            }
            texts[key] = scalar.string
        }
        guard let text = texts["path"] else {
            throw SettingError(place: place, reason: "this source has no path; \(Self.placesExample)")
        }
        let profile = texts["profile"].map { $0.contains("/") || $0.hasSuffix(".yaml") ? located($0) : $0 }
        return Place(path: located(text), profile: profile)
    }

    private func isSection(_ key: String) -> Bool {
        Setting.all.contains { $0.key.hasPrefix(key + ".") }
    }

    /// A path in a file is relative to the file's folder, so that it means the same wherever a command is started.
    private func located(_ text: String, _ setting: Setting) -> String {
        setting.kind == .path && !text.isEmpty ? located(text) : text
    }

    private func located(_ text: String) -> String {
        let expanded = text.hasPrefix("~/") ? NSHomeDirectory() + text.dropFirst() : text
        return FilePath(path).removingLastComponent().pushing(FilePath(expanded)).string
    }

    private func suggestion(for key: String) -> String {
        let last = key.components.last ?? key
        if let near = Setting.all.first(where: { $0.key.components.last == last || $0.flag?.name == last }) {
            return "; did you mean “\(near.key)”?"
        }
        let known = [Self.placesKey] + Setting.all.map(\.key) + Setting.all.map { $0.key.components[0] }
        return Suggestion.nearest(to: key, among: known).map { "; did you mean “\($0)”?" }
            ?? "; `postil config` lists them all"
    }
}

extension String {
    /// The levels of a setting's key.
    var components: [String] { split(separator: ".").map(String.init) }
}

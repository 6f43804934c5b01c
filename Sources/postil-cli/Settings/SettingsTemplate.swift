/// A configuration file with every setting and its default, to copy from: `Config/postil.yaml`.
enum SettingsTemplate {
    private static let preface = """
        # Every setting of Postil with its default, as `postil config --template` prints it.
        #
        # Copy what you want to change into `postil.yaml` in the folder of your collection (it holds there and in the folders
        # below), or into ~/.config/postil/config.yaml for all of your collections. A flag is stronger than an environment
        # variable (POSTIL_SEARCH_LIMIT for search.limit), which is stronger than a file. `postil config` shows what holds and
        # why. Paths are relative to the file.
        #
        # A collection's `postil.yaml` can also name the places that `postil index` without a path indexes:
        #
        #   sources:
        #     - {path: newsletter.csv, profile: alignment-newsletter}
        #     - notes

        """

    /// The text of the file.
    static var text: String {
        var result = preface
        var section: String?
        for setting in sorted {
            let levels = setting.key.components
            let isNested = levels.count > 1
            if isNested, section != levels[0] { result += "\n\(levels[0]):\n" }
            if !isNested { result += "\n" }
            section = levels[0]
            let indent = isNested ? "  " : ""
            result += wrapped(setting.summary(), indent: indent)
            result += "\(indent)\(levels[levels.count - 1]): \(value(of: setting))\n"
        }
        return result
    }

    /// Settings of one section stand together.
    private static var sorted: [Setting] {
        var sections: [String] = []
        for setting in Setting.all where !sections.contains(setting.key.components[0]) {
            sections.append(setting.key.components[0])
        }
        return sections.flatMap { section in Setting.all.filter { $0.key.components[0] == section } }
    }

    private static func value(of setting: Setting) -> String {
        setting.defaultText.isEmpty ? "\"\"" : setting.defaultText
    }

    /// A comment, in lines of the length that the preface has.
    private static func wrapped(_ text: String, indent: String) -> String {
        var lines = [""]
        for word in text.split(separator: " ") {
            if !lines[lines.count - 1].isEmpty, indent.count + lines[lines.count - 1].count + word.count > 115 {
                lines.append("")
            }
            lines[lines.count - 1] += (lines[lines.count - 1].isEmpty ? "" : " ") + word
        }
        return lines.map { "\(indent)# \($0)\n" }.joined()
    }
}

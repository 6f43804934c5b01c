import Configuration
import Foundation
import Testing

@testable import postil_cli

struct SettingsTests {
    private func file(_ yaml: String, path: String = "/home/a/postil.yaml") throws -> SettingsFile {
        try SettingsFile(yaml: yaml, path: path)
    }

    /// Flag before environment before project before user before default.
    @Test func precedence() throws {
        let project = try file("search: {limit: 3, snippet-length: 33}")
        let user = try file("search: {limit: 4, snippet-length: 44, stop-words: drop}", path: "/user.yaml")
        func limit(_ flags: FlagValues, _ environment: [String: String], _ files: [SettingsFile]) throws -> (
            Int, Settings.Origin
        ) {
            let settings = try Settings(flags: flags, environment: environment, files: files)
            return (try settings.integer(.limit), try settings.resolve(.limit).origin)
        }
        let environment = ["POSTIL_SEARCH_LIMIT": "2", "POSTIL_INDEX": ""]
        #expect(try limit([.limit: "1"], environment, [project, user]) == (1, .flag))
        #expect(try limit([:], environment, [project, user]) == (2, .environment))
        #expect(try limit([:], [:], [project, user]) == (3, .file("/home/a/postil.yaml")))
        #expect(try limit([:], [:], [user]) == (4, .file("/user.yaml")))
        #expect(try limit([:], [:], []) == (10, .defaultValue))
        let settings = try Settings(environment: environment, files: [project, user])
        #expect(try settings.integer(.snippetLength) == 33)
        #expect(try settings.text(.stopWords) == "drop")
        #expect(try settings.resolve(.index).origin == .defaultValue)
        #expect(try settings.text(.index) == nil)
        #expect(try settings.bytes(.memory) == 512 << 20)
    }

    /// Every setting can be given by its variable.
    @Test(arguments: Setting.all)
    func environmentVariable(setting: Setting) throws {
        let value =
            switch setting.kind {
            case .boolean: "true"
            case .integer(let range): String(range.upperBound)
            case .choice(let choices): choices[choices.count - 1]
            case .seconds(let range): String(range.upperBound)
            case .byteCount: "1GiB"
            case .text, .path, .profile: "something"
            }
        let settings = try Settings(environment: [setting.environmentVariable: value], files: [])
        let resolved = try settings.resolve(setting)
        #expect(resolved.origin == .environment)
        #expect(resolved.value.text == value)
    }

    @Test(arguments: [
        ("serach: {limit: 3}", "/p.yaml:1: there is no setting “serach”; did you mean “search”?"),
        ("search:\n  limt: 3", "/p.yaml:2: there is no setting “search.limt”; did you mean “search.limit”?"),
        ("limit: 3", "/p.yaml:1: there is no setting “limit”; did you mean “search.limit”?"),
        ("search: {limit: ten}", "/p.yaml:1: search.limit is “ten”, but must be a whole number"),
        ("search: {limit: -1}", "/p.yaml:1: search.limit is “-1”"),
        ("search: {limit: [1]}", "/p.yaml:1: search.limit must be one value"),
        ("search: 3", "/p.yaml:1: there is no setting “search”"),
        ("output: {format: xml}", "one of text, json"),
        ("output: {format: jsno}", "did you mean “json”?"),
        ("nothing: {like: it}", "`postil config` lists them all"),
        ("indexing: {memory: lots}", "512MiB"),
        ("indexing: {wait: soon}", "must be auto or a whole number of seconds from 0 to 604800"),
        ("indexing: {wait: -1}", "must be auto or a whole number of seconds"),
        ("- a", "must hold settings"),
        ("a: [", "is no YAML"),
    ])
    func brokenFilesNameThePlace(yaml: String, message: String) {
        let error = #expect(throws: SettingError.self) { try SettingsFile(yaml: yaml, path: "/p.yaml") }
        #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
    }

    @Test func aWrongVariableIsNamed() throws {
        let settings = try Settings(environment: ["POSTIL_SEARCH_LIMIT": "ten"], files: [])
        let error = #expect(throws: SettingError.self) { try settings.integer(.limit) }
        #expect(error?.place == "POSTIL_SEARCH_LIMIT")
    }

    @Test(arguments: ["", "# nothing", "search:", "search: {limit: }"])
    func emptyFilesSetNothing(yaml: String) throws {
        #expect(try file(yaml).values.isEmpty)
    }

    @Test func pathsAreRelativeToTheirFile() throws {
        let settings = try Settings(environment: [:], files: [try file("index: reviews.db")])
        #expect(try settings.text(.index) == "/home/a/reviews.db")
    }

    /// `Config/postil.yaml` is what the definitions make; `postil config --template > Config/postil.yaml` brings it up to date.
    @Test func theShippedFileIsTheTemplate() throws {
        let url = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Config/postil.yaml")
        #expect(try String(contentsOf: url, encoding: .utf8) == SettingsTemplate.text)
        let shipped = try #require(try SettingsFile(path: url.path))
        #expect(shipped.values.count == Setting.all.count)
        for setting in Setting.all {
            let value = try setting.value(of: setting.defaultText, place: "default")
            #expect(shipped.values[AbsoluteConfigKey(setting.key.components)] == value, "\(setting.key)")
        }
    }
}

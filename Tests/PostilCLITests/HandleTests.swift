import Foundation
import PostilTestSupport
import Testing

/// Numbers of hits and beginnings of ids in the place of ids, and `postil open`.
struct HandleTests {
    private static let rows = """
        {"id":"reward-1","text":"reward reward reward","url":"https://example.org/1?a=b&c"}
        {"id":"reward-22","text":"a reward of another kind"}
        {"id":"7","text":"lucky reward among a great many words that make it the last one of them all"}
        {"id":"corrigible","text":"nothing of the kind","url":"file:///etc/passwd"}

        """

    private func indexed() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        try folder.file("in/rows.jsonl", Self.rows)
        #expect(try PostilBinary.run(["index", "in"], in: folder.url).status == 0)
        return folder
    }

    private func run(_ arguments: [String], in folder: TemporaryFolder, _ environment: [String: String] = [:]) throws
        -> PostilBinary.Outcome
    {
        try PostilBinary.run(arguments, in: folder.url, environment: environment)
    }

    @Test func aNumberIsAHitOfTheLastSearchHere() throws {
        let folder = try indexed()
        let before = try run(["show", "2"], in: folder)
        #expect(before.status == 1 && before.errors.contains("no document has the id “2”"), "\(before)")
        let ids = try run(["search", "reward", "--format", "ids"], in: folder).lines
        #expect(ids.count == 3)
        for (number, id) in ids.enumerated() {
            #expect(try run(["show", "\(number + 1)", "--format", "ids"], in: folder).lines == [id])
        }
        #expect(try run(["cite", "1#p1", "--format", "ids"], in: folder).output.hasPrefix("\(ids[0])#p1-"))
        // What is an id stays one; @7 never is.
        #expect(try run(["show", "7", "--format", "ids"], in: folder).lines == ["7"])
        let none = try run(["show", "@7"], in: folder)
        #expect(none.status == 1 && none.errors.contains("showed hits 1 to 3"), "\(none)")
        // Pages count on.
        #expect(try run(["search", "reward", "--offset", "1", "-n", "1"], in: folder).status == 0)
        #expect(try run(["show", "2", "--format", "ids"], in: folder).lines == [ids[1]])
        #expect(try run(["show", "@1"], in: folder).status == 1)
        // Another index has searches of its own.
        #expect(try run(["index", "in", "-i", "other.db"], in: folder).status == 0)
        #expect(try run(["show", "2", "-i", "other.db"], in: folder).status == 1)
    }

    @Test func aNumberIsAPassageWherePassagesWereRanked() throws {
        let folder = try TemporaryFolder()
        try folder.file("in/a.md", "# Long\n\nOf nothing.\n\nOf reward and reward.\n\nAgain of nothing.\n")
        try folder.file("in/b.md", "# Other\n\nOf nothing.\n\nAgain of nothing.\n\nA reward.\n")
        #expect(try run(["index", "in"], in: folder).status == 0)
        let found = try run(["search", "--by", "passage", "--format", "ids", "reward"], in: folder).lines
        #expect(found.count == 2 && found[1].hasPrefix("b.md#p4-"))
        for (number, id) in found.enumerated() {
            #expect(try run(["cite", "\(number + 1)", "--format", "ids"], in: folder).lines == [id])
        }
        #expect(try run(["show", "@2"], in: folder).output.contains("A reward."))
        // A search for documents takes the passages back.
        #expect(try run(["search", "-q", "reward"], in: folder).status == 0)
        #expect(try run(["cite", "1", "--format", "ids"], in: folder).lines == ["a.md"])
    }

    @Test func theLastSearchLiesInTheStateFolder() throws {
        let folder = try indexed()
        let state = folder.url.appending(path: "state")
        let environment = ["XDG_STATE_HOME": state.path]
        #expect(try run(["search", "reward", "-q"], in: folder, environment).status == 0)
        let files = try FileManager.default.contentsOfDirectory(atPath: state.appending(path: "postil").path)
        #expect(files.count == 1 && files[0].hasPrefix("last-search-"))
        let attributes = try FileManager.default.attributesOfItem(
            atPath: state.appending(path: "postil/" + files[0]).path)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        #expect(
            try Set(FileManager.default.contentsOfDirectory(atPath: folder.url.path)).isSuperset(of: [
                "in", "postil.db", "state",
            ]))
        // Where nothing can be kept, a search is none the worse, and damage is no state.
        #expect(try run(["search", "reward", "-q"], in: folder, ["XDG_STATE_HOME": "/dev/null"]).status == 0)
        try Data("{\"version\":1".utf8).write(to: state.appending(path: "postil/" + files[0]))
        #expect(try run(["show", "2"], in: folder, environment).status == 1)
    }

    @Test func idsMayBeAbbreviatedAndNearOnesAreNamed() throws {
        let folder = try indexed()
        #expect(try run(["show", "corr", "--format", "ids"], in: folder).lines == ["corrigible"])
        let several = try run(["show", "rew"], in: folder)
        #expect(
            several.status == 1 && several.errors.contains("several ids begin with “rew”: reward-1, reward-22"),
            "\(several)")
        let near = try run(["show", "corigible"], in: folder)
        #expect(near.status == 1 && near.errors.contains("near it are corrigible"), "\(near)")
        #expect(try run(["show", "WARD-22"], in: folder).errors.contains("near it are reward-22"))
        #expect(try run(["show", "entirely-else"], in: folder).errors.contains("`postil search` prints ids"))
    }

    @Test func openHandsOverToThePrograms() throws {
        let folder = try indexed()
        let programs = ["BROWSER": "printf 'browser %s\\n'", "EDITOR": "printf '%s|'", "PAGER": "sed 's/^/> /'"]
        #expect(try run(["open", "reward-1"], in: folder, programs).output == "browser https://example.org/1?a=b&c\n")
        #expect(
            try run(["open", "reward-1#p1"], in: folder, programs).output.hasSuffix(
                "#:~:text=reward%20reward%20reward\n"))
        let file = folder.url.appending(path: "in/rows.jsonl").path
        #expect(try run(["open", "reward-22"], in: folder, programs).output == "+2|\(file)|")
        #expect(try run(["open", "reward-1", "--file"], in: folder, programs).output == "+1|\(file)|")
        #expect(try run(["open", "reward-1", "--text"], in: folder, programs).output == "> reward reward reward\n")
        var noEditor = programs
        noEditor["EDITOR"] = nil
        // What is no address of the web is not handed to a browser.
        #expect(try run(["open", "corrigible"], in: folder, noEditor).output == "> nothing of the kind\n")
        #expect(try run(["open", "corrigible", "--link"], in: folder, programs).status == 2)
        let dry = try run(["open", "reward-1", "--dry-run", "--format", "json"], in: folder, programs).json()
        #expect(dry["kind"] as? String == "browser" && dry["arguments"] as? [String] == ["https://example.org/1?a=b&c"])
        #expect(try run(["open", "nobody"], in: folder, programs).status == 1)
    }

    @Test func sqlHandsTheIndexOverToTheShell() throws {
        let folder = try indexed()
        let shell = folder.url.appending(path: "bin/sqlite3")
        try folder.file("bin/sqlite3", "#!/bin/sh\nprintf '%s|' \"$@\"\n")
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: shell.path)
        try folder.file("a \"b\".so", "")
        let named = folder.url.appending(path: "a \"b\".so").path
        let programs = ["PATH": "/nowhere:" + shell.deletingLastPathComponent().path, "POSTIL_EXTENSION": named]
        let index = folder.url.appending(path: "postil.db").path
        let load = ".load \"\(named.replacing("\"", with: "\\\""))\""
        #expect(try run(["sql"], in: folder, programs).output == "-cmd|\(load)|\(index)|")
        #expect(
            try run(["sql", "--", "-box", "SELECT 1"], in: folder, programs).output
                == "-cmd|\(load)|\(index)|-box|SELECT 1|")
        let dry = try run(["sql", "--dry-run", "--format", "json", "SELECT 1"], in: folder, programs).json()
        #expect(dry["program"] as? String == shell.path)

        let noShell = try run(["sql"], in: folder, ["PATH": "/nowhere", "POSTIL_EXTENSION": named])
        #expect(noShell.status == 2 && noShell.errors.contains("install SQLite's shell"), "\(noShell)")
        let gone = try run(["sql"], in: folder, ["POSTIL_EXTENSION": named + "x"])
        #expect(gone.status == 2 && gone.errors.contains("$POSTIL_EXTENSION names \(named)x"), "\(gone)")
        #expect(try run(["sql", "-i", "nowhere.db"], in: folder, programs).status == 2)
    }

    @Test func completionOffersIdsFieldsAndProfiles() throws {
        let folder = try indexed()
        func offered(_ argument: String, _ words: String...) throws -> [String] {
            let word = words[words.count - 1]
            let place = ["\(words.count - 1)", "\(word.count)"]
            return try run(["---completion", words[1], "--", argument] + place + words, in: folder).lines
        }
        #expect(try offered("positional@0", "postil", "show", "rew") == ["reward-1", "reward-22"])
        #expect(try offered("positional@0", "postil", "show", "-i", "nowhere.db", "rew") == [])
        #expect(try offered("positional@0", "postil", "search", "au") == ["author:"])
        #expect(try offered("--profile", "postil", "search", "--profile", "less") == ["lesswrong"])
    }
}

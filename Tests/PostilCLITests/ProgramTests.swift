import Foundation
import PostilTestSupport
import Testing

/// What holds for every command: finding the index, settings, pipes, help.
struct ProgramTests {
    @Test func theIndexIsFoundHereAndAbove() throws {
        let folder = try SmallCollection.indexed()
        try FileManager.default.createDirectory(
            at: folder.url.appending(path: "deep/er"), withIntermediateDirectories: true)
        let below = folder.url.appending(path: "deep/er")
        #expect(try PostilBinary.run(["search", "reward"], in: below).status == 0)
        let elsewhere = try TemporaryFolder()
        let lost = try PostilBinary.run(["search", "reward"], in: elsewhere.url)
        #expect(lost.status == 2)
        #expect(lost.errors.contains("postil index"), "\(lost.errors)")
        let path = folder.url.appending(path: "postil.db").path
        #expect(try PostilBinary.run(["search", "reward", "-i", path], in: elsewhere.url).status == 0)
        let environment = ["POSTIL_INDEX": path]
        #expect(try PostilBinary.run(["search", "reward"], in: elsewhere.url, environment: environment).status == 0)
        try elsewhere.file("postil.yaml", "index: \(path)\n")
        #expect(try PostilBinary.run(["search", "reward"], in: elsewhere.url).status == 0)
    }

    @Test func aBrokenConfigurationNamesFileLineAndKey() throws {
        let folder = try SmallCollection.indexed()
        try folder.file("postil.yaml", "search:\n  limti: 3\n")
        let outcome = try PostilBinary.run(["search", "reward"], in: folder.url)
        #expect(outcome.status == 2)
        #expect(
            outcome.errors.contains("postil.yaml:2") && outcome.errors.contains("search.limti"), "\(outcome.errors)")
    }

    @Test func configShowsValuesAndOrigins() throws {
        let folder = try TemporaryFolder()
        try folder.file("postil.yaml", "search: {limit: 3}\n")
        try folder.file(".config/postil/config.yaml", "search: {limit: 4, snippet-length: 100}\n")
        let outcome = try PostilBinary.run(
            ["config", "--format", "json"], in: folder.url, environment: ["POSTIL_SEARCH_STRATEGY": "exhaustive"])
        let settings = try #require(try outcome.json()["settings"] as? [[String: Any]])
        func origin(_ key: String) -> String? {
            settings.first { $0["key"] as? String == key }?["origin"] as? String
        }
        #expect(origin("search.limit")?.hasSuffix("postil.yaml") == true)
        #expect(origin("search.snippet-length")?.hasSuffix(".config/postil/config.yaml") == true)
        #expect(origin("search.strategy") == "$POSTIL_SEARCH_STRATEGY")
        #expect(origin("output.format") == "--format")
        #expect(origin("indexing.memory") == "default")
        let text = try PostilBinary.run(["config"], in: folder.url).output
        #expect(text.contains("search.limit"))
    }

    /// A reader that has seen enough ends the program quietly.
    @Test func pipesMayCloseEarly() throws {
        let folder = try SmallCollection.indexed()
        let topics = (0..<20_000).map { "\($0)\treward hacking\n" }.joined()
        try folder.file("topics.tsv", topics)
        let outcome = try PostilBinary.shell(
            "(postil search --topics topics.tsv; echo $? > status) | head -n 1; cat status", in: folder.url)
        #expect(outcome.lines.count == 2 && outcome.lines[1] == "0", "\(outcome)")
        #expect(outcome.errors == "")
        let closed = try PostilBinary.shell("postil search reward >&-; echo $?", in: folder.url)
        #expect(closed.output == "2\n", "\(closed)")
        #expect(try PostilBinary.shell("postil index reviews 2>&-; echo $?", in: folder.url).output.hasSuffix("0\n"))
    }

    @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full")))
    func resultsThatCannotBeWrittenAreAnError() throws {
        let folder = try SmallCollection.indexed()
        for command in ["search reward", "show hubinger-2019", "--help"] {
            let outcome = try PostilBinary.shell("postil \(command) >/dev/full", in: folder.url)
            #expect(outcome.status == 2, "\(outcome)")
            #expect(outcome.errors == "postil: error: the results cannot be written: No space left on device\n")
        }
    }

    @Test func documentsAreShownWithTheirCitation() throws {
        let folder = try SmallCollection.indexed()
        let shown = try PostilBinary.run(["show", "hubinger-2019"], in: folder.url)
        #expect(shown.output.hasPrefix("Risks from Learned Optimization\n\nA mesa-optimizer may pursue"))
        #expect(shown.output.hasSuffix("Hubinger, 2019. Risks from Learned Optimization. [hubinger-2019]\n"))
        let plain = try PostilBinary.run(["show", "goodhart.md"], in: folder.url).output
        #expect(plain.contains("the regressional kind"), "\(plain)")
        let markup = try PostilBinary.run(["show", "--markup", "goodhart.md"], in: folder.url).output
        #expect(markup.contains("the **regressional** kind"), "\(markup)")
        let missing = try PostilBinary.run(["show", "nobody"], in: folder.url)
        #expect(missing.status == 1 && missing.errors.contains("nobody"))
    }

    /// Files of one name in two folders, and records of one id in two files.
    @Test func idsThatSeveralFilesUseAreShownWithTheFile() throws {
        let folder = try TemporaryFolder()
        for place in ["a", "b"] {
            try folder.file("\(place)/notes.md", "# Notes\nGoodhart in \(place).")
            try folder.file("\(place)/rows.jsonl", #"{"id":"x:1","text":"Proxies in \#(place)."}"#)
        }
        #expect(try PostilBinary.run(["index", "a", "b"], in: folder.url).status == 0)
        for (query, id, text) in [("goodhart", "notes.md", "Goodhart"), ("proxies", "x:1", "Proxies")] {
            let found = try PostilBinary.run(["search", query], in: folder.url).output
            for place in ["a", "b"] {
                let file = folder.url.appending(path: place + (id == "x:1" ? "/rows.jsonl" : "/notes.md")).path
                #expect(found.contains("    \(file):\(id)\n"), "\(found)")
                let shown = try PostilBinary.run(["show", "\(file):\(id)"], in: folder.url)
                #expect(shown.output.contains("\(text) in \(place).\n") && shown.errors.isEmpty, "\(shown)")
                #expect(try PostilBinary.run(["explain", "\(file):\(id)", query], in: folder.url).status == 0)
            }
            let both = try PostilBinary.run(["show", id], in: folder.url)
            #expect(both.output.contains("in a.") && both.output.contains("in b."), "\(both)")
            #expect(both.errors.contains("a/") && both.errors.contains(":\(id)"), "\(both)")
        }
    }

    /// The standard library reads the arguments there.
    @Test(.enabled(if: !Sanitizer.isOn, "sanitizers read there, too, what they are to do"))
    func argumentsThatCannotBeReadAreNotTakenForNone() throws {
        let folder = try TemporaryFolder()
        let without = "unshare --mount --map-root-user sh -c 'mount -t tmpfs none /proc && ! test -e /proc/self "
        guard try PostilBinary.shell(without + "'", in: folder.url).status == 0 else {
            print("skipped: nothing can be mounted here")
            return
        }
        let outcome = try PostilBinary.shell(without + "&& \"\(PostilBinary.url.path)\" info'", in: folder.url)
        #expect(outcome.status == 2 && outcome.errors.contains("mount /proc"), "\(outcome)")
    }

    @Test func infoCheckAndOptimize() throws {
        let folder = try SmallCollection.indexed()
        let info = try PostilBinary.run(["info", "--format", "json"], in: folder.url).json()
        #expect(info["documents"] as? Int == 3)
        #expect(try PostilBinary.run(["info"], in: folder.url).output.contains("english"))
        #expect(try PostilBinary.run(["optimize"], in: folder.url).status == 0)
        let check = try PostilBinary.run(["check"], in: folder.url)
        #expect(check.status == 0, "\(check)")
        #expect(try PostilBinary.run(["check", "--format", "json"], in: folder.url).json()["sound"] as? Bool == true)
    }

    @Test func wrongArgumentsAreErrors() throws {
        let folder = try TemporaryFolder()
        for arguments in [["serach"], ["search", "--nope", "a"], ["--nope"], ["show"], ["explain", "a"]] {
            let outcome = try PostilBinary.run(arguments, in: folder.url)
            #expect(outcome.status == 2, "\(arguments)")
            #expect(outcome.errors.hasPrefix("postil: error: "), "\(outcome.errors)")
            #expect(outcome.output == "")
        }
    }

    @Test func messagesNameTheWayOut() throws {
        let folder = try TemporaryFolder()
        let misspelt = try PostilBinary.run(["serach", "reward"], in: folder.url)
        #expect(
            misspelt.errors.contains(
                "there is no command “serach”; did you mean “search”? There are index, watch, search, "),
            "\(misspelt.errors)")
        let unknown = try PostilBinary.run(["frobnicate"], in: folder.url)
        #expect(unknown.errors.contains("there is no command “frobnicate”; there are index, "), "\(unknown.errors)")
        let inner = try PostilBinary.run(["bench", "genrate"], in: folder.url)
        #expect(inner.errors.contains("did you mean “generate”? There are generate, index, queries"), "\(inner.errors)")
        let option = try PostilBinary.run(["search", "reward", "-x"], in: folder.url)
        #expect(option.errors.contains("postil search -- reward -x"), "\(option.errors)")
        let misspeltOption = try PostilBinary.run(["search", "reward", "--limti", "3"], in: folder.url)
        #expect(
            misspeltOption.errors.contains("Did you mean '--limit'? To leave a word out"), "\(misspeltOption.errors)")
    }

    @Test func severalIndexesAreRefusedWhereTheyMeanNothing() throws {
        let folder = try SmallCollection.indexed()
        for command in [["info"], ["explain", "a", "b"], ["check"], ["optimize"], ["duplicates"]] {
            let outcome = try PostilBinary.run(command + ["-i", "postil.db", "--index=b.db"], in: folder.url)
            #expect(outcome.status == 2 && outcome.output == "", "\(command): \(outcome)")
            #expect(outcome.errors.contains("--index is given 2 times"), "\(command): \(outcome.errors)")
        }
    }

    /// Nothing falls back to text in silence.
    @Test func formatsThatACommandDoesNotHaveAreRefused() throws {
        let folder = try SmallCollection.indexed()
        for (command, format) in [
            (["info"], "csv"), (["check"], "trec"), (["show", "goodhart.md"], "trec"), (["config"], "ids"),
            (["explain", "goodhart.md", "goodhart"], "csv"), (["duplicates"], "trec"), (["optimize"], "ids"),
            (["index", "reviews"], "csv"), (["sources", "add", "reviews"], "ids"),
            (["bench", "index", "reviews"], "csv"),
        ] {
            let outcome = try PostilBinary.run(command + ["--format", format], in: folder.url)
            #expect(outcome.status == 2 && outcome.output == "", "\(command): \(outcome)")
            #expect(
                outcome.errors.contains("has no \(format) output; use --format with one of text, json, jsonl"),
                "\(command): \(outcome.errors)")
        }
        let nested = try PostilBinary.run(["sources", "add", "reviews", "--format", "ids"], in: folder.url)
        #expect(nested.errors.contains("`postil sources add` has no ids output"), "\(nested.errors)")
        let template = try PostilBinary.run(["config", "--template", "--format", "json"], in: folder.url)
        #expect(template.status == 2 && template.output == "", "\(template)")
        let byVariable = try PostilBinary.run(["info"], in: folder.url, environment: ["POSTIL_OUTPUT_FORMAT": "csv"])
        #expect(byVariable.errors.contains("has no csv output ($POSTIL_OUTPUT_FORMAT says so)"), "\(byVariable.errors)")
    }

    /// A pattern may have no file yet; a path that is not there is named.
    @Test func placesThatDoNotExistAreAddedWithAWarning() throws {
        let folder = try SmallCollection.indexed()
        let outcome = try PostilBinary.run(["sources", "add", "reviews", "nowhere", "later/*.md"], in: folder.url)
        #expect(outcome.status == 0 && outcome.output.contains("nowhere"), "\(outcome)")
        #expect(outcome.errors.contains("nowhere: does not exist; it is read when it does"), "\(outcome.errors)")
        #expect(!outcome.errors.contains("later") && !outcome.errors.contains("reviews:"), "\(outcome.errors)")
    }

    @Test func documentsAreATable() throws {
        let folder = try SmallCollection.indexed()
        let csv = try PostilBinary.run(["show", "hubinger-2019", "--format", "csv"], in: folder.url)
        #expect(
            csv.output.hasPrefix(
                "id,title,author,date,url,tags,source,line,metadata,citation,text,markup\r\nhubinger-2019,"))
        let ids = try PostilBinary.run(["show", "hubinger-2019", "goodhart.md", "--format", "ids"], in: folder.url)
        #expect(ids.output == "hubinger-2019\ngoodhart.md\n")
    }

    /// What a file says can be undone by a flag.
    @Test func switchesCanBeTurnedOff() throws {
        let folder = try SmallCollection.indexed()
        try folder.file("postil.yaml", "output: {quiet: true}\n")
        #expect(try PostilBinary.run(["search", "reward"], in: folder.url).errors == "")
        #expect(
            try PostilBinary.run(["search", "reward", "--no-quiet"], in: folder.url).errors.contains("Results 1–3"))
    }

    @Test func versionHelpAndCompletions() throws {
        let folder = try TemporaryFolder()
        #expect(try PostilBinary.run(["--version"], in: folder.url).output.contains("."))
        for shell in ["bash", "zsh", "fish"] {
            let script = try PostilBinary.run(["--generate-completion-script", shell], in: folder.url)
            #expect(script.status == 0 && script.output.contains("exact-total"), "\(shell)")
        }
        #expect(try PostilBinary.run(["help", "search"], in: folder.url).output.contains("EXAMPLES"))
    }
}

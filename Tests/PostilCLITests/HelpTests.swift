import Foundation
import PostilTestSupport
import Testing

@testable import postil_cli

/// Every command, flag and setting has its line in the help and the README.
struct HelpTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// What the program says of its own arguments, as its completion scripts and manual are made from.
    private struct Dump: Decodable {
        var command: Command

        struct Command: Decodable {
            var commandName: String
            var abstract: String?
            var discussion: String?
            var arguments: [Argument]?
            var subcommands: [Command]?

            /// Its flags with their hyphens.
            var flags: [String] {
                (arguments ?? []).flatMap { $0.names ?? [] }.filter { $0.kind == "long" }.map { "--" + $0.name }
            }
        }

        struct Argument: Decodable {
            var valueName: String?
            var abstract: String?
            var kind: String
            var names: [Name]?
        }

        struct Name: Decodable {
            var kind: String
            var name: String
        }
    }

    private func commands() throws -> [Dump.Command] {
        let folder = try TemporaryFolder()
        let outcome = try PostilBinary.run(["--experimental-dump-help"], in: folder.url)
        let dump = try JSONDecoder().decode(Dump.self, from: Data(outcome.output.utf8))
        return try #require(dump.command.subcommands).filter { $0.commandName != "help" }
    }

    @Test func everyCommandAndArgumentIsExplained() throws {
        let commands = try commands()
        #expect(commands.count == PostilCommand.subcommands.count)
        for command in commands {
            #expect(command.abstract?.isEmpty == false, "\(command.commandName)")
            for argument in command.arguments ?? [] {
                #expect(
                    argument.abstract?.isEmpty == false,
                    "\(command.commandName): \(argument.kind) \(argument.valueName ?? "")")
            }
            for inner in command.subcommands ?? [] {
                #expect(inner.abstract?.isEmpty == false, "\(inner.commandName)")
                for argument in inner.arguments ?? [] {
                    #expect(argument.abstract?.isEmpty == false, "\(inner.commandName): \(argument.valueName ?? "")")
                }
            }
        }
    }

    @Test func everyCommandHasExamplesThatParse() throws {
        for command in try commands() where command.subcommands == nil {
            let discussion = try #require(command.discussion, "\(command.commandName)")
            let examples = discussion.split(separator: "\n").filter { $0.contains("postil \(command.commandName)") }
            #expect(!examples.isEmpty, "\(command.commandName)")
        }
    }

    @Test func theReadmeNamesEveryCommand() throws {
        let readme = try String(contentsOf: Self.root.appending(path: "README.md"), encoding: .utf8)
        for command in try commands() {
            #expect(readme.contains("`postil \(command.commandName)"), "\(command.commandName)")
        }
    }

    @Test(arguments: Setting.all)
    func everySettingIsInTheReadmeAndItsFlagInACommand(setting: Setting) throws {
        let readme = try String(contentsOf: Self.root.appending(path: "README.md"), encoding: .utf8)
        #expect(readme.contains("\n    \(setting.key) "), "the output of `postil config` in README")
        #expect(setting.summary.first?.isUppercase == true)
        guard let option = setting.option else { return }
        let commands = try commands().flatMap { [$0] + ($0.subcommands ?? []) }
        #expect(commands.contains { $0.flags.contains(option) }, "\(option)")
    }

    /// A flag that a command offers and does not hand on would do nothing, in silence.
    @Test func everyFlagOfASettingReachesTheSettings() throws {
        for path in try commandPaths() {
            let words = path.words
            for setting in Setting.all where path.command.flags.contains(setting.option ?? "-") {
                // How many hits a benchmark takes, and how many values a list has, does not depend on somebody's file.
                if [["bench", "queries"], ["list"]].contains(words), setting == .limit { continue }
                let (arguments, value) = Self.arguments(giving: setting, to: words.last ?? "")
                let command = try #require(try Self.command(words, arguments), "\(words) \(arguments)")
                #expect(try command.givenSettings[setting.key] == value, "\(words) \(arguments)")
            }
        }
    }

    /// `--profile` and `--index` stand where they mean something, and `--format` lists what the command has.
    @Test func flagsAreOfferedOnlyWhereTheyMeanSomething() throws {
        var offering: [String: [String]] = [:]
        for path in try commandPaths() {
            for flag in path.command.flags { offering[flag, default: []].append(path.words.joined(separator: " ")) }
        }
        #expect(offering["--profile"]?.sorted() == ["bench index", "eval", "index", "search", "sources add", "watch"])
        #expect(Set(offering["--index"] ?? []).isDisjoint(with: ["config", "bench generate", "bench index"]))
        #expect(offering["--index"]?.count == 25)
        #expect(offering["--null"]?.sorted() == ["cite", "duplicates", "new", "search", "show", "similar"])
        let folder = try TemporaryFolder()
        for (command, formats) in [
            ("search", "text, json, jsonl, csv, trec, ids, bibtex, csl-json or ris"),
            ("show", "text, json, jsonl, csv, ids, bibtex, csl-json or ris"),
            ("info", "text, json or jsonl"), ("config", "text, json, jsonl or csv"),
        ] {
            let help = try PostilBinary.run(["help", command], in: folder.url).output
            let text = help.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            #expect(text.contains("How results are printed: \(formats)."), "\(command): \(text)")
        }
    }

    private func commandPaths() throws -> [(words: [String], command: Dump.Command)] {
        var paths: [(words: [String], command: Dump.Command)] = []
        for command in try commands() {
            guard let inner = command.subcommands else {
                paths.append(([command.commandName], command))
                continue
            }
            for last in inner where last.commandName != "help" {
                paths.append(([command.commandName, last.commandName], last))
            }
        }
        return paths
    }

    /// A command line that gives a setting, and the text that must come of it.
    private static func arguments(giving setting: Setting, to command: String) -> (arguments: [String], value: String) {
        let option = setting.option ?? ""
        switch setting.kind {
        case .boolean: return ([option], "true")
        case .integer(let range), .seconds(let range): return ([option, "\(range.lowerBound)"], "\(range.lowerBound)")
        case .choice(let choices): return ([option, choices[0]], choices[0])
        case .byteCount: return ([option, "1GiB"], "1GiB")
        case .text, .path, .profile: return ([option, "x"], "x")
        }
    }

    /// The command that `words` name, parsed with as many words behind it as it wants.
    private static func command(_ words: [String], _ arguments: [String]) throws -> (any ReportingCommand)? {
        for others in [
            [], ["a"], ["a", "b"], ["--queries", "a"], ["--qrels", "a", "--topics", "b"],
            ["--out", "a", "--topics", "b"],
        ] {
            let line = words + arguments + others
            if let parsed = try? PostilCommand.parseAsRoot(line) as? any ReportingCommand { return parsed }
        }
        return nil
    }
}

extension ReportingCommand {
    /// What its command line gives, by key.
    fileprivate var givenSettings: [String: String] {
        get throws { try options.flags.merging(flags).texts }
    }
}

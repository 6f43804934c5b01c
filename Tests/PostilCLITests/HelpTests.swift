import Foundation
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
        }

        struct Argument: Decodable {
            var valueName: String?
            var abstract: String?
            var kind: String
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
            for inner in command.subcommands ?? [] { #expect(inner.abstract?.isEmpty == false, "\(inner.commandName)") }
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

    @Test(arguments: SettingCatalogue.all)
    func everySettingIsInTheShippedFile(setting: Setting) throws {
        let file = try String(contentsOf: Self.root.appending(path: "Config/postil.yaml"), encoding: .utf8)
        #expect(file.contains((setting.key.components.last ?? "") + ":"))
        #expect(!setting.summary.isEmpty)
        if let flag = setting.flag {
            let folder = try TemporaryFolder()
            let dump = try PostilBinary.run(["--experimental-dump-help"], in: folder.url).output
            #expect(dump.contains("\"\(flag.dropFirst(2))\""), "\(flag)")
        }
    }
}

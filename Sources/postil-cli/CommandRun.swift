import ArgumentParser
import Foundation
import Postil
import Reports
import SystemPackage

/// One run of the program, from arguments to exit status.
enum CommandRun {
    /// Nothing was found.
    static let nothingFound = ExitCode(1)
    /// Something went wrong, or part of the input was skipped.
    static let failed = ExitCode(2)

    /// Parses and runs the command, and reports what goes wrong. Gives the exit status.
    static func status(of arguments: [String]) -> Int32 {
        do {
            // Scripts and editors ask for nothing but this at every start, and the parser takes as long as the rest of the run.
            if arguments == ["--version"] {
                let output = StandardOutput()
                try output.write(PostilVersion.text + "\n")
                try output.flush()
                return 0
            }
            try ProgramLimits.require(for: arguments.first)
            let arguments = QueryArguments.protected(arguments)
            if arguments.first == "search", let asked = SearchOptions(plain: Array(arguments.dropFirst())) {
                try SearchRun(asked).run()
                return 0
            }
            var command = try command(of: arguments)
            try command.run()
            return 0
        } catch let code as ExitCode {
            return code.rawValue
        } catch is StandardOutput.Closed {
            // The reader had enough, as with `| head`.
            return 0
        } catch {
            return report(error, arguments: arguments)
        }
    }

    /// Goes straight to the command that the first argument names, because parsing down from the root costs a third of a short
    /// search. The parser knows by their `_superCommandName` that these are commands of `postil`, and spares the look for
    /// requests of completion scripts, another sixth. What cannot be parsed so, requests for help among it, is for the root to
    /// answer.
    private static func command(of arguments: [String]) throws -> any ParsableCommand {
        if let name = arguments.first,
            let type = PostilCommand.subcommands.first(where: { $0.configuration.commandName == name })
        {
            do { return try type.parseAsRoot(Array(arguments.dropFirst())) } catch {
                // The root says the same with the whole command line in view.
            }
        }
        return try PostilCommand.parseAsRoot(arguments)
    }

    private static func report(_ error: any Error, arguments: [String]) -> Int32 {
        // Help, the version and completion scripts are thrown by the parser, too.
        if PostilCommand.exitCode(for: error) == .success {
            let output = StandardOutput()
            do {
                try output.write(PostilCommand.fullMessage(for: error) + "\n")
                try output.flush()
                return 0
            } catch is StandardOutput.Closed {
                return 0
            } catch {
                Messages.print("postil: error: \(error)")
                return failed.rawValue
            }
        }
        let environment = ProcessInfo.processInfo.environment
        let layout = TextLayout(
            descriptor: .standardError, color: colorChoice(in: arguments), environment: environment)
        var message = PostilCommand.message(for: error)
        if let advice = Advice.about(error) { message += "; " + advice }
        if let unknown = unknownCommand(in: arguments) {
            message = unknown
        } else if arguments.first == "search", message.hasPrefix("Unknown option '-") {
            message +=
                (message.last?.isPunctuation == true && message.last != "'" ? " " : ". ")
                + "To leave a word out, put -- before the query: postil search -- reward -x"
        }
        Messages(isQuiet: false, usesColor: layout.usesColor).error(message)
        // The parser adds the usage to its own errors.
        let full = PostilCommand.fullMessage(for: error)
        if let usage = full.range(of: "\nUsage:") {
            Messages.print(VisibleText.block(String(full[full.index(after: usage.lowerBound)...])))
        }
        return failed.rawValue
    }

    /// What to say of the first word that is no command, of `postil` or of `postil bench`; nil if there is none.
    private static func unknownCommand(in arguments: [String]) -> String? {
        var parent: any ParsableCommand.Type = PostilCommand.self
        for argument in arguments where argument != "help" {
            let commands = parent.configuration.subcommands
            guard !commands.isEmpty, !argument.hasPrefix("-") else { return nil }
            if let known = commands.first(where: { $0.configuration.commandName == argument }) {
                parent = known
                continue
            }
            let names = commands.compactMap { $0.configuration.commandName }
            let near = Suggestion.nearest(to: argument, among: names).map { "did you mean “\($0)”? There" } ?? "there"
            return "there is no command “\(argument)”; \(near) are \(names.joined(separator: ", "))"
        }
        return nil
    }

    /// What `--color` says, also where the arguments could not be parsed.
    private static func colorChoice(in arguments: [String]) -> ColorChoice {
        for (option, value) in zip(arguments, arguments.dropFirst() + [""]) {
            if option == "--color", let choice = ColorChoice(rawValue: value) { return choice }
            if option.hasPrefix("--color="), let choice = ColorChoice(rawValue: String(option.dropFirst(8))) {
                return choice
            }
        }
        return .auto
    }
}

/// A command was asked for something it does not do.
struct UsageError: Error, CustomStringConvertible {
    /// What is wrong and what to do instead.
    var description: String

    init(_ description: String) { self.description = description }
}

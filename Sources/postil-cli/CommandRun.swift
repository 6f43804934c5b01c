import ArgumentParser
import Foundation
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
            var command = try command(of: QueryArguments.protected(arguments))
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
        let terminal = Terminal(descriptor: .standardError, color: colorChoice(in: arguments), environment: environment)
        var message = PostilCommand.message(for: error)
        if let command = arguments.first {
            let commands = PostilCommand.subcommands.compactMap { $0.configuration.commandName }
            if !command.hasPrefix("-"), command != "help", !commands.contains(command) {
                message = "there is no command “\(command)”; there are \(commands.joined(separator: ", "))"
            } else if command == "search", message.hasPrefix("Unknown option '-") {
                message += ". To leave a word out, put -- before the query: postil search -- reward -x"
            }
        }
        Messages(isQuiet: false, usesColor: terminal.usesColor).error(message)
        // The parser adds the usage to its own errors.
        let full = PostilCommand.fullMessage(for: error)
        if let usage = full.range(of: "\nUsage:") {
            Messages.print(String(full[full.index(after: usage.lowerBound)...]))
        }
        return failed.rawValue
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

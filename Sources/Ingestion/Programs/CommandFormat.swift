/// Files that a program of the user's choice makes text of, as a profile says: `extensions: { doc: { command: "antiword {}" } }`.
///
/// Nothing is run that no profile names. What a command gave for a content is kept in the user's cache folder, so that an index
/// can be made anew without running it again.
struct CommandFormat: WholeFormat {
    let program: ExternalProgram
    /// The format of what it gives.
    let output: DocumentFormat
    /// Whether the user's own profile names it. One that stands in an index may be a stranger's.
    var isAllowed = true

    /// What the profile says.
    var name: String { "command \(program.arguments.joined(separator: " ")) as \(output.name)" }
    var extensions: [String] { [] }
    let isText = false

    func maximumBytes(_ limits: ReadingLimits) -> Int { limits.maximumContainerBytes }

    func read(
        _ bytes: UnsafeRawBufferPointer, of file: InputFile, by reader: DocumentReader, tally: BatchTally,
        into handler: (consuming ReadEvent) throws -> Void
    ) rethrows {
        let text: [UInt8]
        do { text = try self.text(of: bytes, file: file, limits: reader.limits) } catch {
            return try handler(.skipped(line: nil, reason: "\(error)"))
        }
        guard let format = output.format as? any WholeFormat else { preconditionFailure("\(output) is not read whole") }
        try text.withUnsafeBytes { bytes in
            try format.read(bytes, of: file, by: reader, tally: tally, into: handler)
        }
    }

    private func text(of bytes: UnsafeRawBufferPointer, file: InputFile, limits: ReadingLimits) throws -> [UInt8] {
        guard isAllowed else {
            throw ReadingError(
                "is read by a command that stands in the index alone; name the profile that has it to have it run"
            )
        }
        let cache = CommandCache(command: name, content: bytes)
        if let text = cache.text(limit: limits.maximumDocumentBytes) { return text }
        let input = try ProgramInput(bytes, of: file)
        let outcome = try program.run(on: input.path, limit: limits.maximumDocumentBytes)
        withExtendedLifetime(input) {}
        let command = program.arguments[0]
        if outcome.status == 127 { throw ReadingError("is read by \(command), which is not there; install it") }
        if outcome.status != 0 {
            let complaint = outcome.complaint.isEmpty ? "" : ": \(outcome.complaint)"
            throw ReadingError("\(command) ended with status \(outcome.status)\(complaint)")
        }
        cache.keep(outcome.output)
        return outcome.output
    }
}

extension RecordMapping {
    /// The mapping with its commands left unrun: an index's own, which may have been made by a stranger. Files of their
    /// extensions are named and keep what the index has of them.
    package var refusingCommands: RecordMapping {
        var mapping = self
        for (suffix, format) in extensions {
            guard var command = format.format as? CommandFormat else { continue }
            command.isAllowed = false
            mapping.extensions[suffix] = DocumentFormat(command)
        }
        return mapping
    }
}

extension CommandFormat {
    /// Keys of an extension that a command reads.
    static let keys = ["command", "format", "seconds", "memory"]

    /// Decodes an extension of a profile.
    init(_ node: ProfileNode, in place: String) throws(ProfileError) {
        var program = ExternalProgram(arguments: [])
        var output = DocumentFormat.text
        for (key, value) in try node.members(known: Self.keys, in: place) {
            switch key {
            case "command":
                program.arguments = try value.parsed(in: key, Self.words)
            case "format":
                output = try value.choice(of: DocumentFormat.self, in: key)
                guard output.format is any WholeFormat else { throw value.error("a command cannot give \(output)") }
            case "seconds":
                guard let seconds = Int(try value.text(in: key)), (1...86_400).contains(seconds) else {
                    throw value.error("seconds is a number from 1 to 86400")
                }
                program.seconds = seconds
            default:
                guard let mebibytes = Int(try value.text(in: key)), (16...1 << 20).contains(mebibytes) else {
                    throw value.error("memory is a number of mebibytes, at least 16")
                }
                program.memoryBytes = mebibytes << 20
            }
        }
        if program.arguments.isEmpty { throw node.error("\(place) needs a command, such as \"antiword {}\"") }
        self.init(program: program, output: output)
    }

    /// The words of a command; quotes keep blanks in one. No shell sees it, so nothing else has a meaning.
    static func words(_ command: String) throws -> [String] {
        var words: [String] = []
        var word: String?
        var quote: Character?
        for character in command {
            if let open = quote {
                if character == open { quote = nil } else { word = (word ?? "") + String(character) }
            } else if character == "\"" || character == "'" {
                quote = character
                word = word ?? ""
            } else if character == " " || character == "\t" {
                if let finished = word.take() { words.append(finished) }
            } else {
                word = (word ?? "") + String(character)
            }
        }
        if quote != nil { throw ReadingError("a quotation mark is never closed in the command \(command)") }
        if let word { words.append(word) }
        if words.isEmpty { throw ReadingError("the command is empty") }
        return words
    }

    /// The command as a profile has it.
    var command: String {
        program.arguments.map {
            $0.isEmpty || $0.contains { $0 == " " || $0 == "\t" } ? ($0.contains("'") ? "\"\($0)\"" : "'\($0)'") : $0
        }
        .joined(separator: " ")
    }
}

import ArgumentParser
import Reports
import SystemPackage
import Workloads

/// `postil bench generate`: a collection of any size that is the same for everybody.
struct BenchGenerateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "generate",
        abstract: "Write a seeded collection of invented texts, or queries for it.",
        discussion: """
            Texts have the statistics of real ones: word frequencies follow a Zipf-Mandelbrot law, lengths are \
            log-normal, documents of a topic share vocabulary. The same numbers give the same bytes on every machine, \
            and a shuffled collection is the beginning of any larger one with its seed.

            Documents are JSON Lines with id, title, text, date and tags; queries are JSON Lines with query and tags \
            (union, intersection, phrase, natural).

            EXAMPLES:
              postil bench generate --documents 1000000 --seed 7 | postil index -
              postil bench generate --documents 1000000 --seed 7 --queries 1000 -o queries.jsonl
            """)

    @Option(help: ArgumentHelp("Documents in the collection.", valueName: "count"))
    var documents: Int

    @Option(help: ArgumentHelp("Names the collection; another seed gives other texts.", valueName: "number"))
    var seed: UInt64

    @Option(
        help: ArgumentHelp("Write this many queries for the collection instead of its documents.", valueName: "count"))
    var queries: Int?

    @Option(help: ArgumentHelp("The order of documents by topic: shuffled or clustered.", valueName: "order"))
    var order = CollectionShape.Order.shuffled

    @Option(
        name: [.short, .long], help: ArgumentHelp("Write to a file instead of standard output.", valueName: "file"),
        completion: .file())
    var output: String?

    func validate() throws {
        // Ids have seven digits or more; a thousand million documents are beyond what a disk takes.
        guard (1...1_000_000_000).contains(documents) else {
            throw ValidationError("--documents is \(documents), but must be between 1 and 1,000,000,000.")
        }
        if let queries, !(1...10_000_000).contains(queries) {
            throw ValidationError("--queries is \(queries), but must be between 1 and 10,000,000.")
        }
    }

    func run() throws {
        var shape = CollectionShape()
        shape.order = order
        let collection = SyntheticCollection(documentCount: documents, seed: seed, shape: shape)
        let target = try output.map(Self.create)
        defer { if let target { Self.close(target) } }
        do {
            try write(collection, to: target ?? .standardOutput)
        } catch Errno.brokenPipe {
            throw StandardOutput.Closed()
        }
    }

    private func write(_ collection: SyntheticCollection, to target: FileDescriptor) throws {
        if let queries {
            let lines = collection.queries(count: queries).map { query in
                ReportValue.members(["query": .string(query.text), "tags": .strings(query.tags)]).text
            }
            try target.writeAll((lines.joined(separator: "\n") + "\n").utf8)
        } else {
            try collection.writeJSONLines { try target.writeAll($0) }
        }
    }

    private static func create(_ path: String) throws -> FileDescriptor {
        do {
            return try FileDescriptor.open(
                FilePath(path), .writeOnly, options: [.create, .truncate],
                permissions: [.ownerReadWrite, .groupRead, .otherRead])
        } catch let error as Errno {
            throw UsageError("\(path) cannot be written: \(error)")
        }
    }

    private static func close(_ file: FileDescriptor) {
        do { try file.close() } catch { Messages.print("postil: the output could not be closed: \(error)") }
    }
}

extension CollectionShape.Order: ExpressibleByArgument {}

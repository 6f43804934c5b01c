import Postil

// A program that uses all there is. Scripts/check-client checks that it compiles with `import Postil` alone, and that no public
// symbol of the library is missing here.
do {
    let path = try Index.discover(
        explicit: CommandLine.arguments.dropFirst().first, environment: [Index.environmentVariable: Index.defaultName],
        folder: ".")
    try update(path)
    let index = try openForWriting(path)
    let note = try write(to: index)
    try choose(in: index)
    try maintain(index)
    try search(Index.open(at: path, access: .readOnly), for: note)
    try listDuplicates(in: index)
    try await share(index)
    print(try reviews().yaml)
} catch {
    UnfinishedBuilds.discard()
    print(explanation(of: error))
}

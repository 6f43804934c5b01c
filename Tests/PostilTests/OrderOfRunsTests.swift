import Foundation
import Postil
import PostilTestSupport
import Testing

/// What an index has does not depend on the order of runs, nor on the paths by which files are reached.
struct OrderOfRunsTests {
    private let folder: TemporaryFolder
    private let path: String

    init() throws {
        folder = try TemporaryFolder()
        path = folder.file("postil.db")
    }

    @discardableResult
    private func index(_ paths: [String], profile: Profile? = nil, at path: String? = nil) throws -> IndexingReport {
        try Index.update(
            at: path ?? self.path,
            with: IndexingRequest(paths: paths.map { folder.file($0) }, profile: profile))
    }

    private func ids(_ query: String = "*", at path: String? = nil) throws -> [String] {
        try Index.open(at: path ?? self.path).makeSearcher().search(SearchRequest(query, limit: 1000)).hits
            .map(\.externalID).sorted()
    }

    private func link(_ name: String, to target: String) throws {
        try FileManager.default.createSymbolicLink(atPath: folder.file(name), withDestinationPath: folder.file(target))
    }

    /// A file is one document in every state of the index, and a run over what has not changed changes nothing.
    @Test func aFileIsOneDocumentByWhateverPathsItIsReached() throws {
        let folders = ["a", "a/s", "b", "b/t", "o"]
        for seed in try FuzzSeeds("OrderOfRuns", usual: 3) {
            var random = SplitMix64(seed: seed)
            let own = try TemporaryFolder()
            let path = own.file("postil.db")
            var files: [String] = []
            for (number, place) in (folders + folders).enumerated() {
                files.append("\(place)/f\(number).md")
                try own.write("common word\(number)", to: files[number])
            }
            var links: [String] = []
            for number in 0..<4 {
                let place = Bool.random(using: &random) ? "" : folders.randomElement(using: &random)! + "/"
                let target = (Bool.random(using: &random) ? folders : files).randomElement(using: &random)!
                // One that leads to a folder around itself is named and passed over.
                guard !place.hasPrefix(target + "/"), !(place == target + "/") else { continue }
                links.append("\(place)l\(number)")
                try FileManager.default.createSymbolicLink(
                    atPath: own.file(links.last!), withDestinationPath: own.file(target))
            }
            let all = folders + links + [files[0], files[7]]
            var said: [[String]] = []
            for _ in 0..<5 {
                let paths = (0..<Int.random(in: 1...2, using: &random)).map { _ in all.randomElement(using: &random)! }
                said.append(paths)
                let label = "seed: \(seed), links: \(links), runs: \(said)"
                let request = IndexingRequest(paths: paths.map { own.file($0) })
                let first = try Index.update(at: path, with: request)
                #expect(first.kept.isEmpty, "\(first.kept), \(label)")
                let searcher = try Index.open(at: path).makeSearcher()
                let bodies = try searcher.search(SearchRequest("common", limit: 1000)).hits.map(\.source)
                let real = bodies.compactMap { $0.flatMap { realpath($0, nil) }.map { String(cString: $0) } }
                #expect(real.count == bodies.count && Set(real).count == real.count, "\(bodies), \(label)")
                for request in [request, IndexingRequest()] {
                    let again = try Index.update(at: path, with: request)
                    #expect(
                        again.added + again.updated + again.removed == 0 && again.kept.isEmpty,
                        "\(again.files), \(again.kept), \(label)")
                }
            }
            // Whatever was named is found, as by one run over all of it.
            let other = own.file("other.db")
            _ = try Index.update(at: other, with: IndexingRequest(paths: said.joined().map { own.file($0) }))
            for number in files.indices {
                let counts = try [path, other].map {
                    try Index.open(at: $0).makeSearcher().search(SearchRequest("=word\(number)")).hits.count
                }
                #expect(counts[0] == counts[1], "word\(number) of seed: \(seed), links: \(links), runs: \(said)")
            }
        }
    }

    @Test(arguments: [["in/oo", "o"], ["o", "in/oo"], ["in", "o"], ["o", "in"], ["in", "in/oo", "o"]])
    func aFileByItsOwnPathReplacesWhatALinkLedTo(runs: [String]) throws {
        try folder.write("beta", to: "o/b.md")
        try folder.write("alpha", to: "in/a.md")
        try link("in/oo", to: "o")
        for run in runs { try index([run]) }
        try index(["o"])
        #expect(try ids("beta") == ["b.md"], "\(runs)")
        #expect(try Index.update(at: path, with: IndexingRequest()).unchanged == (try ids().count), "\(runs)")
    }

    @Test func hardLinksAreFilesOfTheirOwn() throws {
        try folder.write("alpha", to: "o/a.md")
        try FileManager.default.linkItem(atPath: folder.file("o/a.md"), toPath: folder.file("o/b.md"))
        try folder.write("beta", to: "in/c.md")
        try link("in/oo", to: "o")
        for _ in 0..<2 { try index(["in"]) }
        #expect(try ids() == ["c.md", "oo/a.md", "oo/b.md"])
    }

    private static let papers = "Key,Name,Text\nK1,My paper,abstract\n"

    private static var rows: Profile {
        get throws {
            try Profile(
                yaml: "name: rows\nreading: { format: csv, id: Key, title: Name, body: Text }", origin: "test")
        }
    }

    @Test(arguments: [[0, 1], [1, 0]]) func aNewPlaceIsReadWithTheDefaultProfile(order: [Int]) throws {
        try folder.write("walrus", to: "n/a.md")
        try folder.write(Self.papers, to: "p.csv")
        for run in order {
            let report = try run == 0 ? index(["p.csv"], profile: Self.rows) : index(["n"])
            #expect(report.added == 1 && report.skipped.isEmpty)
        }
        #expect(try ids("walrus") == ["a.md"] && ids("abstract") == ["K1"])
        #expect(try Index.open(at: path).roots().map(\.profileName) == ["default", "rows"])
        _ = try Index.rebuild(at: path, with: IndexingRequest())
        #expect(try ids() == ["K1", "a.md"])
    }

    @Test(arguments: [[0, 1], [1, 0]]) func aPlaceWithinANewOneKeepsItsProfile(order: [Int]) throws {
        try folder.write(Self.papers, to: "r/sub/p.csv")
        try folder.write("walrus", to: "r/m.md")
        for run in order + order {
            if run == 0 { try index(["r/sub"], profile: Self.rows) } else { try index(["r"]) }
        }
        #expect(try ids("walrus") == ["m.md"] && ids("abstract") == ["K1"])
        #expect(try Index.open(at: path).roots().map(\.profileName) == ["default", "rows"])
    }

    /// Not in silence: it may be what the profile was never meant for.
    @Test(arguments: ["walrus", "walrus\n\ntusks, whiskers\nand more", "a,b\n"])
    func aFileOfWhichTheProfilesFormatMakesNothingIsNamed(text: String) throws {
        try folder.write(text, to: "n/a.md")
        try folder.write("", to: "n/empty.md")
        try folder.write(Self.papers, to: "n/p.csv")
        for _ in 0..<2 {
            let report = try index(["n"], profile: Self.rows)
            #expect(report.skipped.contains { $0.path == folder.file("n/a.md") }, "\(report.skipped)")
            #expect(!report.skipped.contains { $0.path == folder.file("n/empty.md") }, "\(report.skipped)")
        }
        #expect(try ids() == ["K1"])
    }

    /// Each leaves nothing behind that a later run would have to complain of.
    @Test(arguments: ["typ*", "absent.md", "broken.md", "pipe", "/proc"])
    func whatIsNotFoundIsNotRemembered(argument: String) throws {
        try folder.write("alpha", to: "v/a.md")
        try link("broken.md", to: "nowhere.md")
        mkfifo(folder.file("pipe"), 0o600)
        try index(["v"])
        let place = argument.hasPrefix("/") ? argument : folder.file(argument)
        let report = try Index.update(at: path, with: IndexingRequest(paths: [place]))
        if argument != "/proc" || FileManager.default.fileExists(atPath: "/proc/self") {
            #expect(!report.skipped.isEmpty)
            #expect(try Index.open(at: path).roots().map(\.path) == [folder.file("v")])
        }
        #expect(try Index.update(at: path, with: IndexingRequest()).skipped.isEmpty)
    }

    @Test(arguments: [false, true]) func aFolderThatReplacesARootFileLeavesNothingOfIt(prunes: Bool) throws {
        try folder.write("one", to: "z")
        try index(["z"])
        try FileManager.default.removeItem(atPath: folder.file("z"))
        try folder.write("two", to: "z/t.md")
        let report = try Index.update(
            at: path, with: IndexingRequest(paths: [folder.file("z")], prunes: prunes))
        #expect(report.added == 1 && report.removed == 1)
        #expect(try ids() == ["t.md"])
    }

    @Test func aFileThatReplacesARootFolderKeepsItsDocuments() throws {
        for number in 0..<5 { try folder.write("note", to: "z/\(number).md") }
        try index(["z"])
        try FileManager.default.removeItem(atPath: folder.file("z"))
        try folder.write("one", to: "z")
        let report = try index(["z"])
        #expect(report.kept.map(\.reason) == [.replaced] && report.kept.map(\.documents) == [5])
        #expect(try ids().count == 6)
        let pruned = try Index.update(at: path, with: IndexingRequest(paths: [folder.file("z")], prunes: true))
        #expect(pruned.removed == 5)
    }

    @Test func anIndexBehindALinkIsTheFileThatItLeadsTo() throws {
        try folder.write("alpha", to: "v/a.md")
        try folder.write("", to: "big/keep")
        try link("postil.db", to: "big/real.db")
        let real = folder.file("big/real.db")
        for (run, path) in [path, real, path, path].enumerated() {
            try folder.write("word\(run)", to: "v/\(run).md")
            _ =
                try run < 2
                ? index(["v"], at: path) : IndexingReport?.some(Index.rebuild(at: path, with: IndexingRequest()))
            for path in [self.path, real] {
                #expect(try ids(at: path).count == run + 2, "run \(run)")
                #expect(try Index.open(at: path).roots().map(\.path) == [folder.file("v")])
            }
            let target = try FileManager.default.destinationOfSymbolicLink(atPath: self.path)
            #expect(target == real)
        }
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder.file("big")).sorted() == ["keep", "real.db"])
    }

    @Test func aDryRunTellsWhatTheRunWillSay() throws {
        for number in 0..<20 { try folder.write("note \(number)", to: "v/\(number).md") }
        func check(_ label: String, _ run: (Bool) throws -> IndexingReport) throws {
            let (dry, real) = (try run(true), try run(false))
            #expect(
                dry.documents == real.documents && (label == "update" || dry.indexBytes == real.indexBytes), "\(label)")
            #expect(dry.added == real.added && dry.removed == real.removed, "\(label)")
        }
        let (path, place) = (path, folder.file("v"))
        try check("new") { try Index.update(at: path, with: IndexingRequest(paths: [place], isDryRun: $0)) }
        try folder.write("another", to: "v/another.md")
        try FileManager.default.removeItem(atPath: folder.file("v/3.md"))
        try check("update") { try Index.update(at: path, with: IndexingRequest(isDryRun: $0)) }
        try check("rebuild") { try Index.rebuild(at: path, with: IndexingRequest(isDryRun: $0)) }
    }

    @Test(arguments: ["pipe", "/dev/null"]) func whatIsNoFileIsNoIndex(name: String) throws {
        mkfifo(folder.file("pipe"), 0o600)
        let place = name.hasPrefix("/") ? name : folder.file(name)
        try folder.write("alpha", to: "v/a.md")
        let request = IndexingRequest(paths: [folder.file("v")])
        let attempts: [() throws -> Void] = [
            { _ = try Index.open(at: place) }, { _ = try Index.update(at: place, with: request) },
            { _ = try Index.rebuild(at: place, with: request) },
        ]
        for attempt in attempts {
            let error = #expect(throws: IndexError.self) { try attempt() }
            guard case .notAnIndex = error else {
                Issue.record("\(String(describing: error))")
                continue
            }
        }
    }
}

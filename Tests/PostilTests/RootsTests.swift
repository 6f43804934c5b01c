import Foundation
import Postil
import PostilTestSupport
import Testing

/// The index remembers where its documents come from, and how each place is read.
struct RootsTests {
    private let folder: TemporaryFolder
    private let path: String

    init() throws {
        folder = try TemporaryFolder()
        path = folder.file("postil.db")
    }

    @discardableResult
    private func index(_ paths: String..., profile: Profile? = nil) throws -> IndexingReport {
        try Index.update(
            at: path, with: IndexingRequest(paths: paths.map { folder.file($0) }, profile: profile))
    }

    private func hits(_ query: String, at path: String? = nil) throws -> [SearchHit] {
        try Index.open(at: path ?? self.path).makeSearcher().search(SearchRequest(query, limit: 1000)).hits
    }

    private func ids(_ query: String = "*") throws -> [String] { try hits(query).map(\.externalID).sorted() }

    private static func profile(_ name: String, body: String) throws -> Profile {
        try Profile(yaml: "name: \(name)\nreading: { id: key, title: name, body: \(body) }", origin: "test")
    }

    @Test(arguments: [
        ["v/sub/s.md", "v"], ["v", "v/sub/s.md"], ["v/sub", "v"], ["v", "v/sub"], ["v/sub", "v/sub/s.md", "v"],
        ["v/sub/s.md", "v/t.md", "v/sub", "v"],
    ])
    func idsDoNotDependOnTheOrderOfRuns(runs: [String]) throws {
        try folder.write("deep", to: "v/sub/s.md")
        try folder.write("top", to: "v/t.md")
        for run in runs { try index(run) }
        #expect(try ids() == ["sub/s.md", "t.md"])
        #expect(try Index.open(at: path).roots().map(\.path) == [folder.file("v")])
        try index("v")
        _ = try Index.rebuild(at: path, with: IndexingRequest(paths: [folder.file("v")]))
        #expect(try ids() == ["sub/s.md", "t.md"])
        #expect(try Index.open(at: path).check().findings.isEmpty)
    }

    @Test func everyPlaceIsReadWithItsOwnProfile() throws {
        try folder.write("key,name,alpha,beta\n1,One,red,blue\n2,Two,green,grey\n", to: "a.csv")
        try folder.write("key,name,alpha,beta\n3,Three,rose,teal\n", to: "b.csv")
        try index("a.csv", profile: Self.profile("first", body: "alpha"))
        try index("b.csv", profile: Self.profile("second", body: "beta"))
        #expect(try ids("red") == ["1"] && ids("body:rose").isEmpty && ids("teal") == ["3"])
        try folder.write("key,name,alpha,beta\n1,One,scarlet,navy\n2,Two,green,grey\n", to: "a.csv")
        try folder.write("key,name,alpha,beta\n3,Three,rose,cyan\n", to: "b.csv")
        let report = try Index.update(at: path, with: IndexingRequest())
        #expect(report.updated == 2 && report.unchanged == 1 && report.removed == 0)
        #expect(try ids("scarlet") == ["1"] && ids("cyan") == ["3"])
        try folder.write("key,name,alpha,beta\n1,One,crimson,navy\n2,Two,green,grey\n", to: "a.csv")
        #expect(try index("a.csv").updated == 1)
        #expect(try ids("crimson") == ["1"])
        _ = try Index.rebuild(at: path, with: IndexingRequest())
        #expect(try ids("crimson") == ["1"] && ids("cyan") == ["3"])
        #expect(try Index.open(at: path).roots().map(\.profileName) == ["first", "second"])
    }

    /// Whichever of them is brought up to date, and in whatever order they came.
    @Test(arguments: [["v", "v/in.csv"], ["v/in.csv", "v"]]) func aPlaceWithinAnotherKeepsItsProfile(runs: [String])
        throws
    {
        let rows = { (word: String) in "key,name,alpha,beta\n1,One,\(word),blue\n" }
        try folder.write(rows("red"), to: "v/in.csv")
        try folder.write("plain", to: "v/n.md")
        let own = try Self.profile("own", body: "alpha")
        for run in runs { try index(run, profile: run == "v" ? .named("default") : own) }
        #expect(try ids("body:red").count == 1 && ids("body:blue").isEmpty, "\(runs)")
        for (number, paths) in [["v"], [], ["v/in.csv"], ["v"]].enumerated() {
            try folder.write(rows("word\(number)"), to: "v/in.csv")
            try folder.write("note\(number)", to: "v/n.md")
            let report = try Index.update(at: path, with: IndexingRequest(paths: paths.map { folder.file($0) }))
            #expect(report.updated == (paths == ["v/in.csv"] ? 1 : 2) && report.removed == 0, "\(runs), \(paths)")
            #expect(try ids("body:word\(number)").count == 1 && ids("body:blue").isEmpty, "\(runs), \(paths)")
        }
        #expect(try Index.open(at: path).roots().map(\.profileName) == ["default", "own"])
    }

    @Test func aProfileForSeveralPlacesDoesNotReplaceAnother() throws {
        try folder.write("key,name,alpha,beta\n1,One,red,blue\n", to: "a.csv")
        try folder.write("key,name,alpha,beta\n3,Three,rose,teal\n", to: "b.csv")
        try index("a.csv", profile: Self.profile("first", body: "alpha"))
        let second = try Self.profile("second", body: "beta")
        #expect(throws: ProfileConflict.self) { try index("a.csv", "b.csv", profile: second) }
        #expect(try ids("red") == ["1"])
        #expect(try index("a.csv", profile: second).updated == 1)
        #expect(try ids("body:blue") == ["1"])
    }

    @Test func anEditedProfileReadsAgainOnlyWhatItConcerns() throws {
        try folder.write("key,name,alpha,beta\n1,One,red,blue\n", to: "a.csv")
        try folder.write("plain", to: "notes/n.md")
        try index("a.csv", profile: Self.profile("mine", body: "alpha"))
        try index("notes", profile: .named("default"))
        let edited = try Self.profile("mine", body: "beta")
        var request = IndexingRequest()
        request.findsProfile = { $0 == "mine" ? edited : nil }
        let report = try Index.update(at: path, with: request)
        #expect(report.updated == 1 && report.unchanged == 1 && report.textBytes < 20)
        #expect(try ids("body:blue") == ["1"] && ids("body:red").isEmpty)
    }

    @Test func folderAndIndexMoveTogether() throws {
        try folder.write("alpha words", to: "home/notes/a.md")
        let home = folder.file("home")
        _ = try Index.update(at: home + "/postil.db", with: IndexingRequest(paths: [home + "/notes"]))
        try FileManager.default.moveItem(atPath: home, toPath: folder.file("moved"))
        let moved = folder.file("moved")
        let report = try Index.update(at: moved + "/postil.db", with: IndexingRequest())
        #expect(report.unchanged == 1 && report.added == 0 && report.removed == 0)
        let hit = try #require(try hits("alpha", at: moved + "/postil.db").first)
        #expect(hit.source == moved + "/notes/a.md")
        for query in ["source:notes/a.md", "source:a.md"] {
            #expect(try hits(query, at: moved + "/postil.db").count == 1, "\(query)")
        }
        let searcher = try Index.open(at: moved + "/postil.db").makeSearcher()
        #expect(try searcher.documents(externalID: "\(moved)/notes/a.md:a.md").count == 1)
    }

    @Test func aSymbolicLinkToWhatIsIndexedAddsNothing() throws {
        try folder.write("alpha", to: "v/a.md")
        try folder.write("beta", to: "w/b.md")
        try index("v")
        let files = FileManager.default
        try files.createSymbolicLink(atPath: folder.file("link"), withDestinationPath: folder.file("v"))
        try files.createSymbolicLink(atPath: folder.file("w/linked.md"), withDestinationPath: folder.file("v/a.md"))
        try files.createSymbolicLink(atPath: folder.file("w/deep"), withDestinationPath: folder.file("v"))
        #expect(try index("link").unchanged == 1)
        #expect(try index("w").added == 1)
        #expect(try ids() == ["a.md", "b.md"])
    }

    @Test func aFileWithItsOldTimeIsReadWhenItHasChanged() throws {
        let file = try folder.write("alpha", to: "v/a.md")
        try index("v")
        let date = try #require(try FileManager.default.attributesOfItem(atPath: file)[.modificationDate] as? Date)
        try folder.write("omega", to: "v/a.md")
        try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: file)
        #expect(try index("v").updated == 1)
        #expect(try ids("omega") == ["a.md"])
    }

    @Test func aRebuildThatWouldLeaveOutAPlaceStops() throws {
        try folder.write("alpha", to: "v/a.md")
        try folder.write("beta", to: "w/b.md")
        try index("v", "w")
        let request = IndexingRequest(paths: [folder.file("v")])
        let left = #expect(throws: RootsLeftOut.self) { try Index.rebuild(at: path, with: request) }
        #expect(left?.paths == [folder.file("w")])
        #expect(try ids() == ["a.md", "b.md"])
        var pruned = request
        pruned.prunes = true
        _ = try Index.rebuild(at: path, with: pruned)
        #expect(try ids() == ["a.md"])
    }

    @Test func documentsAreRemovedOnPurpose() throws {
        for number in 0..<5 { try folder.write("note \(number)", to: "v/n\(number).md") }
        try index("v")
        let opened = try Index.open(at: path, access: .readWrite)
        #expect(try opened.remove(filesAt: folder.file("v/n1.md"), isDryRun: true) == 1)
        #expect(try ids().count == 5)
        #expect(try opened.remove(filesAt: folder.file("v/n1.md")) == 1)
        #expect(try opened.remove(hits("3").map(\.id)) == 1)
        #expect(try opened.remove(filesAt: folder.file("elsewhere")) == nil)
        #expect(try ids() == ["n0.md", "n2.md", "n4.md"])
        #expect(try opened.remove(filesAt: folder.file("v")) == 3)
        #expect(try opened.roots().isEmpty && ids().isEmpty)
    }
}

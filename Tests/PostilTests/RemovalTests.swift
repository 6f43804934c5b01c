import Foundation
import Postil
import PostilTestSupport
import Testing

/// A document leaves the index only when its file was looked for and is gone, or when the user says so.
struct RemovalTests {
    private let folder: TemporaryFolder
    private let path: String

    init() throws {
        folder = try TemporaryFolder()
        path = folder.file("postil.db")
    }

    @discardableResult
    private func index(_ paths: String..., prunes: Bool = false, isDryRun: Bool = false) throws -> IndexingReport {
        try Index.update(
            at: path,
            with: IndexingRequest(
                paths: paths.map { folder.file($0) }, prunes: prunes, isDryRun: isDryRun))
    }

    private func ids() throws -> [String] {
        try Index.open(at: path).makeSearcher().search(SearchRequest("*", limit: 1000)).hits.map(\.externalID).sorted()
    }

    private func write(_ count: Int, below place: String) throws {
        for number in 0..<count { try folder.write("note \(number)", to: "\(place)/n\(number).md") }
    }

    private func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: folder.file(name)) }

    @Test(arguments: [
        "chapter [draft].md", "why?.md", "a*b.md", "[x].md", "{a,b}.md", "back\\slash.md", " .md", "~.md",
    ])
    func aFileWhoseNameLooksLikeAPatternIsThatFile(name: String) throws {
        try write(3, below: "in")
        try folder.write("draft", to: "in/" + name)
        try index("in")
        let report = try index("in/" + name)
        #expect(report.removed == 0 && report.unchanged == 1 && report.kept.isEmpty)
        #expect(try ids().count == 4)
    }

    @Test func whatAFolderHasReplacedIsGone() throws {
        try write(3, below: "in")
        try index("in")
        try remove("in/n0.md")
        try folder.write("part", to: "in/n0.md/part.md")
        let report = try index("in")
        #expect(report.added == 1 && report.removed == 1 && report.kept.isEmpty)
        #expect(try ids() == ["n0.md/part.md", "n1.md", "n2.md"])
    }

    @Test func aPatternRemovesWhatItWouldHaveMatchedAndIsGone() throws {
        try write(4, below: "in")
        try folder.write("log", to: "in/c.txt")
        try folder.write("deep", to: "in/sub/n9.md")
        try index("in")
        try remove("in/n1.md")
        try remove("in/c.txt")
        try remove("in/sub/n9.md")
        let report = try index("in/n*.md")
        #expect(report.removed == 1)
        #expect(try ids() == ["c.txt", "n0.md", "n2.md", "n3.md", "sub/n9.md"])
    }

    @Test(arguments: ["v", "v/n3.md", "v/sub", "v/*.md"])
    func whatIsMissingAsAWholeKeepsItsDocuments(argument: String) throws {
        try write(60, below: "v")
        try folder.write("deep", to: "v/sub/s.md")
        try index("v")
        try FileManager.default.moveItem(atPath: folder.file("v"), toPath: folder.file("away"))
        let report = try index(argument)
        #expect(report.removed == 0 && !report.skipped.isEmpty)
        #expect(report.kept.map(\.reason) == [.missing])
        #expect(report.kept.map(\.documents) == [["v": 61, "v/n3.md": 1, "v/sub": 1, "v/*.md": 60][argument]])
        #expect(try ids().count == 61)
        let pruned = try index(argument, prunes: true)
        #expect(pruned.kept.isEmpty && pruned.removed == report.kept[0].documents)
    }

    @Test func anEmptyFolderKeepsItsDocuments() throws {
        try write(60, below: "v")
        try index("v")
        for number in 0..<60 { try remove("v/n\(number).md") }
        let report = try index("v")
        #expect(report.removed == 0 && report.kept.map(\.reason) == [.empty] && report.kept.map(\.documents) == [60])
        try folder.write("other format", to: "v/picture.png")
        #expect(try index("v").kept.map(\.reason) == [.empty])
        #expect(try ids().count == 60)
        #expect(try index("v", prunes: true).removed == 60)
    }

    @Test func aFileThatIsNoLongerChosenKeepsItsDocuments() throws {
        try write(9, below: "v")
        try index("v")
        try folder.write("n3.md\nn4.md\n", to: "v/.gitignore")
        let report = try index("v")
        #expect(report.removed == 0 && report.kept.map(\.reason) == [.notChosen])
        #expect(report.kept.map(\.files) == [2] && report.kept.map(\.documents) == [2])
        #expect(try index("v", prunes: true).removed == 2)
    }

    @Test func aRunThatWouldRemoveAllOfAFolderStops() throws {
        try write(3, below: "v")
        try write(30, below: "other")
        try index("v", "other")
        for number in 0..<3 { try remove("v/n\(number).md") }
        try folder.write("new", to: "v/new.md")
        let refused = #expect(throws: RemovalRefused.self) { try index("v") }
        #expect(refused?.documents == 3 && refused?.indexed == 33 && refused?.places == [folder.file("v")])
        #expect(try ids().count == 33)
        #expect(try index("v", prunes: true).removed == 3)
    }

    /// (documents, of which gone) -> whether the run stops.
    @Test(arguments: [
        (200, 50, false), (199, 50, true), (100, 49, false), (60, 49, false), (60, 50, true), (80, 79, true),
    ])
    func aRunThatWouldRemoveMoreThanAQuarterStops(total: Int, gone: Int, stops: Bool) throws {
        try write(total, below: "v")
        try index("v")
        for number in 0..<gone { try remove("v/n\(number).md") }
        if stops {
            #expect(throws: RemovalRefused.self) { try index("v") }
            #expect(try ids().count == total)
            #expect(try Index.open(at: path).check().findings.isEmpty)
        } else {
            #expect(try index("v").removed == gone)
        }
    }

    @Test func rowsThatVanishFromAFileCountToo() throws {
        let rows = { (range: Range<Int>) in range.map { #"{"id":"r\#($0)","text":"row \#($0)"}"# + "\n" }.joined() }
        try folder.write(rows(0..<100), to: "in/a.jsonl")
        try index("in")
        try folder.write(rows(80..<200), to: "in/a.jsonl")
        let refused = #expect(throws: RemovalRefused.self) { try index("in") }
        #expect(refused?.documents == 80 && refused?.indexed == 100 && refused?.places == [folder.file("in/a.jsonl")])
        #expect(try ids().count == 100)
        #expect(try index("in", prunes: true).removed == 80)
        #expect(try ids().count == 120)
    }

    /// A file that was named by itself is a place as a folder is.
    @Test(arguments: [("", 3), ("", 200), (#"{"id":"x","text":"other"}"#, 60)])
    func aFileThatHasLostAllItsRowsStopsTheRun(rest: String, rows: Int) throws {
        func line(_ number: Int) -> String { #"{"id":"r\#(number)","text":"row \#(number)"}"# + "\n" }
        try write(1_000, below: "v")
        try folder.write((0..<rows).map(line).joined(), to: "a.jsonl")
        try index("v", "a.jsonl")
        try folder.write(rest, to: "a.jsonl")
        let refused = #expect(throws: RemovalRefused.self) {
            try Index.update(at: path, with: IndexingRequest())
        }
        #expect(refused?.documents == rows && refused?.places == [folder.file("a.jsonl")])
        #expect(try index("a.jsonl", prunes: true).removed == rows)
        // What was left of it may all be edited.
        try folder.write((0..<3).map(line).joined(), to: "a.jsonl")
        try index("a.jsonl", prunes: true)
        try folder.write((10..<13).map(line).joined(), to: "a.jsonl")
        let edited = try index("a.jsonl")
        #expect(edited.added == 3 && edited.removed == 3)
    }

    @Test func aFolderThatWasMovedIsFollowed() throws {
        try write(80, below: "v")
        try write(10, below: "other")
        try index("v", "other")
        try FileManager.default.moveItem(atPath: folder.file("v"), toPath: folder.file("w"))
        let report = try index("w")
        #expect(report.unchanged == 80 && report.added == 0 && report.removed == 0 && report.textBytes == 0)
        #expect(report.notices == [.placeMoved(from: folder.file("v"), to: folder.file("w"))])
        #expect(try ids().count == 90)
        #expect(try index("w").unchanged == 80)
        try FileManager.default.moveItem(atPath: folder.file("w"), toPath: folder.file("other/deep"))
        let deeper = try index("other")
        #expect(deeper.added == 80 && deeper.removed == 80 && deeper.unchanged == 10)
        #expect(try ids().count == 90)
    }

    /// Nobody has to say where it is: it is beside its old name, or a folder around it is.
    @Test(arguments: [("a/v", "a/w"), ("a", "b"), ("a/v/n3.md", "a/v/three.md")])
    func aRenamedPlaceIsFoundAgain(old: String, new: String) throws {
        let isFile = old.hasSuffix(".md")
        try write(20, below: "a/v")
        try write(20, below: "a/copy")
        try index(isFile ? old : "a/v")
        let count = try ids().count
        try FileManager.default.moveItem(atPath: folder.file(old), toPath: folder.file(new))
        let place = old == "a" ? "b/v" : new
        if !isFile { try folder.write("entirely new", to: place + "/n1.md") }
        let report = try Index.update(at: path, with: IndexingRequest())
        #expect(report.kept.isEmpty && report.skipped.isEmpty && report.removed == (isFile ? 1 : 0), "\(report)")
        #expect(
            report.notices == [.placeMoved(from: folder.file(old == "a" ? "a/v" : old), to: folder.file(place))])
        #expect(try Index.open(at: path).roots().map(\.path) == [folder.file(place)])
        let hits = try Index.open(at: path).makeSearcher().search(SearchRequest("*", limit: 100)).hits
        #expect(hits.count == count && hits.allSatisfy { $0.source?.hasPrefix(folder.file(place)) ?? false })
        let again = try Index.update(at: path, with: IndexingRequest())
        #expect(again.unchanged == count && again.notices.isEmpty)
        #expect(try Index.open(at: path).check().findings.isEmpty)
    }

    /// What was edited or deleted after the move leaves no double and no dead path.
    @Test func aPlaceThatWasMovedAndEditedIsFollowed() throws {
        try write(20, below: "v")
        try index("v")
        // A copy has other numbers on the device, as what comes from another device has.
        try folder.write("a note of its own", to: "far/other.md")
        try FileManager.default.copyItem(atPath: folder.file("v"), toPath: folder.file("far/w"))
        try FileManager.default.removeItem(atPath: folder.file("v"))
        try folder.write("edited", to: "far/w/n1.md")
        try remove("far/w/n2.md")
        #expect(try Index.update(at: path, with: IndexingRequest()).kept.map(\.reason) == [.missing])
        let report = try index("far")
        // The documents are named by their paths below the new folder.
        #expect(report.kept.isEmpty && report.skipped.isEmpty)
        #expect(try ids().count == 20 && ids().contains("w/n1.md") && !ids().contains("w/n2.md"))
        #expect(try Index.open(at: path).roots().map(\.path) == [folder.file("far")])
        // So does an index that is built anew.
        try FileManager.default.moveItem(atPath: folder.file("far"), toPath: folder.file("near"))
        let rebuilt = try Index.rebuild(at: path, with: IndexingRequest())
        #expect(rebuilt.added == 20 && rebuilt.unchanged == 0 && rebuilt.kept.isEmpty)
        #expect(try Index.open(at: path).roots().map(\.path) == [folder.file("near")])
    }

    /// A copy beside a volume that is not mounted is not the volume.
    @Test func aCopyBesideAMissingPlaceIsNotTakenForIt() throws {
        try write(20, below: "volumes/usb/v")
        try index("volumes/usb/v")
        try FileManager.default.copyItem(atPath: folder.file("volumes/usb"), toPath: folder.file("volumes/backup"))
        try FileManager.default.removeItem(atPath: folder.file("volumes/usb"))
        let report = try Index.update(at: path, with: IndexingRequest())
        #expect(report.notices.isEmpty && report.kept.map(\.documents) == [20])
    }

    @Test func aCopyRemovesNothing() throws {
        try write(5, below: "v")
        try index("v")
        try FileManager.default.copyItem(atPath: folder.file("v"), toPath: folder.file("w"))
        let report = try index("w")
        #expect(report.added == 5 && report.removed == 0)
    }

    @Test func aDryRunTellsAndChangesNothing() throws {
        try write(5, below: "v")
        let first = try index("v", isDryRun: true)
        #expect(first.added == 5 && !FileManager.default.fileExists(atPath: path))
        try index("v")
        try remove("v/n1.md")
        try folder.write("changed", to: "v/n2.md")
        try folder.write("new", to: "v/n9.md")
        let before = try Data(contentsOf: URL(filePath: path))
        let report = try index("v", isDryRun: true)
        #expect(report.added == 1 && report.updated == 1 && report.removed == 1 && report.unchanged == 3)
        #expect(try Data(contentsOf: URL(filePath: path)) == before)
        #expect(try ids().contains("n1.md"))
        let rebuilt = try Index.rebuild(
            at: path, with: IndexingRequest(paths: [folder.file("v")], isDryRun: true))
        #expect(rebuilt.added == 5)
        #expect(try ids().contains("n1.md"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.file("")).sorted() == ["postil.db", "v"])
    }
}

import Foundation
import PostilTestSupport
import Testing

@testable import Ingestion

/// Walks that pass through folders which look as they did. The twin walks through all.
@Suite struct KeptFoldersTests {
    private let folder: TemporaryFolder
    private var root: String { folder.file("notes") }

    init() throws { folder = try TemporaryFolder() }

    /// Compares a walk after changes with one that enters every folder; gives what the former passed through.
    @discardableResult
    private func compare(with before: WalkSeal, _ comment: Comment) throws -> (full: WalkedInputs, kept: Set<String>)? {
        let full = InputWalker().inputs(at: root)
        guard let changed = before.changedFolders(apartFrom: nil), let folders = KeptFolders(before, changed: changed)
        else { return nil }
        var walker = InputWalker()
        walker.kept = folders
        let found = walker.inputs(at: root)
        let kept = Set(found.kept.map(\.path))
        func isKept(_ path: String) -> Bool { kept.contains(String(path[..<path.lastIndex(of: "/")!])) }
        #expect(kept.isDisjoint(with: changed), comment)
        #expect(found.files == full.files.filter { !isKept($0.path) }, comment)
        #expect(found.keptCount == full.files.count { isKept($0.path) }, comment)
        #expect(found.skipped == full.skipped && found.otherExtensions == full.otherExtensions, comment)
        #expect(found.places.map(\.fileCount) == full.places.map(\.fileCount), comment)
        #expect(Set(found.seal.folders) == Set(full.seal.folders), comment)
        #expect(found.seal.names == full.seal.names && found.seal.nameSum == full.seal.nameSum, comment)
        return (full, kept)
    }

    @Test func onlyWhatHasChangedIsEntered() throws {
        for name in ["a/1.md", "a/in/2.md", "b/3.md", "b/in/4.md", "b/in/deep/5.md", "c/6.md", "c/picture.png"] {
            try folder.input("x", to: "notes/" + name)
        }
        let before = InputWalker().inputs(at: root).seal
        #expect(before.folders.map(\.fileCount) == [0, 1, 1, 1, 1, 1, 1])
        try folder.input("y", to: "notes/b/in/new.md")
        let first = try #require(try compare(with: before, "a new file"))
        // What each run says has to be seen each time.
        #expect(first.kept == Set(["", "/a", "/a/in", "/b", "/b/in/deep"].map { root + $0 }))
        try folder.input("6.md\n", to: "notes/b/.ignore")
        let second = try #require(try compare(with: first.full.seal, "an ignore file"))
        #expect(second.kept == Set(["", "/a", "/a/in"].map { root + $0 }))
        try folder.input("y", to: "notes/b/in/7.md")
        // The ignore file is read again, and what it says of folders below is what it said.
        let third = try #require(try compare(with: second.full.seal, "a file below an ignore file"))
        #expect(third.kept == Set(["", "/a", "/a/in", "/b/in/deep"].map { root + $0 }))
    }

    @Test func whereLinksLeadEverythingIsLookedAt() throws {
        try folder.input("x", to: "notes/a/1.md")
        try folder.link("notes/b", to: "a")
        let seal = InputWalker().inputs(at: root).seal
        #expect(seal.hasLinks && KeptFolders(seal, changed: []) == nil)
        let plain = WalkSeal.Folder(path: root, sum: 1, fileCount: 0, contents: [])
        #expect(KeptFolders(WalkSeal(folders: [plain, plain], names: [], nameSum: 0), changed: []) == nil)
        #expect(KeptFolders(WalkSeal(folders: [plain], names: [], nameSum: 0), changed: []) != nil)
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func aWalkThatPassesThroughFoldersFindsTheSame(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let names = ["a", "b", "c-", "c", "c.md", ".h", "e.txt", "f.png", "g.md", "h.md"]
        let rules = ["c\n", "*.txt\n", "/b/*\n!/b/a\n", "!.h\n", "a/\n", ""]
        func path() -> String {
            let depth = Int.random(in: 0...4, using: &random)
            return (["notes"] + (0...depth).map { _ in names.randomElement(using: &random)! }).joined(separator: "/")
        }
        func change() throws {
            switch Int.random(in: 0..<12, using: &random) {
            case 0..<7: try folder.input(String(UInt64.random(in: 0...99, using: &random)), to: path())
            case 7:
                let place = path().split(separator: "/").dropLast().joined(separator: "/")
                try folder.input(rules.randomElement(using: &random)!, to: place + "/.ignore")
            case 8: try FileManager.default.removeItem(atPath: folder.file(path()))
            case 9: try FileManager.default.moveItem(atPath: folder.file(path()), toPath: folder.file(path()))
            default: try FileManager.default.removeItem(atPath: folder.file(path()) + "/.ignore")
            }
        }
        // Where a change cannot be made, there is one less.
        for _ in 0..<60 { do { try change() } catch { continue } }
        try folder.input("x", to: "notes/first.md")
        var before = InputWalker().inputs(at: root).seal
        for round in 0..<12 {
            for _ in 0..<Int.random(in: 0...3, using: &random) { do { try change() } catch { continue } }
            let compared = try compare(with: before, "seed: \(seed), round: \(round)")
            before = try #require(compared).full.seal
        }
    }
}

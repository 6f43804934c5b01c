import Foundation
import PostilTestSupport
import SystemPackage
import Testing

@testable import Ingestion

/// Listings of folders, and that a walk made of them meets what a plain walk meets.
@Suite struct FolderListingTests {
    @Test func whatLiesInAFolderComesInTheOrderOfPaths() throws {
        let folder = try TemporaryFolder()
        for name in ["a/x.md", "a.md", "a-b.md", "ab", "Z.md", "é.md", ".h", ".git/config"] {
            try folder.input("12", to: name)
        }
        try folder.link("link", to: "a.md")
        try folder.link("broken", to: "nowhere")
        let listing = try FolderListing(of: folder.path)
        // A folder is where its files are: behind a-b.md and a.md.
        #expect(listing.items.map(\.name) == [".h", "Z.md", "a-b.md", "a.md", "a", "ab", "link", "é.md"])
        #expect(listing.items.filter { $0.status.kind == .folder }.map(\.name) == ["a"])
        #expect(listing.items.filter(\.isLink).map(\.name) == ["link"])
        #expect(listing.items.allSatisfy { $0.status.kind == .folder || $0.status.size == 2 })
        #expect(listing.unseen.map(\.name) == ["broken"] && listing.unseen.first?.error == .noSuchFileOrDirectory)
        #expect(throws: Errno.noSuchFileOrDirectory) { try FolderListing(of: folder.path + "/none") }
        #expect(throws: Errno.notDirectory) { try FolderListing(of: folder.path + "/ab") }
    }

    @Test func manyFoldersAreListedAsOneAfterTheOther() throws {
        let folder = try TemporaryFolder()
        for number in 0..<100 where number % 7 != 0 { try folder.input("x", to: "\(number)/\(number).md") }
        let folders = (0..<100).map { "\(folder.path)/\($0)" }
        let listings = FolderListing.all(of: folders)
        try #require(listings.count == 100)
        for (number, listing) in listings.enumerated() {
            switch listing {
            case .success(let listing): #expect(listing.items.map(\.name) == ["\(number).md"])
            case .failure(let error): #expect(error == .noSuchFileOrDirectory && number % 7 == 0)
            }
        }
    }

    @Test func theFilesOfTheIndexThatIsWrittenAreNotSealed() throws {
        let folder = try TemporaryFolder()
        try folder.input("x", to: "notes/a.md")
        let index = IndexPlace(path: folder.file("notes/postil.db"))
        func walk() -> WalkSeal {
            var walker = InputWalker()
            walker.index = index
            return walker.inputs(at: folder.file("notes")).seal
        }
        let seal = walk()
        func changed(_ index: IndexPlace?) -> Set<String>? { seal.changedFolders(apartFrom: index) }
        for name in ["", "-wal", "-shm", "-journal", ".lock", ".building", ".building-wal"] {
            try folder.input("y", to: "notes/postil.db" + name)
        }
        #expect(changed(index) == [] && walk() == seal)
        #expect(changed(nil) == [folder.file("notes")])
        for name in ["postil.db.md", "postil.dbx", "b.db-wal", "sub/postil.db"] {
            try folder.input("y", to: "notes/" + name)
            #expect(changed(index) == [folder.file("notes")], "\(name)")
            try FileManager.default.removeItem(atPath: folder.file("notes/" + name.split(separator: "/")[0]))
            #expect(changed(index) == [], "\(name)")
        }
    }

    /// A walk by Foundation, sorted at its end.
    private func plainWalk(_ root: String) -> [String] {
        let all = FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? []
        return all.filter { path in
            path.hasSuffix(".md") && !path.split(separator: "/").contains { $0.hasPrefix(".") }
                && FileStatus.kind(of: root + "/" + path) == .file
        }
        .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    @Test(arguments: 1...12 as ClosedRange<UInt64>)
    func aWalkMeetsWhatAPlainWalkMeets(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let folder = try TemporaryFolder()
        let parts = ["a", "b", ".", "-", "é", "0", "A", " ", "~"]
        func name() -> String {
            (0...Int.random(in: 0...2, using: &random)).map { _ in parts.randomElement(using: &random)! }.joined()
        }
        for _ in 0..<150 {
            let depth = Int.random(in: 0...3, using: &random)
            let path = ((0..<depth).map { _ in name() + "d" } + [name() + (Bool.random(using: &random) ? ".md" : ".x")])
                .joined(separator: "/")
            // A name may be taken by a folder, and the other way round.
            do { try folder.input("x", to: path) } catch { continue }
        }
        let found = InputWalker().inputs(at: folder.path)
        #expect(found.files.map(\.relativePath) == plainWalk(folder.path), "seed: \(seed)")
        #expect(found.files.allSatisfy { $0.path == folder.path + "/" + $0.relativePath }, "seed: \(seed)")
    }
}

import Foundation
import PostilTestSupport
import Testing

@testable import Ingestion

/// Which files a walk over the inputs finds, and in which order.
@Suite struct InputWalkerTests {
    private func names(_ arguments: [String], includesHidden: Bool = false) -> [String] {
        InputWalker(includesHidden: includesHidden).inputs(at: arguments).files.map(\.relativePath)
    }

    @Test func foldersGiveKnownExtensionsInByteOrder() throws {
        let folder = try TemporaryFolder()
        for name in [
            "b.md", "a/z.txt", "a.txt", "B.csv", ".hidden.md", ".config/x.md", "image.png", "a/y.jsonl.gz", "Makefile",
        ] {
            try folder.input("x", to: name)
        }
        let found = InputWalker().inputs(at: [folder.path])
        #expect(found.files.map(\.relativePath) == ["B.csv", "a.txt", "a/y.jsonl.gz", "a/z.txt", "b.md"])
        #expect(found.files.map(\.format) == [.csv, .text, .jsonLines, .text, .markdown])
        #expect(found.otherExtensions == ["png": 1, "": 1] && found.skipped.isEmpty)
        #expect(found.files[1].path == folder.path + "/a.txt" && found.files[1].size == 1)
        #expect(found.files[1].modificationTime > 1_500_000_000_000_000_000)
        #expect(names([folder.path], includesHidden: true).prefix(2) == [".config/x.md", ".hidden.md"])
    }

    @Test func namedInputsAreReadOnceInOrderWhateverTheirNames() throws {
        let folder = try TemporaryFolder()
        for name in ["b.odd", "a.md", ".h.md"] { try folder.input("x", to: name) }
        let paths = ["b.odd", ".h.md", "a.md"].map { folder.path + "/" + $0 }
        #expect(names(paths + [folder.path + "/./a.md", folder.path]) == ["b.odd", ".h.md", "a.md"])
        #expect(InputWalker().inputs(at: ["-"]).files == [.standardInput()])
        let missing = InputWalker().inputs(at: [folder.path + "/none.md"])
        #expect(missing.skipped.map(\.reason) == ["does not exist"])
        #expect(
            InputWalker(formats: ["odd": .markdown]).inputs(at: [folder.path]).files.map(\.format) == [
                .markdown, .markdown,
            ])
    }

    @Test func ignoreFilesNegateAnchorNestAndTakePrecedence() throws {
        let folder = try TemporaryFolder()
        try folder.input(
            "*.txt\n!keep.txt\n/top.md\nbuild/\nsub/**/deep.md\n# a comment\n\\#odd.md\n", to: ".gitignore")
        try folder.input("!c.txt\n", to: "sub/.gitignore")
        try folder.input("!b.txt\n", to: ".ignore")
        try folder.input("q.md\n!.shown.md\n", to: ".postilignore")
        let all = [
            "a.txt", "b.txt", "keep.txt", "top.md", "sub/top.md", "build/x.md", "sub/build/x.md", "sub/deep.md",
            "sub/1/2/deep.md", "#odd.md", "sub/c.txt", "sub/d.txt", "q.md", ".shown.md", "build.md",
        ]
        for name in all { try folder.input("x", to: name) }
        let expected = [".shown.md", "b.txt", "build.md", "keep.txt", "sub/c.txt", "sub/top.md"]
        #expect(names([folder.path]) == expected)
        // Asked for by name, even ignored folders and files are read.
        #expect(names([folder.path + "/a.txt", folder.path + "/build"]) == ["a.txt", "x.md"])
    }

    @Test func ignoreFilesAboveHoldUpToTheRepositorysRoot() throws {
        let folder = try TemporaryFolder()
        try folder.input("inner/skip.md\nskip2.md\n", to: ".gitignore")
        for name in ["inner/skip.md", "inner/skip2.md", "inner/keep.md"] { try folder.input("x", to: name) }
        #expect(names([folder.path + "/inner"]) == ["keep.md", "skip.md", "skip2.md"])
        try folder.input("x", to: ".git/HEAD")
        #expect(names([folder.path + "/inner"]) == ["keep.md"])
    }

    @Test func symbolicLinksEndAndNothingIsReadTwice() throws {
        let folder = try TemporaryFolder()
        try folder.input("x", to: "z/real.md")
        try folder.link("z/loop", to: "..")
        try folder.link("a", to: "z")
        try folder.link("link.md", to: "z/real.md")
        try folder.link("broken.md", to: "nowhere")
        let other = try TemporaryFolder()
        try other.input("x", to: "o.md")
        try folder.link("other", to: other.path)
        let found = InputWalker().inputs(at: [folder.path])
        #expect(found.files.map(\.relativePath) == ["other/o.md", "z/real.md"])
        #expect(found.skipped.map(\.reason) == ["leads nowhere (broken link)"])
    }

    @Test func globsTakeTheFilesThatMatch() throws {
        let folder = try TemporaryFolder()
        for name in ["a.md", "b.txt", "x/c.md", "x/y/d.md", "x/e.odd", "posts-1/p.md"] {
            try folder.input("x", to: name)
        }
        #expect(names([folder.path + "/*.md"]) == ["a.md"])
        #expect(names([folder.path + "/**/*.md"]) == ["a.md", "posts-1/p.md", "x/c.md", "x/y/d.md"])
        #expect(names([folder.path + "/x/*"]) == ["c.md", "e.odd", "y/d.md"])
        #expect(names([folder.path + "/posts-*"]) == ["posts-1/p.md"])
        #expect(names([folder.path + "/[ab].*"]) == ["a.md", "b.txt"])
        #expect(
            InputWalker().inputs(at: [folder.path + "/*.pdf"]).skipped.map(\.reason) == ["no file matches this pattern"]
        )
        try folder.input("x", to: "what?.md")
        #expect(names([folder.path + "/what?.md"]) == ["what?.md"])
    }

    /// Office has such a file beside each that is open.
    @Test func filesThatSayWhoHasAnotherOpenArePassedOver() throws {
        let folder = try TemporaryFolder()
        for name in ["~$plan.docx", "~plan.md", "$plan.md"] { try folder.input("x", to: name) }
        let found = InputWalker().inputs(at: [folder.path])
        #expect(found.files.map(\.relativePath) == ["$plan.md", "~plan.md"] && found.skipped.isEmpty)
        #expect(names([folder.path + "/~$plan.docx"]) == ["~$plan.docx"])
    }

    @Test func aNameThatIsNoTextIsShown() throws {
        let folder = try TemporaryFolder()
        let path =
            Array(folder.path.utf8CString.dropLast()) + [0x2F, 0x61, CChar(bitPattern: 0xFF), 0x2E, 0x6D, 0x64, 0]
        let file = path.withUnsafeBufferPointer { fopen($0.baseAddress, "w") }
        // Not all file systems have such names.
        guard let file else { return }
        fclose(file)
        let found = InputWalker().inputs(at: [folder.path])
        #expect(
            found.skipped.map(\.reason) == ["holds “a\\xFF.md”, a name that is not UTF-8; rename it to have it read"])
    }

    @Test(.enabled(if: getuid() != 0, "root reads everything"))
    func unreadableFoldersAreSkipped() throws {
        let folder = try TemporaryFolder()
        try folder.input("x", to: "a.md")
        try folder.input("x", to: "closed/b.md")
        try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: folder.path + "/closed")
        let found = InputWalker().inputs(at: [folder.path])
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder.path + "/closed")
        #expect(found.files.map(\.relativePath) == ["a.md"])
        #expect(found.skipped.map(\.reason) == ["cannot be read: permission denied"])
    }
}

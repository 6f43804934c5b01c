import Foundation
import PostilTestSupport
import Testing

@testable import postil_cli

/// A collection's `postil.yaml` says of which places it consists, and what reads each.
struct DeclaredPlacesTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try folder.file("data/a.csv", "key,name,alpha,beta\n1,One,red,blue\n")
        try folder.file("notes/n.md", "a green note")
        try folder.file("profiles/first.yaml", "name: first\nreading: { id: key, title: name, body: alpha }\n")
        try folder.file("profiles/second.yaml", "name: second\nreading: { id: key, title: name, body: beta }\n")
        try folder.file("postil.yaml", "sources:\n  - {path: data/a.csv, profile: first}\n  - notes\n")
    }

    private func run(_ arguments: String..., from place: String? = nil) throws -> PostilBinary.Outcome {
        try PostilBinary.run(arguments, in: place.map { folder.url.appending(path: $0) } ?? folder.url)
    }

    private func finds(_ word: String) throws -> Bool { try run("search", word).status == 0 }

    @Test func aRunWithoutPathsIndexesThem() throws {
        let first = try run("index")
        #expect(first.status == 0 && first.output.hasPrefix("2 added"), "\(first)")
        #expect(try finds("red") && finds("green"))
        #expect(try !finds("blue"))
        let second = try run("index")
        #expect(second.output.hasPrefix("0 added, 0 updated, 2 unchanged, 0 removed"), "\(second)")
        #expect(try run("sources").output.contains("first"))
    }

    /// One that is added to the file is indexed by the next run, and one whose profile has changed is read again.
    @Test func theFileMayChange() throws {
        #expect(try run("index", "notes").status == 0)
        #expect(try !finds("red"))
        #expect(try run("index").output.hasPrefix("1 added"))
        try folder.file("postil.yaml", "sources:\n  - {path: data/a.csv, profile: profiles/second.yaml}\n  - notes\n")
        let changed = try run("index")
        #expect(changed.output.hasPrefix("0 added, 1 updated"), "\(changed)")
        #expect(try finds("blue") && !finds("red"))
        #expect(try run("index", "--rebuild").output.hasPrefix("2 added"))
        #expect(try finds("blue") && finds("green"))
    }

    /// A path that is named is read as the file says; the profile of the command line is stronger.
    @Test func aNamedPathIsReadAsDeclared() throws {
        #expect(try run("index", "data/a.csv").status == 0)
        #expect(try finds("red"))
        #expect(try run("index", "data/a.csv", "--profile", "second").output.contains("1 updated"))
        #expect(try finds("blue"))
    }

    /// An index elsewhere is none of the file's.
    @Test func anotherIndexIsLeftAlone() throws {
        try folder.file("below/x.md", "a violet")
        #expect(try run("index", "x.md", from: "below").status == 0)
        #expect(try run("index", from: "below").output.hasPrefix("0 added, 0 updated, 1 unchanged"))
        #expect(try run("index", "-i", "below/postil.db").output.hasPrefix("0 added, 0 updated, 1 unchanged"))
        let none = try run("index", from: "notes")
        #expect(none.status == 2 && none.errors.contains("no such index"), "\(none)")
    }

    /// Where the folder of an index is missing, it is no advice to make the index.
    @Test func anIndexInNoFolderNamesTheFolder() throws {
        for arguments in [["index", "below", "-i", "none/x.db"], ["search", "violet", "-i", "none/x.db"]] {
            let outcome = try run(arguments[0], arguments[1], arguments[2], arguments[3])
            #expect(
                outcome.status == 2 && outcome.errors.contains("there is no folder")
                    && outcome.errors.contains("none; make it first"), "\(outcome)")
        }
    }

    /// The file may name the index, which is then its own from everywhere below.
    @Test func theFileMayNameTheIndex() throws {
        try folder.file("postil.yaml", "index: all.db\nsources: [notes]\n")
        let outcome = try run("index", from: "notes")
        #expect(outcome.status == 0 && outcome.output.hasPrefix("1 added"), "\(outcome)")
        #expect(FileManager.default.fileExists(atPath: folder.file("all.db")))
    }

    @Test func aPlaceThatIsNotThereIsNamed() throws {
        try folder.file("postil.yaml", "sources: [notes, gone]\n")
        let outcome = try run("index")
        #expect(outcome.status == 2 && outcome.errors.contains("/gone: does not exist"), "\(outcome)")
        #expect(try finds("green"))
    }

    @Test(arguments: [
        ("sources: notes", "/p.yaml:1: sources must be a list"),
        ("sources:\n  - {profile: first}", "/p.yaml:2: this source has no path"),
        ("sources:\n  - {path: notes, profil: first}", "no “profil”; did you mean “profile”?"),
        ("sources:\n  - {path: [a, b]}", "/p.yaml:2: path of a source must be one value"),
        ("sources:\n  - [notes]", "/p.yaml:2: a source is a path"),
        ("sources: [~]", "/p.yaml:1: a source is a path"),
        ("source: [notes]", "did you mean “sources”?"),
    ])
    func brokenListsNameThePlace(yaml: String, message: String) {
        let error = #expect(throws: SettingError.self) { try SettingsFile(yaml: yaml, path: "/p.yaml") }
        #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
    }

    @Test func placesOfEveryCollectionAreRefused() throws {
        try folder.file(".config/postil/config.yaml", "sources: [notes]\n")
        let outcome = try run("index")
        #expect(outcome.status == 2 && outcome.errors.contains("sources belong to one collection"), "\(outcome)")
    }

    @Test func aProfileThatIsNotThereIsNamed() throws {
        try folder.file("postil.yaml", "sources: [{path: notes, profile: nosuch}]\n")
        let outcome = try run("index")
        #expect(outcome.status == 2 && outcome.errors.contains("nosuch"), "\(outcome)")
    }
}

import Foundation
import PostilTestSupport
import Testing

/// Where the system gives too little, a command says so and leaves nothing behind.
struct LimitedProcessTests {
    private func names(_ folder: TemporaryFolder) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    }

    private static let limitsOnFiles = [
        "ulimit -n 5; postil search reward", "ulimit -n 9; postil index in",
        "ulimit -n 9; postil index --rebuild in",
    ]

    /// A sanitizer reserves terabytes of address space when a program begins.
    private static let limitsOnAddresses =
        Sanitizer.isOn
        ? []
        : [
            "ulimit -v 150000; postil search reward", "ulimit -v 200000; postil index in",
            "ulimit -v 400000; postil index --rebuild in",
        ]

    @Test(arguments: limitsOnFiles + limitsOnAddresses)
    func tooLittleIsNamed(line: String) throws {
        let folder = try TemporaryFolder()
        try folder.file("in/a.md", "reward hacking")
        try #require(try PostilBinary.run(["index", "in"], in: folder.url).status == 0)
        let outcome = try PostilBinary.shell(line, in: folder.url)
        #expect(
            outcome.status == 2 && outcome.errors.contains("needed (`ulimit -"), "\(line): \(outcome)")
        #expect(try names(folder).filter { $0 != ".local" } == ["in", "postil.db"])
    }

    /// Whatever ends a process in the middle of a build, its file goes.
    @Test func aFaultLeavesNoUnfinishedBuild() throws {
        let folder = try TemporaryFolder()
        for number in 0..<300 {
            try folder.file("in/\(number).md", String(repeating: "reward hacking \(number) ", count: 200))
        }
        let line = """
            '\(PostilBinary.url.path)' index in & id=$!
            for i in $(seq 500); do [ -e postil.db.building ] && break; sleep 0.01; done
            kill -ABRT $id; wait $id
            """
        let outcome = try PostilBinary.shell(line, in: folder.url)
        let left = try names(folder).filter { $0 != ".local" }
        // The run may have ended before.
        #expect(left == ["in"] || left == ["in", "postil.db"], "\(outcome)")
        if left == ["in"] { #expect(outcome.errors.contains("ended by a fault"), "\(outcome)") }
    }
}

import Foundation
import PostilTestSupport
import Testing

/// `postil search` without a query, in tmux at 80 by 24.
@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/tmux"), "tmux is not installed"))
struct InteractiveTests {
    private let folder: TemporaryFolder
    private let tmux: Tmux

    init() throws {
        folder = try SmallCollection.indexed()
        tmux = try Tmux(in: folder)
    }

    /// A window of tmux with a shell in it.
    private final class Tmux {

        private let folder: TemporaryFolder
        private let socket: String

        init(in folder: TemporaryFolder) throws {
            self.folder = folder
            socket = folder.file("tmux")
            let shell = "PS1='$ ' HOME='\(folder.path)' PATH='/usr/bin:/bin' EDITOR=cat LC_ALL=C.UTF-8 exec /bin/sh"
            try run(["-f", "/dev/null", "new-session", "-d", "-x", "80", "-y", "24", "-c", folder.path, shell])
        }

        deinit { _ = try? run(["kill-server"]) }

        @discardableResult
        func run(_ arguments: [String]) throws -> String {
            let process = Process()
            process.executableURL = URL(filePath: "/usr/bin/tmux")
            process.arguments = ["-u", "-S", socket] + arguments
            // No pipe, which would end only with the server that the first command leaves behind.
            let output = try folder.file("tmux-output", "")
            process.standardInput = FileHandle.nullDevice
            process.standardOutput = try FileHandle(forWritingTo: output)
            process.standardError = FileHandle.nullDevice
            try process.start()
            // Foundation takes a program to run on for as long as somebody has the descriptors that it was started with, and the
            // server does.
            var status: Int32 = 0
            while waitpid(process.processIdentifier, &status, 0) < 0 && errno == EINTR {}
            return try String(contentsOf: output, encoding: .utf8)
        }

        var screen: String { get throws { try run(["capture-pane", "-p"]) } }

        func type(_ text: String) throws { try run(["send-keys", "-l", text]) }
        func press(_ keys: String...) throws { try run(["send-keys"] + keys) }

        /// Waits until the screen shows a text, or shows it no more.
        func shows(_ text: String, _ isShown: Bool = true, _ location: SourceLocation = #_sourceLocation) throws {
            for _ in 0..<300 {
                if try screen.contains(text) == isShown { return }
                usleep(30_000)
            }
            Issue.record("“\(text)” \(isShown ? "is not" : "is") on\n\(try screen)", sourceLocation: location)
        }
    }

    private func begin(_ arguments: String = "") throws {
        try tmux.shows("$")
        try tmux.type(
            "'\(PostilBinary.url.path)' search \(arguments); echo status=$?; stty -a | tr ' ' '\\n' | grep -x -e icanon -e -icanon"
        )
        try tmux.press("Enter")
        try tmux.shows("Type to search 3 documents.")
    }

    @Test func answersWhileSomebodyTypes() throws {
        try begin()
        try tmux.type("loophol")
        try tmux.shows("Specification gaming")
        try tmux.shows("| Krakovna · 2020-04-21")
        try tmux.press("C-u")
        try tmux.type("reward")
        try tmux.shows("Results 1–3 of")
        try tmux.press("Tab")
        try tmux.shows("> 1  ")
        try tmux.press("Enter")
        try tmux.shows("> reward author:")
        try tmux.shows("Result 1 of")
        try tmux.run(["resize-window", "-x", "50", "-y", "12"])
        try tmux.shows("Enter open  ^T text  ^Y cite  Tab narrow  PgDn mor")
        try tmux.press("C-y")
        try tmux.press("Escape")
        try tmux.shows("status=0")
        try tmux.shows("\nicanon")
        // What was cited stays when the other screen is gone.
        try tmux.shows("Enter open", false)
    }

    @Test func pastesAreNoKeys() throws {
        try begin()
        try tmux.run(["set-buffer", "reward\nhacking"])
        try tmux.run(["paste-buffer", "-p"])
        try tmux.shows("> reward hacking")
        try tmux.press("C-c")
        try tmux.shows("status=0")
    }

    @Test func everyWayOutLeavesTheTerminalAsItWas() throws {
        try begin()
        try tmux.press("C-z")
        try tmux.shows("Type to search", false)
        try tmux.press("Enter")
        try tmux.type("stty -a | tr ' ' '\\n' | grep -x -e icanon -e -icanon; fg")
        try tmux.press("Enter")
        try tmux.shows("Type to search 3 documents.")
        try tmux.run(["run-shell", "kill -TERM $(pgrep -P #{pane_pid})"])
        try tmux.shows("Type to search", false)
        try tmux.type("echo it is $((40 + 2))")
        try tmux.press("Enter")
        try tmux.shows("it is 42")
        let lines = try tmux.screen.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
        #expect(lines.contains("icanon") && !lines.contains("-icanon"), "\(lines)")
    }

    @Test func opensAHitAndComesBack() throws {
        try begin()
        try tmux.type("loopholes")
        try tmux.shows("Specification gaming")
        try tmux.press("C-t")
        try tmux.shows("(END)")
        try tmux.press("q")
        try tmux.shows("> loopholes")
        try tmux.press("C-d")
        try tmux.shows("status=0")
    }

    @Test func aDumbTerminalAsksLineByLine() throws {
        try tmux.shows("$")
        try tmux.type("TERM=dumb '\(PostilBinary.url.path)' search; echo status=$?")
        try tmux.press("Enter")
        try tmux.shows("query, or nothing to leave:")
        try tmux.type("loopholes")
        try tmux.press("Enter")
        try tmux.shows("krakovna-2020")
        try tmux.press("Enter")
        try tmux.shows("status=0")
    }

    @Test func withoutATerminalAQueryIsNeeded() throws {
        let outcome = try PostilBinary.run(["search"], in: folder.url)
        #expect(outcome.status == 2 && outcome.errors.contains("Give a query or --topics"), "\(outcome)")
    }
}

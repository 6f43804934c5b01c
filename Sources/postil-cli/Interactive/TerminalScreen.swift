import Threads
import SystemPackage

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A terminal that a program draws on as a whole, key by key. It is as it was before whenever it is left, and however the program
/// ends: by a key, an error, or a signal.
///
/// Uses the sequences of ECMA-48 and xterm that every terminal of the last thirty years knows, tmux and screen among them: another
/// screen, bracketed paste, the cursor's place, the end of a line.
final class TerminalScreen: Sendable {
    private struct State {
        /// How the terminal was; nil while it is left.
        var before: termios?
        /// What stands there.
        var lines: [String] = []
    }

    private let state = Locked(State())
    /// Has a byte for each signal that wants something done.
    private let wake: (read: FileDescriptor, write: FileDescriptor)

    private static let input = FileDescriptor.standardInput
    private static let output = FileDescriptor.standardOutput

    /// What there is to wait for.
    enum Event: Equatable {
        case bytes([UInt8])
        /// The window has another size, or the program goes on after it was stopped.
        case redraw
        case suspend
        case timeout
        /// Nobody is at the keys any more.
        case end
    }

    /// Whether there is a terminal to draw on, and one that understands how.
    static func isAvailable(_ environment: [String: String]) -> Bool {
        isTerminal && !["", "dumb"].contains(environment["TERM"] ?? "")
    }

    /// Whether a person is at both ends.
    static var isTerminal: Bool { isatty(input.rawValue) == 1 && isatty(output.rawValue) == 1 }

    init() throws {
        let ends = try FileDescriptor.pipe()
        wake = (ends.readEnd, ends.writeEnd)
        for end in [ends.readEnd, ends.writeEnd] { _ = fcntl(end.rawValue, F_SETFD, FD_CLOEXEC) }
        Interruption.handle(also: [SIGWINCH, SIGTSTP]) { [self] number in
            if number == SIGWINCH || number == SIGTSTP {
                _ = try? wake.write.writeAll([UInt8(truncatingIfNeeded: number)])
            } else {
                leave()
                Interruption.end(by: number)
            }
        }
    }

    /// Switches to single keys and another screen.
    func enter() {
        state.withLock { state in
            guard state.before == nil else { return }
            var before = termios()
            guard tcgetattr(Self.input.rawValue, &before) == 0 else { return }
            state.before = before
            state.lines = []
            var raw = before
            cfmakeraw(&raw)
            tcsetattr(Self.input.rawValue, TCSANOW, &raw)
            Self.write("\u{1B}[?1049h\u{1B}[?2004h")
        }
    }

    /// Puts the terminal back as it was.
    func leave() {
        state.withLock { state in
            guard var before = state.before else { return }
            Self.write("\u{1B}[?2004l\u{1B}[?25h\u{1B}[?1049l")
            tcsetattr(Self.input.rawValue, TCSADRAIN, &before)
            state.before = nil
        }
    }

    /// Stops the program as Ctrl-Z does, and comes back when it goes on.
    func suspend() {
        leave()
        // The whole group, as a terminal would; SIGTSTP has a handler.
        kill(0, SIGSTOP)
        enter()
    }

    /// Columns and rows; 80 and 24 where nothing tells.
    var size: (columns: Int, rows: Int) {
        var size = winsize()
        guard ioctl(Self.output.rawValue, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else {
            return (80, 24)
        }
        return (Int(size.ws_col), Int(size.ws_row))
    }

    /// Draws the lines that are not there yet, and puts the cursor.
    func draw(_ lines: [String], cursor: (row: Int, column: Int)) {
        state.withLock { state in
            guard state.before != nil else { return }
            var text = "\u{1B}[?25l"
            for (number, line) in lines.enumerated() where number >= state.lines.count || state.lines[number] != line {
                // Erased first: behind a line of full width the cursor still stands on its last column.
                text += "\u{1B}[\(number + 1);1H\u{1B}[2K\(line)"
            }
            text += "\u{1B}[\(cursor.row + 1);\(cursor.column + 1)H\u{1B}[?25h"
            Self.write(text)
            state.lines = lines
        }
    }

    /// Forgets what stands there, so that all of it is drawn.
    func clear() {
        state.withLock { $0.lines = [] }
        Self.write("\u{1B}[2J")
    }

    /// Waits for keys, or for something else to be done.
    func next(atMost milliseconds: Int32 = -1) -> Event {
        while true {
            var ends = [
                pollfd(fd: wake.read.rawValue, events: Int16(POLLIN), revents: 0),
                pollfd(fd: Self.input.rawValue, events: Int16(POLLIN), revents: 0),
            ]
            let count = poll(&ends, nfds_t(ends.count), milliseconds)
            if count == 0 { return .timeout }
            guard count > 0 else { continue }
            // Room for what somebody pastes at once.
            var bytes = [UInt8](repeating: 0, count: 64 * 1024)
            if ends[0].revents != 0 {
                let taken = read(wake.read.rawValue, &bytes, bytes.count)
                return bytes.prefix(max(0, taken)).contains(UInt8(SIGTSTP)) ? .suspend : .redraw
            }
            let taken = read(Self.input.rawValue, &bytes, bytes.count)
            if taken > 0 { return .bytes(Array(bytes[..<taken])) }
            if taken == 0 || errno != EINTR { return .end }
        }
    }

    private static func write(_ text: String) { _ = try? output.writeAll(text.utf8) }
}

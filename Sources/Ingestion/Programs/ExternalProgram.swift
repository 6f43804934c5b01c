#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A program that makes text of a file, with an end to what it may take.
///
/// It gets nothing on its standard input, a limit of processor time and of memory (`ulimit`), and is killed with all it has
/// started when its time is over or its output too long. No shell sees its arguments.
struct ExternalProgram: Sendable, Hashable {
    /// The program and its arguments; in each, `{}` stands for the file. Where none has it, the file is the last argument.
    var arguments: [String]
    /// Seconds by the clock. A book of a thousand pages takes pdftotext three.
    var seconds = 60
    /// Bytes of memory.
    var memoryBytes = 1 << 30

    /// What a run gave.
    struct Outcome {
        var output: [UInt8]
        /// The end of what it wrote to its standard error, in one line.
        var complaint: String
        /// 0 when it says that it went well.
        var status: Int32
    }

    /// Bytes of standard error that are kept.
    private static let complaintLength = 300

    /// Runs the program on a file.
    ///
    /// - Parameter limit: Bytes of output.
    func run(on path: String, limit: Int) throws -> Outcome {
        let words =
            arguments.contains { $0.contains("{}") }
            ? arguments.map { $0.replacing("{}", with: path) } : arguments + [path]
        // 127 tells a program that is not there from one that fails.
        let script = "ulimit -v \(memoryBytes >> 10) 2>/dev/null; ulimit -t \(seconds) 2>/dev/null; exec \"$@\""
        let (process, output, errors) = try start(["/bin/sh", "-c", script, "sh"] + words)
        defer {
            close(output)
            close(errors)
        }
        var result = Outcome(output: [], complaint: "", status: 0)
        var complaint: [UInt8] = []
        var problem: String?
        let deadline = Self.now() + seconds * 1000
        var open: Set<Int32> = [output, errors]
        let room = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
        defer { room.deallocate() }
        while !open.isEmpty, problem == nil {
            var watched = open.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
            let left = deadline - Self.now()
            if left <= 0 {
                problem = "took longer than \(seconds) seconds"
                break
            }
            // Safety: the array has watched.count elements; read writes at most room.count bytes.
            if poll(&watched, nfds_t(watched.count), Int32(min(left, 1000))) <= 0 { continue }
            for entry in watched where entry.revents != 0 {
                let count = read(entry.fd, room.baseAddress, room.count)
                if count <= 0 {
                    open.remove(entry.fd)
                } else if entry.fd == output {
                    result.output += room[..<count]
                    if result.output.count > limit { problem = "gave more than the limit of \(limit) bytes of text" }
                } else {
                    complaint = Array((complaint + room[..<count]).suffix(Self.complaintLength * 4))
                }
            }
        }
        if problem != nil { kill(-process, SIGKILL) }
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        // What it has started and left behind.
        kill(-process, SIGKILL)
        if let problem { throw ReadingError("\(words[0]) \(problem)") }
        let text = String(decoding: complaint, as: UTF8.self).collapsed
        result.complaint = text.count > Self.complaintLength ? "…" + text.suffix(Self.complaintLength) : text
        result.status = status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + (status & 0x7F)
        return result
    }

    private func start(_ words: [String]) throws -> (process: pid_t, output: Int32, errors: Int32) {
        var (out, err): ([Int32], [Int32]) = ([-1, -1], [-1, -1])
        guard Self.makePipe(&out) else {
            throw ReadingError("no program could be started: \(String(cString: strerror(errno)))")
        }
        guard Self.makePipe(&err) else {
            out.forEach { close($0) }
            throw ReadingError("no program could be started: \(String(cString: strerror(errno)))")
        }
        #if canImport(Darwin)
            var actions: posix_spawn_file_actions_t?
            var attributes: posix_spawnattr_t?
        #else
            var actions = posix_spawn_file_actions_t()
            var attributes = posix_spawnattr_t()
        #endif
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, out[1], 1)
        posix_spawn_file_actions_adddup2(&actions, err[1], 2)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
        posix_spawnattr_setpgroup(&attributes, 0)
        // Safety: each text is copied, ends with NUL, and is freed when the call is over.
        var pointers = words.map { strdup($0) } + [nil]
        defer { pointers.forEach { free($0) } }
        var process: pid_t = 0
        let result = posix_spawn(&process, words[0], &actions, &attributes, &pointers, environ)
        close(out[1])
        close(err[1])
        guard result == 0 else {
            close(out[0])
            close(err[0])
            throw ReadingError("no program could be started: \(String(cString: strerror(result)))")
        }
        return (process, out[0], err[0])
    }

    /// A pipe whose ends are closed in other programs. Between the two calls another thread may start one that inherits an
    /// end; that delays this run's end until it is over, which has a limit too.
    private static func makePipe(_ ends: inout [Int32]) -> Bool {
        guard pipe(&ends) == 0 else { return false }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return true
    }

    /// Milliseconds of a clock that nobody sets.
    private static func now() -> Int {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
    }
}

import PostilTestSupport
import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A terminal that a program can be run on, and that keeps what it was sent.
final class PseudoTerminal {
    private let controlling: FileHandle
    private let program: FileHandle

    /// There is no terminal to be had.
    struct Unavailable: Error {}

    init() throws {
        #if canImport(Darwin)
            let master = posix_openpt(O_RDWR | O_NOCTTY)
            guard master >= 0, grantpt(master) == 0, unlockpt(master) == 0, let name = ptsname(master) else {
                throw Unavailable()
            }
            let path = String(cString: name)
        #else
            // Those functions are not imported from Glibc's headers, nor are the macros of asm-generic/ioctls.h: TIOCSPTLCK
            // and TIOCGPTN.
            let master = open("/dev/ptmx", O_RDWR | O_NOCTTY)
            var unlocked: Int32 = 0
            var number: UInt32 = 0
            guard master >= 0, ioctl(master, 0x4004_5431, &unlocked) == 0, ioctl(master, 0x8004_5430, &number) == 0
            else { throw Unavailable() }
            let path = "/dev/pts/\(number)"
        #endif
        let slave = open(path, O_RDWR | O_NOCTTY)
        guard slave >= 0 else { throw Unavailable() }
        controlling = FileHandle(fileDescriptor: master, closeOnDealloc: true)
        program = FileHandle(fileDescriptor: slave, closeOnDealloc: true)
    }

    /// Runs `process` with both of its outputs on the terminal, and gives the bytes that arrived. Ends as the process does.
    func run(_ process: Process) throws -> [UInt8] {
        process.standardOutput = program
        process.standardError = program
        try process.start()
        try program.close()
        var received: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            // At the end there is an error, as nobody has the other side open any more.
            let count = read(controlling.fileDescriptor, &buffer, buffer.count)
            guard count > 0 else { break }
            received += buffer[..<count]
        }
        process.waitUntilExit()
        return received
    }
}

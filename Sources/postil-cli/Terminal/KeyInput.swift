import SystemPackage

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Keys as they are struck, one at a time. Where standard input is no terminal, each character that is no white space is a key.
struct KeyInput {
    private let isTerminal = isatty(FileDescriptor.standardInput.rawValue) == 1

    /// The next key; nil at the end of input, and for Ctrl-C and Ctrl-D.
    func next() throws -> Character? {
        while let byte = try isTerminal ? byteOfTerminal() : byte() {
            // ETX and EOT, which a terminal sends for Ctrl-C and Ctrl-D while it is told to pass keys on.
            if byte == 3 || byte == 4 { return nil }
            let key = Character(Unicode.Scalar(byte))
            if byte < 128, !key.isWhitespace { return key }
        }
        return nil
    }

    private func byte() throws -> UInt8? {
        var byte: UInt8 = 0
        let count = try withUnsafeMutableBytes(of: &byte) { buffer in
            // Safety: the buffer is the byte, which outlives the call.
            try FileDescriptor.standardInput.read(into: buffer)
        }
        return count == 1 ? byte : nil
    }

    /// Reads with the terminal switched to single keys, and switches it back before anything else can happen: whatever ends
    /// the program between two keys leaves the terminal as it was.
    private func byteOfTerminal() throws -> UInt8? {
        let descriptor = FileDescriptor.standardInput.rawValue
        var before = termios()
        guard tcgetattr(descriptor, &before) == 0 else { return try byte() }
        var single = before
        single.c_lflag &= ~tcflag_t(ICANON | ECHO | ISIG)
        guard tcsetattr(descriptor, TCSANOW, &single) == 0 else { return try byte() }
        defer { tcsetattr(descriptor, TCSANOW, &before) }
        return try byte()
    }
}

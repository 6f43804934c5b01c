/// UTF-16 bytes, their byte order mark taken off, turned into UTF-8. An unpaired surrogate becomes U+FFFD.
final class UTF16Source: ByteSource {
    private let source: any ByteSource
    private let isBigEndian: Bool
    private var carry: [UInt8] = []
    private var output: [UInt8] = []
    private var outputStart = 0

    /// UTF-16 code units turned at a time, in bytes.
    private static let chunk = 1 << 15

    init(_ source: any ByteSource, isBigEndian: Bool) {
        self.source = source
        self.isBigEndian = isBigEndian
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        while outputStart == output.count {
            if try !convert() { return 0 }
        }
        let count = min(buffer.count, output.count - outputStart)
        buffer.copyBytes(from: output[outputStart..<outputStart + count])
        outputStart += count
        return count
    }

    /// Turns one more chunk; false at the end.
    private func convert() throws -> Bool {
        let kept = carry
        var input = [UInt8](repeating: 0, count: kept.count + Self.chunk)
        input.replaceSubrange(0..<kept.count, with: kept)
        let count = try input.withUnsafeMutableBytes {
            try source.fill(UnsafeMutableRawBufferPointer(rebasing: $0[kept.count...]))
        }
        input.removeLast(Self.chunk - count)
        if input.isEmpty { return false }
        var units: [UInt16] = []
        units.reserveCapacity(input.count / 2 + 1)
        for index in stride(from: 0, to: input.count - 1, by: 2) {
            let (first, second) = (UInt16(input[index]), UInt16(input[index + 1]))
            units.append(isBigEndian ? first << 8 | second : second << 8 | first)
        }
        carry = []
        if count > 0 {
            // The second half of a pair, and of a code unit, may come with the next chunk.
            if input.count % 2 == 1 { carry = [input[input.count - 1]] }
            if let last = units.last, UTF16.isLeadSurrogate(last) {
                units.removeLast()
                carry = Array(input.suffix(2 + carry.count))
            }
        } else if input.count % 2 == 1 {
            units.append(0xFFFD)
        }
        output = Array(String(decoding: units, as: UTF16.self).utf8)
        outputStart = 0
        return true
    }
}

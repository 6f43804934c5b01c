/// Bytes in some character set, turned into UTF-8.
final class ConvertedSource: ByteSource {
    private let source: any ByteSource
    private let converter: CharacterSet.Converter
    private var input: [UInt8] = []
    private var output: [UInt8] = []
    private var outputStart = 0
    private var isEnd = false

    /// Bytes turned at a time.
    private static let chunk = 1 << 15

    /// Converts a source; throws when nobody knows the set.
    init(_ source: any ByteSource, from set: String) throws {
        self.source = source
        guard let converter = CharacterSet.Converter(set) else {
            throw ReadingError("the character set \(set) is not known here")
        }
        self.converter = converter
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        while outputStart == output.count {
            if isEnd { return 0 }
            let part = try [UInt8](unsafeUninitializedCapacity: Self.chunk) { buffer, count in
                count = try source.fill(UnsafeMutableRawBufferPointer(buffer))
            }
            isEnd = part.count < Self.chunk
            input += part
            output.removeAll(keepingCapacity: true)
            outputStart = 0
            let taken = input.withUnsafeBytes { converter.convert($0, isEnd: isEnd, to: &output) }
            input.removeFirst(taken)
        }
        let count = min(buffer.count, output.count - outputStart)
        buffer.copyBytes(from: output[outputStart..<outputStart + count])
        outputStart += count
        return count
    }
}

/// A format whose inputs are held whole, and read on whichever thread is free.
protocol WholeFormat: InputFormat {
    /// Bytes that an input may have.
    func maximumBytes(_ limits: ReadingLimits) -> Int

    /// Hands on what an input gives, in its order.
    func read(
        _ bytes: UnsafeRawBufferPointer, of file: InputFile, by reader: DocumentReader, tally: BatchTally,
        into handler: (consuming ReadEvent) throws -> Void
    ) rethrows
}

extension WholeFormat {
    func maximumBytes(_ limits: ReadingLimits) -> Int { limits.maximumDocumentBytes }

    func batches(of input: OpenInput) -> any InputBatchSource { WholeInput(input, format: self) }
}

/// The only batch of an input that is held whole.
private final class WholeInput: InputBatchSource {
    private var input: OpenInput?
    private let format: any WholeFormat

    init(_ input: OpenInput, format: some WholeFormat) {
        self.input = input
        self.format = format
    }

    func next() -> InputBatch? {
        guard let input = input.take() else { return nil }
        do {
            let bytes = try input.stream.readAll(atMost: format.maximumBytes(input.limits))
            return InputBatch(
                file: input.file, bytes: bytes, recordCount: 1, firstLine: 1, contents: WholeContents(format: format),
                encoding: input.encoding)
        } catch {
            return InputBatch(file: input.file, failure: (nil, "\(error)"))
        }
    }
}

private struct WholeContents: BatchContents {
    let format: any WholeFormat

    func read(
        _ bytes: UnsafeRawBufferPointer, of file: InputFile, by reader: DocumentReader, tally: BatchTally,
        into handler: (consuming ReadEvent) throws -> Void
    ) rethrows {
        try format.read(bytes, of: file, by: reader, tally: tally, into: handler)
    }
}

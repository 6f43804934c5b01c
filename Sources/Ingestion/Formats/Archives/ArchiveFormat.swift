/// An archive, walked like a folder: each file in it that is of a known format is read by that, as it comes.
///
/// Files are called after the archive and their path in it: `mail.zip/2019/trip.eml`. They may be archives again, as deep as
/// `UnpackingBudget` allows. A zip or 7z on disk is read by its directory; all others from front to end.
struct ArchiveFormat: InputFormat {
    let name: String
    let extensions: [String]
    let isText = false
    let kind: ArchiveReader.Kind

    static let zip = ArchiveFormat(name: "zip", extensions: ["zip"], kind: .zip)
    static let tar = ArchiveFormat(
        name: "tar", extensions: ["tar", "tgz", "txz", "tbz", "tbz2", "tzst"], kind: .tar)
    static let sevenZip = ArchiveFormat(name: "7z", extensions: ["7z"], kind: .sevenZip)

    func recognition(of beginning: InputBeginning) -> Recognition {
        switch kind {
        // Books and office documents are zips, too, and surer of themselves.
        case .zip: beginning.bytes.starts(with: [0x50, 0x4B, 3, 4]) ? .possible : .none
        case .tar: beginning.bytes.dropFirst(257).starts(with: Array("ustar".utf8)) ? .certain : .none
        case .sevenZip: beginning.bytes.starts(with: [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]) ? .certain : .none
        case .compressed: .none
        }
    }

    func batches(of input: OpenInput) -> any InputBatchSource { ArchivedInputs(input, kind: kind) }
}

/// Reads the files of an archive, one after the other.
private final class ArchivedInputs: InputBatchSource {
    private let input: OpenInput
    private let kind: ArchiveReader.Kind
    private var reader: ArchiveReader?
    private var member: (any InputBatchSource)?
    private var isEnd = false
    private var count = 0

    init(_ input: OpenInput, kind: ArchiveReader.Kind) {
        self.input = input
        self.kind = kind
    }

    func next() -> InputBatch? {
        if isEnd { return nil }
        do {
            if input.depth > UnpackingBudget.maximumDepth {
                throw ReadingError("archives lie in one another deeper than \(UnpackingBudget.maximumDepth) levels")
            }
            let reader = try self.reader ?? open()
            self.reader = reader
            while true {
                if let batch = member?.next() { return batch }
                member = nil
                guard let entry = try reader.next() else { break }
                if let batch = begin(entry, of: reader) { return batch }
            }
            isEnd = true
            try input.stream.drain()
            return nil
        } catch {
            isEnd = true
            let reason = count == 0 ? "\(error)" : "\(error); nothing was read from here on"
            return InputBatch(file: input.file, failure: (nil, reason))
        }
    }

    private func open() throws -> ArchiveReader {
        let encoding = input.encoding
        if kind == .tar {
            return try ArchiveReader(.tar, StreamedArchive(input.stream.remaining), encoding: encoding)
        }
        if input.depth == 0, input.stream.isPlain, !input.file.isStandardInput {
            return try ArchiveReader(
                kind, ArchiveOnDisk(path: input.file.path, size: Int(input.file.size)), encoding: encoding)
        }
        let bytes = try input.stream.readAll(atMost: input.limits.maximumContainerBytes)
        return try ArchiveReader(kind, ArchiveInMemory(owning: bytes), encoding: encoding)
    }

    /// Begins a file of the archive, if it is one to be read; gives what is wrong with it.
    private func begin(_ entry: ArchiveReader.Entry, of reader: ArchiveReader) -> InputBatch? {
        let components = entry.name.split(separator: "/")
        guard entry.isFile, !components.contains(where: { $0.hasPrefix(".") || $0 == "__MACOSX" }),
            let format = DocumentFormat.named(byFile: entry.name, additional: input.mapping.extensions)
                ?? DocumentFormat.named(byPlace: entry.name)
        else { return nil }
        count += 1
        let file = InputFile(
            path: input.file.path + "/" + entry.name, relativePath: input.file.relativePath + "/" + entry.name,
            size: Int64(entry.size ?? 0), modificationTime: entry.modificationTime, format: format)
        if entry.isEncrypted {
            let contents = LeftOutFile(number: count, reason: "\(entry.name): is encrypted; unpack it to have it read")
            return InputBatch(file: file, contents: contents)
        }
        let source = ArchivedFile(reader, budget: input.stream.budget)
        do {
            let stream = try ByteStream(source, budget: input.stream.budget)
            let inner = try InputBatches.source(
                file, stream: stream, mapping: input.mapping, limits: input.limits, depth: input.depth + 1)
            member = MemberBatches(inner, name: entry.name)
            return nil
        } catch {
            return InputBatch(file: file, failure: (nil, "\(entry.name): \(error)"))
        }
    }
}

/// The bytes of the file in an archive that its reader has come to.
private final class ArchivedFile: HashedSource {
    private let reader: ArchiveReader
    private let budget: UnpackingBudget
    /// Nobody compares it: the archive has its own.
    let hash = ContentHash()

    init(_ reader: ArchiveReader, budget: UnpackingBudget) {
        self.reader = reader
        self.budget = budget
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        let count = try reader.read(into: buffer)
        try budget.take(count)
        return count
    }
}

/// The batches of a file in an archive, whose messages name it.
private final class MemberBatches: InputBatchSource {
    private let inner: any InputBatchSource
    private let name: String

    init(_ inner: any InputBatchSource, name: String) {
        self.inner = inner
        self.name = name
    }

    func next() -> InputBatch? {
        guard let batch = inner.next() else { return nil }
        return InputBatch(
            file: batch.file, bytes: batch.bytes, recordCount: batch.recordCount,
            contents: batch.contents.map { MemberContents(inner: $0, name: name) }, encoding: batch.encoding,
            remarks: batch.remarks.map(\.withoutLine),
            failure: batch.failure.map { (nil, MemberContents.reason($0.reason, name: name, line: $0.line)) })
    }
}

private struct MemberContents: BatchContents {
    let inner: any BatchContents
    let name: String

    func read(
        _ bytes: UnsafeRawBufferPointer, of file: InputFile, by reader: DocumentReader, tally: BatchTally,
        into handler: (consuming ReadEvent) throws -> Void
    ) rethrows {
        try inner.read(bytes, of: file, by: reader, tally: tally) { event in
            switch consume event {
            case .document(let document): try handler(.document(document))
            case .skipped(let line, let reason):
                try handler(.skipped(line: line, reason: Self.reason(reason, name: name, line: line)))
            case .stopped(let line, let reason):
                try handler(.stopped(line: nil, reason: Self.reason(reason, name: name, line: line)))
            case .warning(let remark): try handler(.warning(remark.withoutLine))
            }
        }
    }

    static func reason(_ reason: String, name: String, line: Int?) -> String {
        line.map { "\(name):\($0): \(reason)" } ?? "\(name): \(reason)"
    }
}

/// A file of an archive that is there, and cannot be read by anybody without more.
private struct LeftOutFile: BatchContents {
    let number: Int
    let reason: String

    func read(
        _ bytes: UnsafeRawBufferPointer, of file: InputFile, by reader: DocumentReader, tally: BatchTally,
        into handler: (consuming ReadEvent) throws -> Void
    ) rethrows {
        try handler(.skipped(line: number, reason: reason))
    }
}

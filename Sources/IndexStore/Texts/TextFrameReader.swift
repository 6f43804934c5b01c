import CZstd

/// Decompresses the texts of documents. Belongs to one thread at a time.
final class TextFrameReader {
    private let handle: OpaquePointer
    private let load: (UInt32) throws -> TextDictionary?
    private var dictionaries: [UInt32: TextDictionary] = [:]
    /// The last frame with its magic number, and its content: a row's texts are asked for one by one.
    private var frame: [UInt8] = []
    private var content: [UInt8] = []
    private var record: StoredTexts?

    /// Dictionaries that are kept; 16 MB of them.
    private static let dictionaryLimit = 64

    /// Prepares reading.
    ///
    /// - Parameter load: Finds a dictionary by its id.
    init(load: @escaping (UInt32) throws -> TextDictionary?) throws(TextFrameError) {
        guard let handle = ZSTD_createDCtx() else { throw .failed("no memory") }
        self.handle = handle
        self.load = load
    }

    deinit { ZSTD_freeDCtx(handle) }

    /// Hands a text of a document to `body`; nil when the document has none.
    ///
    /// - Complexity: Some 2 µs for each kilobyte of text; nothing when the document is the last one again.
    /// - Throws: ``TextFrameError``, and what loading a dictionary throws.
    func read<Value>(
        _ field: StoredTexts.Field, of bytes: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer?) throws -> Value
    ) throws -> Value {
        let record = try record(of: bytes)
        return try content.withUnsafeBytes { content in
            try body(record.range(of: field).map { UnsafeRawBufferPointer(rebasing: content[$0]) })
        }
    }

    /// Loads dictionaries anew when they are next needed.
    func forgetDictionaries() {
        dictionaries.removeAll()
        record = nil
    }

    private func record(of bytes: UnsafeRawBufferPointer) throws -> StoredTexts {
        if let record, frame.dropFirst(TextFrameFormat.magic.count).elementsEqual(bytes) { return record }
        record = nil
        frame.removeAll(keepingCapacity: true)
        frame += TextFrameFormat.magic
        frame += bytes
        content = [UInt8](repeating: 0, count: try contentSize())
        let id = ZSTD_getDictID_fromFrame(frame, frame.count)
        let count =
            id == 0
            ? ZSTD_decompressDCtx(handle, &content, content.count, frame, frame.count)
            : ZSTD_decompress_usingDDict(
                handle, &content, content.count, frame, frame.count, try dictionary(id).prepared)
        guard ZSTD_isError(count) == 0 else {
            throw TextFrameError.damaged(String(cString: ZSTD_getErrorName(count)))
        }
        guard count == content.count else { throw TextFrameError.damaged("it is shorter than it says") }
        let found = try content.withUnsafeBytes { content throws(TextFrameError) in try StoredTexts(content) }
        record = found
        return found
    }

    /// The size that the frame says its content has, if it can have it.
    private func contentSize() throws(TextFrameError) -> Int {
        let size = ZSTD_getFrameContentSize(frame, frame.count)
        guard size != postil_zstd_content_size_error(), size != postil_zstd_content_size_unknown() else {
            throw .damaged("it has no header")
        }
        let limit = min(TextFrameFormat.maximumContent, frame.count * TextFrameFormat.maximumExpansion)
        guard size <= UInt64(limit) else { throw .damaged("\(frame.count) bytes cannot stand for \(size)") }
        return Int(size)
    }

    private func dictionary(_ id: UInt32) throws -> TextDictionary {
        if let known = dictionaries[id] { return known }
        guard let found = try load(id) else { throw TextFrameError.missingDictionary(id) }
        if dictionaries.count >= Self.dictionaryLimit { dictionaries.removeAll() }
        dictionaries[id] = found
        return found
    }
}

/// What is wrong with a compressed text.
enum TextFrameError: Error, Hashable, CustomStringConvertible {
    /// The bytes do not make sense.
    case damaged(String)
    /// The dictionary that the text was compressed with is not in the file.
    case missingDictionary(UInt32)
    /// zstd could not do what it was asked for.
    case failed(String)

    var description: String {
        switch self {
        case .damaged(let reason): "the compressed text is damaged (\(reason))"
        case .missingDictionary(let id): "the compressed text needs dictionary \(id), which is not there"
        case .failed(let reason): "zstd: \(reason)"
        }
    }
}

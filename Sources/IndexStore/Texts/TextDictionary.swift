import CZstd

/// A dictionary of zstd: pieces of text that frames refer to, and the statistics of their codes.
final class TextDictionary: @unchecked Sendable {
    // Safety: zstd's prepared dictionary is never written to once it is made.
    /// Its id, which frames name.
    let id: UInt32
    let bytes: [UInt8]
    /// The documents that it was made of and for, when that is known.
    let documents: Documents?
    /// zstd's form of it for reading.
    let prepared: OpaquePointer

    /// Which documents a dictionary was made for: those from `first` to `last`, `count` of them.
    struct Documents: Hashable {
        var first: Int64
        var last: Int64
        var count: Int
    }

    /// Prepares a dictionary for reading.
    ///
    /// - Complexity: O(size), some 20 µs.
    init(id: UInt32, bytes: [UInt8], documents: Documents? = nil) throws(TextFrameError) {
        guard let made = ZSTD_createDDict(bytes, bytes.count), ZSTD_getDictID_fromDDict(made) == id else {
            throw .damaged("dictionary \(id) is none")
        }
        self.id = id
        self.bytes = bytes
        self.documents = documents
        prepared = made
    }

    deinit { ZSTD_freeDDict(prepared) }

    /// The row's content: the dictionary as a frame.
    func packed() throws(TextFrameError) -> [UInt8] {
        var frame = [UInt8](repeating: 0, count: ZSTD_compressBound(bytes.count))
        let count = ZSTD_compress(&frame, frame.count, bytes, bytes.count, 9)
        guard ZSTD_isError(count) == 0 else { throw .failed(String(cString: ZSTD_getErrorName(count))) }
        frame.removeSubrange(count...)
        return frame
    }

    /// Reads a row's content.
    convenience init(id: UInt32, packed frame: UnsafeRawBufferPointer, documents: Documents?) throws(TextFrameError) {
        let size = ZSTD_getFrameContentSize(frame.baseAddress, frame.count)
        guard size > 0, size <= UInt64(2 * TextFrameFormat.dictionaryCapacity) else {
            throw .damaged("dictionary \(id) is no frame")
        }
        var bytes = [UInt8](repeating: 0, count: Int(size))
        let count = ZSTD_decompress(&bytes, bytes.count, frame.baseAddress, frame.count)
        guard count == bytes.count else { throw .damaged("dictionary \(id) does not decompress") }
        try self.init(id: id, bytes: bytes, documents: documents)
    }
}

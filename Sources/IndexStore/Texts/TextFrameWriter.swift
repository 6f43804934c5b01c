import CZstd

/// Compresses the texts of documents with one dictionary or none. Any number of threads can do so at once.
package final class TextFrameWriter: @unchecked Sendable {
    // Safety: zstd's prepared dictionary is never written to once it is made.
    let dictionary: TextDictionary?
    private let prepared: OpaquePointer?

    /// Prepares a dictionary for writing.
    ///
    /// - Complexity: O(size), some 2 ms.
    init(_ dictionary: TextDictionary?) throws(TextFrameError) {
        self.dictionary = dictionary
        prepared = dictionary.flatMap { ZSTD_createCDict($0.bytes, $0.bytes.count, TextFrameFormat.level) }
        guard dictionary == nil || prepared != nil else { throw .failed("no memory for a dictionary") }
    }

    deinit { ZSTD_freeCDict(prepared) }

    /// Compresses the texts of documents into their ``NewDocument/frame``.
    ///
    /// - Complexity: Some 7 µs for each kilobyte of text.
    package func pack(_ documents: [NewDocument]) throws {
        let context = try TextFrameContext(self)
        var record: [UInt8] = []
        for new in documents {
            StoredTexts.encode(new.document, into: &record)
            new.frame = try context.frame(of: record)
        }
    }

    /// What zstd needs of one thread.
    struct TextFrameContext: ~Copyable {
        private let handle: OpaquePointer
        private let writer: TextFrameWriter

        init(_ writer: TextFrameWriter) throws(TextFrameError) {
            guard let handle = ZSTD_createCCtx() else { throw .failed("no memory") }
            self.handle = handle
            self.writer = writer
            ZSTD_CCtx_setParameter(handle, ZSTD_c_compressionLevel, TextFrameFormat.level)
            ZSTD_CCtx_refCDict(handle, writer.prepared)
        }

        deinit { ZSTD_freeCCtx(handle) }

        /// The frame of a record, without its magic number.
        func frame(of record: [UInt8]) throws(TextFrameError) -> [UInt8] {
            let capacity = ZSTD_compressBound(record.count)
            var failure: TextFrameError?
            let magic = TextFrameFormat.magic.count
            let whole = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
                let size = ZSTD_compress2(handle, buffer.baseAddress, capacity, record, record.count)
                if ZSTD_isError(size) != 0 {
                    failure = .failed(String(cString: ZSTD_getErrorName(size)))
                } else {
                    count = size
                }
            }
            if let failure { throw failure }
            return Array(whole.dropFirst(magic))
        }
    }
}

import Postings

/// Builds one leaf page after the other in the same memory; see ``LeafPage`` for the grammar.
///
/// Knows where things stand on the page, not what may follow what: that is ``SegmentWriter``'s part.
struct LeafPageWriter: ~Copyable {
    private var content: UnsafeMutableRawBufferPointer
    private var footer: UnsafeMutableRawBufferPointer
    private var lastTermOffset = 0
    private var footerSize = 0
    /// Bytes of header and content.
    private(set) var contentEnd = LeafPage.headerSize
    /// Whether a term begins on the page.
    var hasTerm: Bool { footerSize > 0 }
    /// Whether a row id stands on the page; what follows a term counts as well.
    private(set) var hasRowID = false

    init(pageSize: Int) {
        content = .allocate(byteCount: pageSize * 2 + 64, alignment: 16)
        footer = .allocate(byteCount: pageSize + 64, alignment: 16)
        content.initializeMemory(as: UInt8.self, repeating: 0)
        footer.initializeMemory(as: UInt8.self, repeating: 0)
    }

    deinit {
        content.deallocate()
        footer.deallocate()
    }

    /// Bytes that the page takes as it stands.
    var size: Int { contentEnd + footerSize }
    /// Whether nothing was put on the page yet.
    var isEmpty: Bool { contentEnd == LeafPage.headerSize }

    /// Makes room for `count` bytes of content; only a term longer than the page ever needs it.
    private mutating func reserve(_ count: Int) {
        guard contentEnd + count > content.count else { return }
        let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: (contentEnd + count) * 2, alignment: 16)
        larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: content[..<contentEnd]))
        content.deallocate()
        content = larger
    }

    mutating func append(_ bytes: UnsafeRawBufferPointer) {
        guard let source = bytes.baseAddress else { return }
        reserve(bytes.count)
        // Safety: reserved.
        assert(contentEnd + bytes.count <= content.count)
        (content.baseAddress! + contentEnd).copyMemory(from: source, byteCount: bytes.count)
        contentEnd += bytes.count
    }

    mutating func append(_ value: UInt64) {
        reserve(Varint.maximumLength)
        // Safety: reserved.
        assert(contentEnd + Varint.maximumLength <= content.count)
        contentEnd += Varint.encode(value, to: content.baseAddress! + contentEnd)
    }

    /// Appends a row id or a delta. The first one of a page that stands before any term goes into the header.
    mutating func appendRowID(_ value: UInt64) {
        if !hasRowID {
            putHeader(0, contentEnd)
            hasRowID = true
        }
        append(value)
    }

    /// Notes that a term begins here, and appends it less the `shared` bytes that it begins with like the one before.
    mutating func appendTerm(_ key: UnsafeRawBufferPointer, shared: Int) {
        if footerSize + Varint.maximumLength > footer.count {
            let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: footer.count * 2, alignment: 16)
            larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: footer[..<footerSize]))
            footer.deallocate()
            footer = larger
        }
        let isFirst = !hasTerm
        // Safety: room was made above.
        assert(footerSize + Varint.maximumLength <= footer.count)
        footerSize += Varint.encode(UInt64(contentEnd - lastTermOffset), to: footer.baseAddress! + footerSize)
        lastTermOffset = contentEnd
        if !isFirst { append(UInt64(shared)) }
        append(UInt64(key.count - shared))
        append(UnsafeRawBufferPointer(rebasing: key[shared...]))
        hasRowID = true
    }

    /// The whole page with its header and footer, valid until the next change.
    mutating func finished() -> UnsafeRawBufferPointer {
        putHeader(2, contentEnd)
        let contentSize = contentEnd
        append(UnsafeRawBufferPointer(rebasing: footer[..<footerSize]))
        contentEnd = contentSize
        return UnsafeRawBufferPointer(rebasing: content[..<(contentSize + footerSize)])
    }

    /// Starts an empty page.
    mutating func reset() {
        putHeader(0, 0)
        contentEnd = LeafPage.headerSize
        footerSize = 0
        lastTermOffset = 0
        hasRowID = false
    }

    private mutating func putHeader(_ place: Int, _ value: Int) {
        precondition(value <= 0xFFFF, "a leaf page of \(value) bytes")
        content[place] = UInt8(truncatingIfNeeded: value >> 8)
        content[place + 1] = UInt8(truncatingIfNeeded: value)
    }
}

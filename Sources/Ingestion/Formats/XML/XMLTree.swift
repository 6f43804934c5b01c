import CLibxml2

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// An XML document of a stranger's, parsed by libxml2.
///
/// Nothing is fetched, no outer DTD is read, and no entity takes the place of its name in the tree: libxml2 stops at
/// documents that nest deeper than 256 elements or whose entities grow without measure. What is not well-formed is read up
/// to there.
final class XMLTree {
    private let top: XMLNode.Pointer
    /// What is wrong, and on which line. What came before is in the tree.
    let problem: (line: Int, reason: String)?
    /// The line of the first element that has more attributes than are read, where there is one.
    let surplusLine: Int?
    private let document: xmlDocPtr

    /// The outermost element.
    var root: XMLNode { XMLNode(pointer: top, owner: self) }

    private static let initialised: Void = xmlInitParser()

    /// Parses a document; throws a `ReadingError` when there is nothing in it that could be read.
    ///
    /// - Parameter tally: Where what is odd about its character set is noted.
    convenience init(_ bytes: UnsafeRawBufferPointer, tally: BatchTally = BatchTally()) throws {
        self.init(try Self.parse(bytes, tally: tally))
    }

    /// Parses bytes of its own.
    convenience init(_ bytes: [UInt8], tally: BatchTally = BatchTally()) throws {
        self.init(try bytes.withUnsafeBytes { try Self.parse($0, tally: tally) })
    }

    private init(_ parsed: Parsed) { (document, top, problem, surplusLine) = parsed }

    private typealias Parsed = (
        document: xmlDocPtr, top: XMLNode.Pointer, problem: (line: Int, reason: String)?, surplusLine: Int?
    )

    /// Sees to it that the text is UTF-8 and elements have no more attributes than they may.
    private static func parse(_ bytes: UnsafeRawBufferPointer, tally: BatchTally) throws -> Parsed {
        if let isBigEndian = isBigEndianUTF16(bytes) {
            let hasMark = bytes[0] >= 0xFE
            let source = UTF16Source(BytesSource(Array(bytes.dropFirst(hasMark ? 2 : 0))), isBigEndian: isBigEndian)
            var text: [UInt8] = []
            var buffer = [UInt8](repeating: 0, count: 1 << 16)
            while case let count = try buffer.withUnsafeMutableBytes(source.read), count > 0 {
                text += buffer[..<count]
            }
            return try text.withUnsafeBytes { try parseLimited($0) }
        }
        // UCS-4 and EBCDIC, which nobody writes.
        if bytes.starts(with: [0, 0]) || bytes.starts(with: [0x3C, 0, 0]) || bytes.starts(with: [0x4C, 0x6F, 0xA7]) {
            throw ReadingError("is XML in a character set that is not read; save it as UTF-8")
        }
        if bytes.first(0x1B, from: 0) == nil, TextDecoding.isUTF8(bytes) { return try parseLimited(bytes) }
        var text = TextDecoding.text(bytes, declared: declaredEncoding(bytes), tally: tally)
        return try text.withUTF8 { try parseLimited(UnsafeRawBufferPointer($0)) }
    }

    /// The character set that the first line declares: `<?xml version="1.0" encoding="koi8-r"?>`.
    private static func declaredEncoding(_ bytes: UnsafeRawBufferPointer) -> String? {
        let line = String(decoding: bytes.prefix { $0 != UInt8(ascii: ">") }.prefix(longestDeclaration), as: UTF8.self)
        guard line.contains("<?xml"), let name = line.firstRange(of: "encoding") else { return nil }
        let value = line[name.upperBound...].drop { $0.isWhitespace || $0 == "=" }
        guard let quote = value.first, quote == "\"" || quote == "'" else { return nil }
        return String(value.dropFirst().prefix { $0 != quote })
    }

    /// Bytes of a declaration, beyond which it is none.
    private static let longestDeclaration = 200

    /// Whether it is UTF-16, and which; told by its mark or its first character, `<`.
    private static func isBigEndianUTF16(_ bytes: UnsafeRawBufferPointer) -> Bool? {
        let starts: [(bytes: [UInt8], isBigEndian: Bool)] = [
            ([0xFE, 0xFF], true), ([0, 0x3C, 0], true), ([0xFF, 0xFE], false), ([0x3C, 0], false),
        ]
        guard bytes.count > 3, !(bytes[2] == 0 && bytes[3] == 0) else { return nil }
        return starts.first { bytes.starts(with: $0.bytes) }?.isBigEndian
    }

    /// Parses UTF-8.
    private static func parseLimited(_ bytes: UnsafeRawBufferPointer) throws -> Parsed {
        let attributes = MarkupAttributes(bytes, .xml)
        guard let limited = attributes.limited else { return try parseBounded(bytes) }
        var parsed = try limited.withUnsafeBytes { try parseBounded($0) }
        parsed.surplusLine = attributes.surplusLine
        return parsed
    }

    private static func parseBounded(_ bytes: UnsafeRawBufferPointer) throws -> Parsed {
        _ = initialised
        guard bytes.count > 0, bytes.count < Int(Int32.max), let context = xmlNewParserCtxt() else {
            throw ReadingError("is empty or too large for XML")
        }
        defer { xmlFreeParserCtxt(context) }
        let options = Int32(
            XML_PARSE_RECOVER.rawValue | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue
                | XML_PARSE_NONET.rawValue | XML_PARSE_COMPACT.rawValue)
        // Safety: the parser reads bytes.count bytes and keeps none of them; deinit frees the tree.
        let document = postil_xml_parse(
            context, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(bytes.count), "UTF-8", options)
        let error = context.pointee.lastError
        let reason = error.message.map { String(cString: $0).collapsed } ?? "unknown error"
        guard let document, let root = xmlDocGetRootElement(document) else {
            if let document { xmlFreeDoc(document) }
            throw ReadingError("is not XML (line \(max(1, error.line)): \(reason))")
        }
        let problem: (line: Int, reason: String)? =
            context.pointee.wellFormed == 0
            ? (Int(max(1, error.line)), "is damaged XML (\(reason)); nothing was read from here on") : nil
        return (document, root, problem, nil)
    }

    deinit { xmlFreeDoc(document) }
}

extension BatchTally {
    /// Says that an element of a document, or of one that starts on a line of its file, has more attributes than are read.
    func note(surplusOf tree: XMLTree, startingOn line: Int = 1) {
        guard let place = tree.surplusLine else { return }
        note(.leftOut(reason: MarkupAttributes.surplusReason), line: line + place - 1)
    }
}

/// An element of a tree of libxml2's. One of an `XMLTree` keeps that alive; any other must not outlive its tree.
struct XMLNode {
    typealias Pointer = UnsafeMutablePointer<xmlNode>
    let pointer: Pointer
    private let owner: XMLTree?

    init(pointer: Pointer, owner: XMLTree? = nil) {
        self.pointer = pointer
        self.owner = owner
    }

    /// The 1-based line it starts on.
    var line: Int { xmlGetLineNo(pointer) }

    /// Its name without a namespace's prefix, in lower case.
    var name: String { TreeWalk.element(pointer) ?? "" }

    /// An attribute by its name, whatever its namespace.
    func attribute(_ name: String) -> String? {
        guard let value = xmlGetProp(pointer, name) ?? undeclared(name) else { return nil }
        defer { postil_xml_free(value) }
        return String(cString: value)
    }

    /// All its attributes, names in lower case and without prefixes.
    var attributes: [String: String] {
        var attributes: [String: String] = [:]
        // Safety: libxml2 set these pointers and ends names with a NUL, and the tree is not changed.
        var next = pointer.pointee.properties
        while let attribute = next {
            let name = String(cString: attribute.pointee.name)
            if let value = self.attribute(name) { attributes[name.lowercased()] = value }
            next = attribute.pointee.next
        }
        return attributes
    }

    /// An attribute with the prefix of the element, which nobody declared, so that libxml2 takes it for a part of the names.
    private func undeclared(_ name: String) -> UnsafeMutablePointer<xmlChar>? {
        // Safety: libxml2 ends names with a NUL, and the tree is not changed.
        guard let own = pointer.pointee.name,
            strchr(UnsafeRawPointer(own).assumingMemoryBound(to: CChar.self), 0x3A) != nil,
            let prefix = String(cString: own).split(separator: ":").first
        else { return nil }
        return xmlGetProp(pointer, "\(prefix):\(name)")
    }

    /// An attribute of a namespace.
    func attribute(_ name: String, in namespace: String) -> String? {
        guard let value = xmlGetNsProp(pointer, name, namespace) else { return nil }
        defer { postil_xml_free(value) }
        return String(cString: value)
    }

    /// The elements directly in it.
    var children: [XMLNode] {
        var children: [XMLNode] = []
        // Safety: libxml2 set these pointers, and the tree is not changed.
        var next = pointer.pointee.children
        while let node = next {
            if node.pointee.type == XML_ELEMENT_NODE { children.append(XMLNode(pointer: node, owner: owner)) }
            next = node.pointee.next
        }
        return children
    }

    /// The elements of a name that are directly in it.
    func children(_ name: String) -> [XMLNode] { children.filter { $0.name == name } }

    /// The first element at a path of names.
    func first(_ path: String...) -> XMLNode? {
        var node = self
        for name in path {
            guard let child = node.children.first(where: { $0.name == name }) else { return nil }
            node = child
        }
        return node
    }

    /// All elements of a name below it, in document order.
    func all(_ name: String) -> [XMLNode] {
        var found: [XMLNode] = []
        TreeWalk.forEachNode(below: pointer) { node in
            if TreeWalk.element(node) == name { found.append(XMLNode(pointer: node, owner: owner)) }
            return true
        } leave: { _ in
        }
        return found
    }

    /// Its text and that of all elements in it, in one line; nil when it is blank.
    var text: String? {
        var text = SpacedText()
        TreeWalk.forEachNode(below: pointer) { node in
            text.append(textOf: node)
            return true
        } leave: { _ in
        }
        return text.bytes.isEmpty ? nil : text.text
    }
}

extension XMLNode {
    /// Its text as it stands, with all its white space.
    var verbatim: String {
        var text = SpacedText()
        TreeWalk.forEachNode(below: pointer) { node in
            text.append(textOf: node, isKept: true)
            return true
        } leave: { _ in
        }
        return text.text
    }
}

extension SpacedText {
    /// Appends what a node says that is text: characters, or an entity that stands for one.
    mutating func append(textOf node: UnsafeMutablePointer<xmlNode>, isKept: Bool = false) {
        switch node.pointee.type {
        case XML_TEXT_NODE, XML_CDATA_SECTION_NODE:
            if let content = node.pointee.content { append(content, isKept: isKept) }
        case XML_ENTITY_REF_NODE:
            guard let name = node.pointee.name else { return }
            if let known = htmlEntityLookup(name), let scalar = Unicode.Scalar(known.pointee.value) {
                append(String(Character(scalar)), isKept: isKept)
            } else if let own = xmlGetDocEntity(node.pointee.doc, name), let content = own.pointee.content {
                let text = String(cString: content)
                // A longer one may be made of others, or be there to be repeated.
                if text.utf8.count <= Self.longestEntity, !text.contains(where: { $0 == "&" || $0 == "<" }) {
                    append(text, isKept: isKept)
                }
            }
        default: break
        }
    }

    /// Bytes that an entity may stand for: those of a name or a sign.
    private static let longestEntity = 64
}

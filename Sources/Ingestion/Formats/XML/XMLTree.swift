import CLibxml2

/// An XML document of a stranger's, parsed by libxml2.
///
/// Nothing is fetched, no outer DTD is read, and no entity takes the place of its name in the tree: libxml2 stops at
/// documents that nest deeper than 256 elements or whose entities grow without measure. What is not well-formed is read up
/// to there.
final class XMLTree {
    private let top: XMLNode.Pointer
    /// What is wrong, and on which line. What came before is in the tree.
    let problem: (line: Int, reason: String)?
    private let document: xmlDocPtr

    /// The outermost element.
    var root: XMLNode { XMLNode(pointer: top, owner: self) }

    private static let initialised: Void = xmlInitParser()

    /// Parses a document; throws a `ReadingError` when there is nothing in it that could be read.
    convenience init(_ bytes: UnsafeRawBufferPointer) throws { self.init(try Self.parse(bytes)) }

    /// Parses bytes of its own.
    convenience init(_ bytes: [UInt8]) throws { self.init(try bytes.withUnsafeBytes { try Self.parse($0) }) }

    private init(_ parsed: Parsed) { (document, top, problem) = parsed }

    private typealias Parsed = (document: xmlDocPtr, top: XMLNode.Pointer, problem: (line: Int, reason: String)?)

    private static func parse(_ bytes: UnsafeRawBufferPointer) throws -> Parsed {
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
            context, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(bytes.count), options)
        let error = context.pointee.lastError
        let reason = error.message.map { String(cString: $0).collapsed } ?? "unknown error"
        guard let document, let root = xmlDocGetRootElement(document) else {
            if let document { xmlFreeDoc(document) }
            throw ReadingError("is not XML (line \(max(1, error.line)): \(reason))")
        }
        let problem: (line: Int, reason: String)? =
            context.pointee.wellFormed == 0
            ? (Int(max(1, error.line)), "is damaged XML (\(reason)); nothing was read from here on") : nil
        return (document, root, problem)
    }

    deinit { xmlFreeDoc(document) }
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
        guard let value = xmlGetProp(pointer, name) else { return nil }
        defer { postil_xml_free(value) }
        return String(cString: value)
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

import CLibxml2

/// Walking a tree of libxml2, of HTML or XML, without recursion, since pages nest as deep as they like.
enum TreeWalk {
    /// Calls `enter` with each node below and including `root` in document order; its children are visited when it says
    /// so. Calls `leave` after the children of each element that was entered.
    static func forEachNode(
        below root: UnsafeMutablePointer<xmlNode>, enter: (UnsafeMutablePointer<xmlNode>) -> Bool,
        leave: (UnsafeMutablePointer<xmlNode>) -> Void
    ) {
        // Safety: the tree outlives the walk and is not changed; every pointer is one that libxml2 set.
        var node = root
        while true {
            if enter(node), let child = node.pointee.children, node.pointee.type == XML_ELEMENT_NODE {
                node = child
                continue
            }
            leave(node)
            while node != root, node.pointee.next == nil {
                guard let parent = node.pointee.parent else { return }
                node = parent
                leave(node)
            }
            guard node != root, let next = node.pointee.next else { return }
            node = next
        }
    }

    /// An element's name in lower case, in XML without a prefix; nil for other nodes.
    static func element(_ node: UnsafeMutablePointer<xmlNode>) -> String? {
        guard node.pointee.type == XML_ELEMENT_NODE, let text = node.pointee.name else { return nil }
        let name = String(cString: text).lowercased()
        // libxml2 takes a prefix that nobody declared for a part of the name.
        guard name.utf8.contains(UInt8(ascii: ":")), node.pointee.doc?.pointee.type == XML_DOCUMENT_NODE else {
            return name
        }
        return name.split(separator: ":").last.map(String.init) ?? name
    }

    /// An attribute's value.
    static func attribute(_ name: String, of node: UnsafeMutablePointer<xmlNode>) -> String? {
        guard let value = xmlGetNoNsProp(node, name) else { return nil }
        defer { postil_xml_free(value) }
        return String(cString: value)
    }

    /// The text of a node and all below it.
    static func content(_ node: UnsafeMutablePointer<xmlNode>) -> String? {
        guard let value = xmlNodeGetContent(node) else { return nil }
        defer { postil_xml_free(value) }
        return String(cString: value)
    }
}

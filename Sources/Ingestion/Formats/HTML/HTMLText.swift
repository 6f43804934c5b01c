import CLibxml2

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Gathers the text of a page with the spaces and line ends that its elements mean.
struct HTMLText {
    /// What must stand between two words that elements part.
    private enum Gap: Int { case none, space, line, paragraph }

    private var output: [UInt8] = []
    private var gap = Gap.none
    private var preDepth = 0
    private var headingStart: Int?
    private(set) var firstHeading: String?

    /// The text so far.
    var text: String { String(decoding: output, as: UTF8.self) }

    /// Takes a node; whether its children count.
    mutating func take(_ node: UnsafeMutablePointer<xmlNode>) -> Bool {
        if node.pointee.type == XML_TEXT_NODE || node.pointee.type == XML_CDATA_SECTION_NODE {
            if let content = node.pointee.content { append(content) }
            return false
        }
        guard let element = HTMLWalk.element(node) else { return false }
        // The head's fields are gathered elsewhere, and it has no text of its own.
        if element == "head" { return true }
        if element == "title" || HTMLElements.ignored.contains(element) { return false }
        widen(around: element)
        if element == "pre" { preDepth += 1 }
        if element == "h1", firstHeading == nil { headingStart = output.count }
        if element == "img", let alternative = HTMLWalk.attribute("alt", of: node) {
            alternative.withCString { text in
                text.withMemoryRebound(to: UInt8.self, capacity: strlen(text) + 1) { append($0) }
            }
            widen(to: .space)
        }
        return true
    }

    /// Ends an element.
    mutating func leave(_ node: UnsafeMutablePointer<xmlNode>) {
        guard let element = HTMLWalk.element(node) else { return }
        if element == "pre" { preDepth -= 1 }
        if element == "h1", let start = headingStart {
            firstHeading = String(decoding: output[min(start, output.count)...], as: UTF8.self).collapsed
            headingStart = nil
        }
        widen(around: element)
    }

    private mutating func widen(around element: String) {
        if HTMLElements.inline.contains(element) { return }
        if HTMLElements.paragraphs.contains(element) {
            widen(to: .paragraph)
        } else {
            widen(to: HTMLElements.cells.contains(element) ? .space : .line)
        }
    }

    private mutating func widen(to wider: Gap) {
        if wider.rawValue > gap.rawValue { gap = wider }
    }

    private mutating func append(_ text: UnsafePointer<UInt8>) {
        // Safety: libxml2 and withCString end their texts with a NUL.
        var place = text
        while place.pointee != 0 {
            let byte = place.pointee
            place += 1
            if byte <= 0x20, preDepth == 0 {
                widen(to: .space)
                continue
            }
            closeGap()
            output.append(byte)
        }
    }

    private mutating func closeGap() {
        defer { gap = .none }
        if output.isEmpty { return }
        switch gap {
        case .none: break
        case .space: if output.last.map({ $0 > 0x20 }) ?? false { output.append(0x20) }
        case .line: output.append(0x0A)
        case .paragraph: output += [0x0A, 0x0A]
        }
    }
}

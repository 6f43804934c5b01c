import CLibxml2

/// Where a chapter that was made of a web page says it comes from: "Crossposted from the <a>AI Alignment Forum</a>".
enum ChapterSource {
    /// How such a sentence begins.
    private static let beginnings = [
        "crossposted from", "cross-posted from", "originally published", "originally posted", "originally appeared",
        "first published", "first posted", "published at", "posted at", "read the original", "original:", "source:",
        "retrieved from", "this article was originally", "this post was originally",
    ]
    /// Links to other places that are looked at: the sentence stands at the top, or there is none.
    private static let maximumLinks = 3
    /// Bytes of such a sentence with what stands around it. A longer one says something itself, and stays.
    private static let longestSentence = 300

    /// The link of the sentence, if there is one; the block with the sentence is taken out of the page.
    static func take(from root: UnsafeMutablePointer<xmlNode>) -> String? {
        var links: [(node: UnsafeMutablePointer<xmlNode>, target: String)] = []
        TreeWalk.forEachNode(below: root) { node in
            if links.count == maximumLinks { return false }
            if TreeWalk.element(node) == "a", let target = TreeWalk.attribute("href", of: node),
                target.hasPrefix("http://") || target.hasPrefix("https://")
            {
                links.append((node, target))
            }
            return true
        } leave: { _ in
        }
        for (node, target) in links {
            guard let block = block(around: node), let text = XMLNode(pointer: block).text?.lowercased(),
                text.utf8.count <= longestSentence, beginnings.contains(where: { text.hasPrefix($0) })
            else { continue }
            // Safety: the block belongs to the page's tree, and nothing else refers to it.
            xmlUnlinkNode(block)
            xmlFreeNode(block)
            return target
        }
        return nil
    }

    /// The innermost element around a node that makes a block.
    private static func block(around node: UnsafeMutablePointer<xmlNode>) -> UnsafeMutablePointer<xmlNode>? {
        var above = node.pointee.parent
        while let element = above, let name = TreeWalk.element(element) {
            if ["body", "html", "section", "article", "main"].contains(name) { return nil }
            if !HTMLElements.inline.contains(name) { return element }
            above = element.pointee.parent
        }
        return nil
    }
}

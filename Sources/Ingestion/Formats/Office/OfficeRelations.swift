/// How the files of an Office Open XML package refer to one another.
enum OfficeRelations {
    /// A file that another refers to.
    struct Target: Hashable {
        let path: String
        /// What it is to it: an address that ends in `/footnotes`, `/chart`.
        let type: String
    }

    /// The package's main file, which most programs give the usual name.
    static func main(of files: PackedFiles) -> String? {
        targets(of: "", in: files).values.map { $0 }.sorted { $0.path < $1.path }
            .first { $0.type.hasSuffix("/officeDocument") && files[$0.path] != nil }?.path
    }

    /// What a file refers to, by the ids it uses for that; the package itself is called by nothing.
    static func targets(of file: String, in files: PackedFiles) -> [String: Target] {
        var targets: [String: Target] = [:]
        for relation in relations(of: file, in: files) {
            guard let id = relation.attribute("Id"), let target = relation.attribute("Target"),
                relation.attribute("TargetMode") != "External"
            else { continue }
            targets[id] = Target(
                path: PackedFiles.path(of: target, from: file), type: relation.attribute("Type") ?? "")
        }
        return targets
    }

    /// Where the links of a file lead, by the ids it uses for that.
    static func links(of file: String, in files: PackedFiles) -> [String: String] {
        var links: [String: String] = [:]
        for relation in relations(of: file, in: files) where relation.attribute("TargetMode") == "External" {
            guard let id = relation.attribute("Id"), let target = relation.attribute("Target") else { continue }
            links[id] = target
        }
        return links
    }

    /// What is said of a file in another that lies beside it.
    private static func relations(of file: String, in files: PackedFiles) -> [XMLNode] {
        let slash = file.lastIndex(of: "/")
        let folder = slash.map { String(file[...$0]) } ?? ""
        let name = folder + "_rels/" + file[(slash.map(file.index(after:)) ?? file.startIndex)...] + ".rels"
        return files[name].flatMap { try? XMLTree($0) }?.root.children("relationship") ?? []
    }

    /// Files whose names say that there is no text in them: how things look, and what other programs keep in the package.
    private static let silent = [
        "theme", "styles", "settings", "websettings", "fonttable", "numbering", "customxml", "slidelayouts",
        "slidemasters", "handoutmasters", "notesmasters", "tablestyles", "presprops", "viewprops",
    ]

    /// Whether a file in a package may hold text or relations.
    static func mayBeText(_ name: String) -> Bool {
        let lower = name.lowercased()
        guard lower.hasSuffix(".xml") || lower.hasSuffix(".rels") else { return false }
        return !lower.split(separator: "/").contains { part in
            silent.contains {
                part == $0 || part.hasPrefix($0) && part.dropFirst($0.utf8.count).first.map { !$0.isLetter } ?? true
            }
        }
    }

    /// Appends what charts and diagrams say: their titles, and the names of what they show, not its numbers.
    static func appendDrawings(_ targets: [String: Target], of files: PackedFiles, to text: inout SpacedText) {
        let kinds = ["/chart", "/chartEx", "/diagramData"]
        let paths = targets.values.filter { target in kinds.contains(where: target.type.hasSuffix) }.map(\.path)
        for path in Set(paths).sorted() {
            guard let tree = files[path].flatMap({ try? XMLTree($0) }) else { continue }
            text.part(by: .paragraph)
            TreeWalk.forEachNode(below: tree.root.pointer) { node in
                switch TreeWalk.element(node) {
                case "t", "v":
                    var child = node.pointee.children
                    while let next = child {
                        text.append(textOf: next)
                        child = next.pointee.next
                    }
                    text.part(by: .space)
                    return false
                case "numcache", "numlit", "externaldata": return false
                case "p": text.part(by: .line)
                default: break
                }
                return true
            } leave: { node in
                if ["p", "tx", "cat", "pt"].contains(TreeWalk.element(node) ?? "") { text.part(by: .space) }
            }
            text.part(by: .paragraph)
        }
    }
}

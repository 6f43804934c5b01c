import Documents

/// How stored values of a field become those that people count.
package enum ValueParts: Sendable {
    /// Each is one value.
    case whole
    /// Each is a list: the texts between its separators, of objects their names.
    case list
    /// Each names people, as an author does.
    case people
    /// Each is JSON, of which the values at a path count: those at `k` of `{"k": "v"}`.
    case nested([String])

    /// How metadata of a name are read.
    init(ofMetadata name: String, isList: Bool) {
        self = !isList ? .whole : MetadataLists.areOfPeople(name) ? .people : .list
    }

    /// The values in a stored one, those of one spelling once.
    package func values(of value: String) -> [String] {
        let values: [String]
        switch self {
        case .whole: return [value]
        case .list:
            values = value.hasPrefix("{") ? NestedValue.texts(at: [], in: value) : MetadataLists.values(of: value)
        case .people: values = PersonNames.names(in: value)
        case .nested(let path): values = NestedValue.texts(at: path, in: value)
        }
        guard values.count > 1 else { return values }
        var seen: Set<ValueSpelling> = []
        return values.filter { seen.insert(ValueSpelling($0)).inserted }
    }

    /// The values that a document's metadata have for a name, as they are counted: `key` itself in any case, a list's one by one, and
    /// what JSON has at a path (`obj.k`).
    package static func values(of key: String, in metadata: [String: String], lists: Set<String>) -> [String] {
        var found: [String] = []
        func add(_ name: String, _ parts: (String) -> ValueParts) {
            let folded = name.lowercased()
            for (name, value) in metadata.sorted(by: { $0.key < $1.key }) where name.lowercased() == folded {
                found += parts(name).values(of: value)
            }
        }
        add(key) { ValueParts(ofMetadata: $0, isList: lists.contains($0)) }
        for (name, path) in NestedValue.places(of: key) { add(name) { _ in .nested(path) } }
        return found
    }
}

/// Values within metadata that is JSON: `obj.k` of `{"obj": {"k": "v"}}`.
package enum NestedValue {
    /// The ways to read a name: `a.b.c` is `b.c` within `a`, and `c` within `a.b`.
    package static func places(of name: String) -> [(name: String, path: [String])] {
        let parts = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count > 1, !parts.contains("") else { return [] }
        return (1..<parts.count).map { (parts[..<$0].joined(separator: "."), Array(parts[$0...])) }
    }

    /// The texts, numbers and truth values at a path, those of lists one by one; of an object at the end of the path its name.
    /// Nothing for what is no JSON.
    ///
    /// - Complexity: O(bytes).
    package static func texts(at path: [String], in value: String) -> [String] {
        var value = value
        return value.withUTF8 { bytes in
            guard bytes.first == UInt8(ascii: "{") || bytes.first == UInt8(ascii: "[") else { return [] }
            var reader = Reader(bytes)
            // A list of objects is kept as these with commas between them.
            repeat { reader.read(path[...], depth: 0) } while reader.take(",") && !reader.isDamaged
            return reader.isDamaged || !reader.isAtEnd ? [] : reader.texts
        }
    }

    private struct Reader {
        private let bytes: UnsafeBufferPointer<UInt8>
        private var place = 0
        private(set) var texts: [String] = []
        private(set) var isDamaged = false

        /// Deeper lists and objects are no values of metadata, but an attack on the stack.
        private static let deepest = 64

        init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

        var isAtEnd: Bool { place == bytes.count }

        private mutating func skipBlanks() {
            while place < bytes.count, bytes[place] <= 0x20 { place += 1 }
        }

        mutating func take(_ sign: Unicode.Scalar) -> Bool {
            skipBlanks()
            guard place < bytes.count, bytes[place] == UInt8(ascii: sign) else { return false }
            place += 1
            skipBlanks()
            return true
        }

        /// Reads a value, and takes what is at the path within it; nil as path takes nothing.
        mutating func read(_ path: ArraySlice<String>?, depth: Int) {
            guard depth < Self.deepest else { return damage() }
            if take("{") { return readObject(path, depth: depth) }
            if take("[") {
                if take("]") { return }
                repeat { read(path, depth: depth + 1) } while !isDamaged && take(",")
                if !take("]") { damage() }
                return
            }
            let text = scalar()
            if let path, path.isEmpty, let text, !text.isEmpty { texts.append(text) }
        }

        private mutating func readObject(_ path: ArraySlice<String>?, depth: Int) {
            if take("}") { return }
            let before = texts.count
            var names: [String: String] = [:]
            repeat {
                guard let key = string(), take(":") else { return damage() }
                if let path, let wanted = path.first {
                    read(key.lowercased() == wanted.lowercased() ? path.dropFirst() : nil, depth: depth + 1)
                } else if path != nil, MetadataLists.nameKeys.contains(key) {
                    read([], depth: depth + 1)
                    if texts.count > before { names[key] = texts[before] }
                    texts.removeSubrange(before...)
                } else {
                    read(nil, depth: depth + 1)
                }
            } while !isDamaged && take(",")
            if !take("}") { return damage() }
            if let name = MetadataLists.nameKeys.lazy.compactMap({ names[$0] }).first { texts.append(name) }
        }

        private mutating func damage() { isDamaged = true }

        /// A string, number, `true` or `false`; nil for `null`.
        private mutating func scalar() -> String? {
            skipBlanks()
            if place < bytes.count, bytes[place] == UInt8(ascii: "\"") {
                let text = string()
                if text == nil { damage() }
                return text
            }
            let start = place
            while place < bytes.count, bytes[place] > 0x20, !",]}".utf8.contains(bytes[place]) { place += 1 }
            let text = String(decoding: bytes[start..<place], as: UTF8.self)
            if text.isEmpty { damage() }
            return text == "null" ? nil : text
        }

        private mutating func string() -> String? {
            skipBlanks()
            guard place < bytes.count, bytes[place] == UInt8(ascii: "\"") else { return nil }
            let start = place
            place += 1
            var isEscaped = false
            while place < bytes.count, bytes[place] != UInt8(ascii: "\"") {
                if bytes[place] == UInt8(ascii: "\\") {
                    isEscaped = true
                    place += 1
                }
                place += 1
            }
            guard place < bytes.count else { return nil }
            place += 1
            if isEscaped { return MetadataJSON.text(Array(bytes[start..<place])) }
            return String(decoding: bytes[start + 1..<place - 1], as: UTF8.self)
        }
    }
}

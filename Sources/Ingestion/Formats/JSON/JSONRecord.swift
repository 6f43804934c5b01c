import Documents

/// An object among the values of a `JSONTape`, read where it lies.
struct JSONRecord: Record {
    let bytes: UnsafeRawBufferPointer
    /// The tape's nodes, borrowed: a record lives while its tape is not scanned anew.
    let nodes: UnsafeBufferPointer<JSONTape.Node>
    let names: FieldNames
    let tally: BatchTally
    private(set) var root = 0
    /// The value of each field of the mapping, -1 without. Borrowed, with room for all.
    private let places: UnsafeMutableBufferPointer<Int>
    /// The key of the first field that is none of the mapping's; nil when there is none.
    private var firstOther: Int?

    /// The value at the root of a tape.
    init(
        bytes: UnsafeRawBufferPointer, nodes: UnsafeBufferPointer<JSONTape.Node>, names: FieldNames,
        places: UnsafeMutableBufferPointer<Int>, tally: BatchTally
    ) {
        assert(places.count == names.count)
        self.bytes = bytes
        self.nodes = nodes
        self.names = names
        self.places = places
        self.tally = tally
        move(to: 0)
    }

    /// Goes to another object of the tape, and finds the mapping's fields in it: of several with one name the last, as most
    /// readers of JSON have it.
    mutating func move(to node: Int) {
        root = node
        firstOther = nil
        places.update(repeating: -1)
        guard nodes[node].kind == .object else { return }
        let end = Int(nodes[node].next)
        var key = node + 1
        while key + 1 < end {
            if let number = number(of: key) { places[number] = key + 1 } else { firstOther = firstOther ?? key }
            key = Int(nodes[key + 1].next)
        }
    }

    /// The number of a key among the mapping's fields.
    @inline(__always)
    private func number(of key: Int) -> Int? {
        nodes[key].kind == .string
            ? names.number(of: slice(of: key)) : names.number(of: JSONStringDecoder.unescaped(slice(of: key)))
    }

    func has(_ field: Int) -> Bool { places[field] >= 0 }

    func text(of field: Int, joinedBy separator: String) -> String? {
        let value = places[field]
        if value < 0 { return nil }
        if nodes[value].kind != .array, nodes[value].kind != .object { return scalarText(of: value) }
        var texts: [String] = []
        appendTexts(of: value, to: &texts)
        return texts.isEmpty ? nil : texts.joined(separator: separator)
    }

    func text(at path: FieldPath, joinedBy separator: String) -> String? {
        if let name = path.onlyName {
            guard let value = member(name, of: root) else { return nil }
            if nodes[value].kind != .array, nodes[value].kind != .object { return scalarText(of: value) }
        }
        let all = texts(at: path)
        return all.isEmpty ? nil : all.joined(separator: separator)
    }

    func texts(at path: FieldPath) -> [String] {
        var texts: [String] = []
        if let name = path.onlyName {
            if let value = member(name, of: root) { appendTexts(of: value, to: &texts) }
            return texts
        }
        forEachValue(at: path.steps[...], below: root) { appendTexts(of: $0, to: &texts) }
        return texts
    }

    func labels(at path: FieldPath) -> [String] {
        var labels: [String] = []
        forEachValue(at: path.steps[...], below: root) { appendLabels(of: $0, to: &labels) }
        return labels
    }

    func isList(at path: FieldPath) -> Bool {
        var isList = path.namesElements
        forEachValue(at: path.steps[...], below: root) { if nodes[$0].kind == .array { isList = true } }
        return isList
    }

    /// Takes a value apart: a list into its elements, and an object into its name (see `TagList`).
    func appendLabels(of node: Int, to labels: inout [String]) {
        switch nodes[node].kind {
        case .array: forEachChild(of: node) { appendLabels(of: $0, to: &labels) }
        case .object:
            var texts: [String: String] = [:]
            forEachMember(of: node) { key, value in
                let name = string(of: key)
                if MetadataLists.nameKeys.contains(name) { texts[name] = scalarText(of: value) }
            }
            if let label = MetadataLists.nameKeys.lazy.compactMap({ texts[$0] }).first { labels.append(label) }
        default:
            if let text = scalarText(of: node) { labels.append(text) }
        }
    }

    func people(at path: FieldPath) -> [String] {
        var people: [String] = []
        var isOfParts = false
        forEachValue(at: path.steps[...], below: root) { appendPeople(of: $0, to: &people, &isOfParts) }
        return people.asPeople(ofParts: isOfParts)
    }

    /// Takes a value apart: a list into its elements, and an object into the person that it names. Recursive, no deeper than the
    /// tape allows.
    private func appendPeople(of node: Int, to people: inout [String], _ isOfParts: inout Bool) {
        switch nodes[node].kind {
        case .array: forEachChild(of: node) { appendPeople(of: $0, to: &people, &isOfParts) }
        case .object:
            isOfParts = true
            var parts = PersonParts()
            forEachMember(of: node) { key, value in
                if nodes[value].kind == .object, PersonParts.isPerson(string(of: key)) {
                    var inner: [String] = []
                    appendPeople(of: value, to: &inner, &isOfParts)
                    parts.add(person: inner.first)
                } else if let text = scalarText(of: value) {
                    parts.add(string(of: key), text)
                }
            }
            if let name = parts.name { people.append(name) }
        default:
            if let text = scalarText(of: node) { people.append(text) }
        }
    }

    func otherText(of field: Int) -> String? { has(field) ? anyText(of: places[field]) : nil }

    func otherFields(atMost limit: Int) -> (fields: [OtherField], isCut: Bool) {
        var fields: [OtherField] = []
        guard var key = firstOther else { return (fields, false) }
        let end = Int(nodes[root].next)
        while key + 1 < end {
            if number(of: key) == nil, let text = anyText(of: key + 1) {
                if fields.count == limit { return (fields, true) }
                fields.append(
                    OtherField(name: string(of: key), text: text, isList: nodes[key + 1].kind == .array))
            }
            key = Int(nodes[key + 1].next)
        }
        return (fields, false)
    }

    var fieldNames: [String] {
        var names: [String] = []
        forEachMember(of: root) { key, _ in
            let name = string(of: key)
            if !name.isEmpty { names.append(name) }
        }
        return names
    }

    /// Calls `body` with each value that a path leads to. The recursion is as deep as the path is long.
    func forEachValue(at steps: ArraySlice<FieldPath.Step>, below node: Int, _ body: (Int) -> Void) {
        guard let step = steps.first else { return body(node) }
        let rest = steps.dropFirst()
        switch step {
        case .name(let name):
            if let value = member(name, of: node) { forEachValue(at: rest, below: value, body) }
        case .elements:
            guard nodes[node].kind == .array else { return }
            forEachChild(of: node) { forEachValue(at: rest, below: $0, body) }
        case .values:
            forEachMember(of: node) { _, value in forEachValue(at: rest, below: value, body) }
        }
    }

    /// The value of a key; of several equal keys the last, as most readers of JSON have it.
    private func member(_ name: FieldPath.FieldName, of node: Int) -> Int? {
        var found: Int?
        forEachMember(of: node) { key, value in
            if isKey(key, name) { found = value }
        }
        return found
    }

    @inline(__always)
    private func isKey(_ key: Int, _ name: FieldPath.FieldName) -> Bool {
        let node = nodes[key]
        if node.kind == .escapedString { return JSONStringDecoder.unescaped(slice(of: key)) == name.text }
        guard Int(node.end - node.start) == name.bytes.count else { return false }
        return slice(of: key).elementsEqual(name.bytes)
    }

    @inline(__always)
    func forEachMember(of node: Int, _ body: (_ key: Int, _ value: Int) -> Void) {
        guard nodes[node].kind == .object else { return }
        let end = Int(nodes[node].next)
        var key = node + 1
        while key + 1 < end {
            body(key, key + 1)
            key = Int(nodes[key + 1].next)
        }
    }

    @inline(__always)
    func forEachChild(of node: Int, _ body: (Int) -> Void) {
        let end = Int(nodes[node].next)
        var child = node + 1
        while child < end {
            body(child)
            child = Int(nodes[child].next)
        }
    }

    private func appendTexts(of node: Int, to texts: inout [String]) {
        if nodes[node].kind == .array {
            forEachChild(of: node) { child in
                if let text = scalarText(of: child) { texts.append(text) }
            }
        } else if nodes[node].kind == .object {
            var members: [(name: String, text: String)] = []
            forEachMember(of: node) { key, value in
                if let text = scalarText(of: value) { members.append((string(of: key), text)) }
            }
            texts += HeldText.texts(among: members)
        } else if let text = scalarText(of: node) {
            texts.append(text)
        }
    }

    /// The text of a string, number or boolean, unless it is blank.
    private func scalarText(of node: Int) -> String? {
        switch nodes[node].kind {
        case .object, .array, .null: return nil
        case .trueLiteral: return "true"
        case .falseLiteral: return "false"
        case .number: return String(decoding: slice(of: node), as: UTF8.self)
        case .string, .escapedString:
            let text = string(of: node)
            return text.isBlank ? nil : text
        }
    }

    private func anyText(of node: Int) -> String? {
        switch nodes[node].kind {
        case .object:
            return nodes[node].next == node + 1 ? nil : String(decoding: slice(of: node), as: UTF8.self)
        case .array:
            var texts: [String] = []
            var isFlat = true
            forEachChild(of: node) { child in
                if let text = anyText(of: child) { texts.append(text) }
                if nodes[child].kind == .array { isFlat = false }
            }
            return texts.isEmpty ? nil : MetadataLists.text(of: texts, isFlat: isFlat)
        default:
            return scalarText(of: node)
        }
    }

    /// The text of a string; damage is noted in the tally, text by text.
    func string(of node: Int) -> String {
        let slice = slice(of: node)
        let (isEscaped, isUTF8) = (nodes[node].kind == .escapedString, nodes[node].isASCII)
        if isEscaped {
            if isUTF8 || TextDecoding.isUTF8(slice) { return JSONStringDecoder.unescaped(slice) }
            let unescaped = [UInt8](unsafeUninitializedCapacity: slice.count) { output, count in
                count = JSONStringDecoder.unescape(slice, into: output)
            }
            return unescaped.withUnsafeBytes { TextDecoding.text($0, tally: tally) }
        }
        return isUTF8 ? String(decoding: slice, as: UTF8.self) : TextDecoding.text(slice, tally: tally)
    }

    @inline(__always)
    private func slice(of node: Int) -> UnsafeRawBufferPointer {
        let (start, end) = (Int(nodes[node].start), Int(nodes[node].end))
        // Safety: the scanner noted only places within the bytes it was given.
        assert(start <= end && end <= bytes.count)
        return UnsafeRawBufferPointer(rebasing: bytes[start..<end])
    }
}

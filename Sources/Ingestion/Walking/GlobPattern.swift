/// A shell-style pattern over `/`-separated paths, with git's rules.
///
/// `*` and `?` match within one path component, `[a-z]`, `[!a-z]` and `[[:alpha:]]` one character, `\` takes the next
/// character literally, and a component `**` matches any number of components, none included.
///
/// Matching is by bytes except that `?`, classes and `*` step over whole Unicode scalars. Worst case
/// O(pattern × text) per component; there is no exponential case, since only the last `*` (and the last `**`) is ever
/// tried again.
package struct GlobPattern: Hashable, Sendable {
    private enum Component: Hashable {
        case anyDepth
        case literal(String)
        case wildcard([Element])
    }

    private enum Element: Hashable {
        case scalar(Unicode.Scalar)
        case anyScalar
        case anyText
        case oneOf(ScalarClass)
    }

    private let components: [Component]
    /// What a name has to begin and end with that the last component matches, as far as ASCII tells: most patterns are ruled out by
    /// that for most names, and a walk tries each on each.
    private let ends: (first: [UInt8], last: [UInt8], isWhole: Bool)

    /// Parses a pattern; any text is one.
    init(_ pattern: some StringProtocol) {
        components = pattern.split(separator: "/").map { part in
            if part == "**" { return .anyDepth }
            let elements = Self.elements(of: part)
            let literal = elements.compactMap { element -> Unicode.Scalar? in
                if case .scalar(let scalar) = element { return scalar }
                return nil
            }
            guard literal.count == elements.count else { return .wildcard(elements) }
            return .literal(String(String.UnicodeScalarView(literal)))
        }
        ends = Self.ends(of: components.last)
    }

    private static func ends(of component: Component?) -> (first: [UInt8], last: [UInt8], isWhole: Bool) {
        switch component {
        case .literal(let text) where text.utf8.allSatisfy { $0 < 0x80 }: return (Array(text.utf8), [], true)
        case .wildcard(let elements):
            func byte(_ element: Element) -> UInt8? {
                if case .scalar(let scalar) = element, scalar.isASCII { UInt8(scalar.value) } else { nil }
            }
            let first = elements.prefix { byte($0) != nil }.compactMap(byte)
            let last = elements.reversed().prefix { byte($0) != nil }.compactMap(byte)
            return (first, last.reversed(), false)
        default: return ([], [], false)
        }
    }

    /// False when the pattern matches no path with this last name.
    ///
    /// - Parameter name: Its bytes, all in ASCII: what is not may be equal to other bytes.
    func mayMatch(last name: [UInt8]) -> Bool {
        ends.isWhole
            ? name == ends.first
            : name.count >= ends.first.count && name.count >= ends.last.count && name.starts(with: ends.first)
                && name.suffix(ends.last.count).elementsEqual(ends.last)
    }

    /// Patterns are equal when their components are.
    package static func == (left: GlobPattern, right: GlobPattern) -> Bool { left.components == right.components }

    /// Hashes the components.
    package func hash(into hasher: inout Hasher) { hasher.combine(components) }

    /// Whether a text has a character that makes it a pattern.
    package static func isPattern(_ text: some StringProtocol) -> Bool { text.contains { "*?[".contains($0) } }

    /// Whether the whole path, given by its components, matches.
    func matches(_ path: some Collection<Substring>) -> Bool {
        let names = Array(path)
        var component = 0
        var name = 0
        var retry: (component: Int, name: Int)?
        while true {
            if component < components.count, components[component] == .anyDepth {
                // A final `**` matches what lies below a folder, not the folder itself.
                if component == components.count - 1 { return name < names.count }
                component += 1
                retry = (component, name)
            } else if name < names.count, component < components.count, Self.matches(components[component], names[name])
            {
                component += 1
                name += 1
            } else if name == names.count, component == components.count {
                return true
            } else if let last = retry, last.name < names.count {
                retry = (last.component, last.name + 1)
                component = last.component
                name = last.name + 1
            } else {
                return false
            }
        }
    }

    private static func matches(_ component: Component, _ name: Substring) -> Bool {
        switch component {
        case .anyDepth: return true
        case .literal(let text): return name == text
        case .wildcard(let elements): return matches(elements, name.unicodeScalars)
        }
    }

    private static func matches(_ elements: [Element], _ text: Substring.UnicodeScalarView) -> Bool {
        var element = 0
        var place = text.startIndex
        var retry: (element: Int, place: Substring.UnicodeScalarView.Index)?
        while true {
            if element < elements.count, elements[element] == .anyText {
                element += 1
                retry = (element, place)
            } else if place < text.endIndex, element < elements.count, matches(elements[element], text[place]) {
                element += 1
                place = text.index(after: place)
            } else if place == text.endIndex, element == elements.count {
                return true
            } else if let last = retry, last.place < text.endIndex {
                retry = (last.element, text.index(after: last.place))
                element = last.element
                place = text.index(after: last.place)
            } else {
                return false
            }
        }
    }

    private static func matches(_ element: Element, _ scalar: Unicode.Scalar) -> Bool {
        switch element {
        case .scalar(let expected): return scalar == expected
        case .anyScalar, .anyText: return true
        case .oneOf(let members): return members.contains(scalar)
        }
    }

    private static func elements(of component: some StringProtocol) -> [Element] {
        var rest = Array(component.unicodeScalars)[...]
        var elements: [Element] = []
        while let scalar = rest.popFirst() {
            switch scalar {
            case "*":
                if elements.last != .anyText { elements.append(.anyText) }
            case "?":
                elements.append(.anyScalar)
            case "[":
                if let members = ScalarClass(parsing: &rest) {
                    elements.append(.oneOf(members))
                } else {
                    elements.append(.scalar(scalar))
                }
            case "\\":
                elements.append(.scalar(rest.popFirst() ?? scalar))
            default:
                elements.append(.scalar(scalar))
            }
        }
        return elements
    }
}

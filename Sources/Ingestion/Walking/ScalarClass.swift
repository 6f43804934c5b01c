/// A bracket expression of a glob: `[abc]`, `[a-z]`, `[!0-9]`, `[[:alpha:]]`.
struct ScalarClass: Hashable, Sendable {
    private var ranges: [ClosedRange<Unicode.Scalar>] = []
    private var isNegated = false

    /// Reads the expression whose `[` has been taken; leaves `rest` untouched and gives nil when it has no end.
    init?(parsing rest: inout ArraySlice<Unicode.Scalar>) {
        var input = rest
        if input.first == "!" || input.first == "^" {
            isNegated = true
            input.removeFirst()
        }
        var isFirst = true
        while let scalar = input.popFirst() {
            // A `]` in first place is a member.
            if scalar == "]", !isFirst {
                rest = input
                return
            }
            isFirst = false
            if scalar == "[", input.first == ":", let named = Self.namedRanges(parsing: &input) {
                ranges += named
                continue
            }
            let lower = scalar == "\\" ? input.popFirst() ?? scalar : scalar
            guard input.first == "-", let next = input.dropFirst().first, next != "]" else {
                ranges.append(lower...lower)
                continue
            }
            input.removeFirst(2)
            let upper = next == "\\" ? input.popFirst() ?? next : next
            if lower <= upper { ranges.append(lower...upper) }
        }
        return nil
    }

    /// Whether a scalar belongs to the class.
    func contains(_ scalar: Unicode.Scalar) -> Bool {
        ranges.contains { $0.contains(scalar) } != isNegated
    }

    private static func namedRanges(parsing rest: inout ArraySlice<Unicode.Scalar>) -> [ClosedRange<Unicode.Scalar>]? {
        guard let end = rest.dropFirst().firstIndex(of: ":"), rest[end...].dropFirst().first == "]" else { return nil }
        let name = String(String.UnicodeScalarView(rest[rest.startIndex..<end].dropFirst()))
        guard let ranges = posixClasses[name] else { return nil }
        rest = rest[(end + 2)...]
        return ranges
    }

    private static let posixClasses: [String: [ClosedRange<Unicode.Scalar>]] = [
        "alpha": ["a"..."z", "A"..."Z"],
        "digit": ["0"..."9"],
        "alnum": ["a"..."z", "A"..."Z", "0"..."9"],
        "upper": ["A"..."Z"],
        "lower": ["a"..."z"],
        "space": [" "..." ", "\t"..."\r"],
        "blank": [" "..." ", "\t"..."\t"],
        "punct": ["!"..."/", ":"..."@", "["..."`", "{"..."~"],
        "xdigit": ["0"..."9", "a"..."f", "A"..."F"],
    ]
}

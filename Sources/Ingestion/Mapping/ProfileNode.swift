import Yams

/// A node of a profile with the name of the file it stands in, so that every error has a place.
package struct ProfileNode {
    package let node: Node
    package let origin: String

    package init(node: Node, origin: String) {
        self.node = node
        self.origin = origin
    }

    package func error(_ message: String) -> ProfileError {
        ProfileError(path: origin, line: node.mark?.line, message: message)
    }

    /// The children of a mapping in order. Keys that are not among `known` are an error.
    package func members(known: [String], in place: String) throws(ProfileError) -> [(name: String, value: ProfileNode)]
    {
        guard let mapping = node.mapping else {
            throw error("\(place) must be a mapping of \(known.joined(separator: ", "))")
        }
        var members: [(name: String, value: ProfileNode)] = []
        for (key, value) in mapping {
            let name = try ProfileNode(node: key, origin: origin).text(in: place)
            guard known.isEmpty || known.contains(name) else {
                throw ProfileNode(node: key, origin: origin)
                    .error("\(place) has no \"\(name)\"; it has \(known.joined(separator: ", "))")
            }
            members.append((name, ProfileNode(node: value, origin: origin)))
        }
        return members
    }

    /// The elements of a list; a single value counts as a list of one.
    package var elements: [ProfileNode] {
        guard let sequence = node.sequence else { return [self] }
        return sequence.map { ProfileNode(node: $0, origin: origin) }
    }

    package func text(in place: String) throws(ProfileError) -> String {
        guard let scalar = node.scalar else { throw error("\(place) must be a text") }
        return scalar.string
    }

    package func choice<Choice: RawRepresentable & CaseIterable>(
        of type: Choice.Type, in place: String
    ) throws(ProfileError) -> Choice where Choice.RawValue == String {
        let text = try text(in: place)
        guard let choice = Choice(rawValue: text) else {
            let names = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            throw error("\(place) is \"\(text)\"; it can be \(names)")
        }
        return choice
    }

    /// Runs a parser of the node's text and gives what it throws a place.
    package func parsed<Value>(in place: String, _ parse: (String) throws -> Value) throws(ProfileError) -> Value {
        let text = try text(in: place)
        do { return try parse(text) } catch { throw self.error("\(error)") }
    }
}

/// What is wrong in a profile, and where.
public struct ProfileError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The file, or the name of a profile that is compiled in.
    public var path: String
    /// 1-based line in it, when known.
    public var line: Int?
    /// What is wrong and what would be right.
    public var message: String

    /// Says what is wrong and where.
    package init(path: String, line: Int?, message: String) {
        self.path = path
        self.line = line
        self.message = message
    }

    /// `path:line: message`.
    public var description: String { "\(path)\(line.map { ":\($0)" } ?? ""): \(message)" }
}

extension Error {
    /// The 1-based line that Yams complains about.
    var line: Int? {
        switch self as? YamlError {
        case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _): mark.line
        case .duplicatedKeysInMapping(_, let context): context.mark.line
        default: nil
        }
    }

    /// What Yams says, in one line and without the source text.
    var summary: String {
        switch self as? YamlError {
        case .scanner(let context, let problem, _, _), .parser(let context, let problem, _, _),
            .composer(let context, let problem, _, _):
            ([problem] + (context.map { [$0.text] } ?? [])).joined(separator: " ")
        case .reader(let problem, _, _, _): problem
        case .duplicatedKeysInMapping(let names, _): "given twice: \(names.joined(separator: ", "))"
        case let error?: "\(error)"
        case nil: "\(self)"
        }
    }
}

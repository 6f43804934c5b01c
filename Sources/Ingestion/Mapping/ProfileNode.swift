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

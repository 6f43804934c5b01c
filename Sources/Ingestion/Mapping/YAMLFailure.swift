import Yams

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

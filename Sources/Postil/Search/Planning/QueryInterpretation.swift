import QueryLanguage
import Ranking

/// How a query was understood: as which operators, and as which terms of the index.
public struct QueryInterpretation: Sendable, Hashable {
    /// A term or phrase that is looked for.
    public struct Part: Sendable, Hashable {
        /// The term, or the terms of a phrase in quotation marks; as terms stand in the index, which has stems.
        public let pattern: String
        /// `title` or `body`, or nil for both.
        public let field: String?
        /// What it weighs: its inverse document frequency times its factor; 0 for what is only matched.
        public let weight: Double
        /// Documents that have each of its terms, in their order.
        public let documents: [Int]
    }

    /// The query with all operators and parentheses written out.
    public let query: String
    /// What is looked for, in the order of the query.
    public let parts: [Part]
    /// Which documents match: parts joined by AND, OR and NOT; `*` is every document, `filter` a condition on fields.
    public let condition: String
}

extension QueryInterpretation {
    init(_ root: Query, _ plan: EvaluationPlan?, by evaluator: any Evaluator) throws {
        query = root.description
        guard let plan else {
            (parts, condition) = ([], "nothing")
            return
        }
        parts = try plan.leaves.map { leaf in
            Part(
                pattern: Self.text(of: leaf, in: plan),
                field: leaf.fields == .all ? nil : leaf.fields == .title ? "title" : "body", weight: leaf.weight,
                documents: try leaf.pattern.terms.map { try evaluator.documentFrequency(of: plan.terms[$0]) })
        }
        condition = Self.text(of: plan.match, in: plan)
    }

    private static func text(of leaf: EvaluationPlan.Leaf, in plan: EvaluationPlan) -> String {
        let terms = leaf.pattern.terms.map { String(decoding: plan.terms[$0], as: UTF8.self) }
        return switch leaf.pattern {
        case .term: terms[0]
        case .phrase: "\"" + terms.joined(separator: " ") + "\""
        case .near(_, let slop): "\"" + terms.joined(separator: " ") + "\"~\(slop)"
        }
    }

    private static func text(of match: EvaluationPlan.Match, in plan: EvaluationPlan) -> String {
        func joined(_ parts: [EvaluationPlan.Match], _ separator: String) -> String {
            guard !parts.isEmpty else { return separator == " AND " ? "*" : "nothing" }
            let texts = parts.map { text(of: $0, in: plan) }
            return texts.count == 1 ? texts[0] : "(" + texts.joined(separator: separator) + ")"
        }
        switch match {
        case .everything: return "*"
        case .leaf(let leaf):
            let fields = plan.leaves[leaf].fields
            return (fields == .all ? "" : fields == .title ? "title:" : "body:") + text(of: plan.leaves[leaf], in: plan)
        case .filter: return "filter"
        case .all(let parts): return joined(parts, " AND ")
        case .any(let parts): return joined(parts, " OR ")
        case .atLeast(let least, let parts): return "\(least) of " + joined(parts, ", ")
        case .except(let kept, let dropped):
            return "(" + text(of: kept, in: plan) + " NOT " + text(of: dropped, in: plan) + ")"
        }
    }
}

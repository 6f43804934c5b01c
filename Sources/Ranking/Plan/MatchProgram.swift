/// A plan's condition, made ready to be computed on the 64 documents of a block (or on 64 blocks) at once.
///
/// Equivalent to: ``EvaluationPlan/Match/documents(leaves:filters:live:)``, one word at a time. A leaf may be known only in
/// part: `possible` has the documents in which it can occur, `certain` those in which it is known to occur. The result has
/// every document that can match.
struct MatchProgram {
    enum Step: Hashable {
        case everything
        case leaf(Int)
        /// Any of leaves with numbers in a row, as a prefix stands for.
        case anyLeaf(Range<Int>)
        case filter(Int)
        case and(Int)
        case or(Int)
        case atLeast(Int, of: Int)
        case except
    }

    let steps: [Step]
    /// Whether the condition is that at least one of all leaves of the plan occurs, and no more than that.
    let isDisjunction: Bool
    /// Whether the condition is that all leaves of the plan occur, and no more than that.
    let isConjunction: Bool
    private var stack: [(possible: UInt64, certain: UInt64)]

    init(_ match: EvaluationPlan.Match, leafCount: Int) {
        var steps: [Step] = []
        MatchProgram.append(match, to: &steps)
        self.steps = steps
        stack = Array(repeating: (0, 0), count: steps.count + 1)
        var isNamed = Array(repeating: false, count: leafCount)
        for step in steps {
            switch step {
            case .leaf(let leaf): isNamed[leaf] = true
            case .anyLeaf(let leaves): for leaf in leaves { isNamed[leaf] = true }
            default: break
            }
        }
        let namesAll = isNamed.allSatisfy { $0 }
        isDisjunction =
            namesAll && MatchProgram.isFlat(match) { if case .any(let parts) = $0 { parts } else { nil } }
        isConjunction =
            namesAll && MatchProgram.isFlat(match) { if case .all(let parts) = $0 { parts } else { nil } }
    }

    /// Whether a condition is one leaf, or nothing but leaves under the operator that `operands` takes apart, which may stand in
    /// itself: a word beside a prefix is a word or any of the prefix's.
    private static func isFlat(
        _ match: EvaluationPlan.Match, operands: (EvaluationPlan.Match) -> [EvaluationPlan.Match]?
    ) -> Bool {
        if case .leaf = match { return true }
        guard let parts = operands(match), !parts.isEmpty else { return false }
        return parts.allSatisfy { isFlat($0, operands: operands) }
    }

    private static func append(_ match: EvaluationPlan.Match, to steps: inout [Step]) {
        switch match {
        case .everything: steps.append(.everything)
        case .leaf(let leaf): steps.append(.leaf(leaf))
        case .filter(let filter): steps.append(.filter(filter))
        case .all(let parts):
            for part in parts { append(part, to: &steps) }
            steps.append(parts.isEmpty ? .everything : .and(parts.count))
        case .any(let parts):
            if let leaves = leavesInARow(parts) { return steps.append(.anyLeaf(leaves)) }
            for part in parts { append(part, to: &steps) }
            steps.append(.or(parts.count))
        case .atLeast(let least, let parts):
            for part in parts { append(part, to: &steps) }
            steps.append(.atLeast(least, of: parts.count))
        case .except(let kept, let dropped):
            append(kept, to: &steps)
            append(dropped, to: &steps)
            steps.append(.except)
        }
    }

    /// The numbers of leaves that ascend one by one; nil for other parts.
    private static func leavesInARow(_ parts: [EvaluationPlan.Match]) -> Range<Int>? {
        guard parts.count > 1, case .leaf(let first) = parts[0] else { return nil }
        for (place, part) in parts.enumerated() {
            guard case .leaf(first + place) = part else { return nil }
        }
        return first..<first + parts.count
    }

    /// Computes the condition; documents that can match.
    ///
    /// - Parameters:
    ///   - leaf: Documents in which a leaf can occur and does occur.
    ///   - filter: Documents of which a filter can select some and does select all.
    @inline(__always)
    mutating func run(
        leaf: (Int) -> (possible: UInt64, certain: UInt64), filter: (Int) -> (possible: UInt64, certain: UInt64)
    ) -> UInt64 {
        var depth = 0
        for step in steps {
            switch step {
            case .everything:
                stack[depth] = (.max, .max)
                depth += 1
            case .leaf(let number):
                stack[depth] = leaf(number)
                depth += 1
            case .anyLeaf(let numbers):
                var result: (possible: UInt64, certain: UInt64) = (0, 0)
                for number in numbers {
                    let own = leaf(number)
                    result.possible |= own.possible
                    result.certain |= own.certain
                }
                stack[depth] = result
                depth += 1
            case .filter(let number):
                stack[depth] = filter(number)
                depth += 1
            case .and(let count):
                depth -= count
                var result = stack[depth]
                for index in 1..<max(count, 1) {
                    result.possible &= stack[depth + index].possible
                    result.certain &= stack[depth + index].certain
                }
                stack[depth] = result
                depth += 1
            case .or(let count):
                depth -= count
                var result: (possible: UInt64, certain: UInt64) = (0, 0)
                for index in 0..<count {
                    result.possible |= stack[depth + index].possible
                    result.certain |= stack[depth + index].certain
                }
                stack[depth] = result
                depth += 1
            case .atLeast(let least, let count):
                depth -= count
                var (possible, certain) = (BitCounters(), BitCounters())
                for index in 0..<count {
                    possible.add(stack[depth + index].possible)
                    certain.add(stack[depth + index].certain)
                }
                stack[depth] = (possible.reaching(least), certain.reaching(least))
                depth += 1
            case .except:
                depth -= 2
                let kept = stack[depth]
                let dropped = stack[depth + 1]
                stack[depth] = (kept.possible & ~dropped.certain, kept.certain & ~dropped.possible)
                depth += 1
            }
        }
        return stack[0].possible
    }
}

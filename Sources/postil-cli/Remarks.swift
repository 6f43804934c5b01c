import Reports

/// Remarks on places, of which many may have one reason: the first of a reason are made at once, the others are counted.
///
///     skipped a.pdf: is a binary file
///     skipped b.pdf: is a binary file
///     skipped c.pdf: is a binary file
///     41 more for this reason: is a binary file
struct Remarks {
    /// Remarks in all, made or counted.
    private(set) var count = 0
    /// Those that were only counted.
    private(set) var countedOnly = 0
    private var counts: [String: Int] = [:]
    private var reasons: [String] = []
    private let limit: Int
    private let say: (String) -> Void

    /// - Parameters:
    ///   - limit: How many of a reason are made. Three are enough to see what the places have in common, and few enough for
    ///     seven reasons on a screen.
    ///   - say: Makes a remark.
    init(limit: Int = 3, _ say: @escaping (String) -> Void) {
        self.limit = limit
        self.say = say
    }

    /// Remarks on `place`. `suffix` belongs to the place and stands behind the reason.
    mutating func add(_ place: String, because reason: String, suffix: String = "") {
        count += 1
        let number = counts[reason, default: 0] + 1
        counts[reason] = number
        if number == 1 { reasons.append(reason) }
        if number <= limit { say("\(place): \(reason)\(suffix)") } else { countedOnly += 1 }
    }

    /// Says how many were only counted.
    func finish() {
        guard countedOnly > 0 else { return }
        for reason in reasons {
            let others = counts[reason, default: 0] - limit
            if others > 0 { say("\(Quantity.count(others)) more for this reason: \(reason)") }
        }
    }
}

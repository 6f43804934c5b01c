/// What was judged.
package struct JudgingReport: Report {
    let graded: Int
    let total: Int
    let isFinished: Bool
    let path: String

    /// Describes a session of judging.
    ///
    /// - Parameters:
    ///   - graded: Grades given now.
    ///   - total: Grades in the file.
    ///   - isFinished: Whether nothing is left of the pools.
    ///   - path: The file of judgements.
    package init(graded: Int, total: Int, isFinished: Bool, path: String) {
        self.graded = graded
        self.total = total
        self.isFinished = isFinished
        self.path = path
    }

    package var facts: [ReportValue.Member] {
        .members([
            "path": .string(path), "judged_now": .count(graded), "judged": .count(total),
            "is_finished": .boolean(isFinished),
        ])
    }

    package func writeText(in layout: TextLayout, to write: (String) throws -> Void) throws {
        let rest = isFinished ? "nothing is left to judge" : "the same command goes on from here"
        try write(
            "\(Quantity.count(graded, "judgement")) now, \(Quantity.count(total)) in \(VisibleText.line(path)); \(rest)\n"
        )
    }
}

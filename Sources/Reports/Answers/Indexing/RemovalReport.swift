import Postil

/// What was removed from an index, or would be.
package struct RemovalReport: Report {
    let removed: Int
    let isDryRun: Bool

    /// Describes a removal.
    package init(removed: Int, isDryRun: Bool) {
        self.removed = removed
        self.isDryRun = isDryRun
    }

    package var facts: [ReportValue.Member] {
        .members(["removed": .count(removed), "dry_run": .boolean(isDryRun)])
    }

    package func writeText(in layout: TextLayout, to write: (String) throws -> Void) throws {
        let end = isDryRun ? "would be removed; nothing was changed" : "removed"
        try write("\(Quantity.count(removed, "document")) \(end)\n")
    }
}

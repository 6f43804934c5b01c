import Postil

/// Whether an index is sound.
package struct SoundnessReport: Report {
    let path: String
    let check: CheckReport

    /// Describes what a check of the index at `path` found.
    package init(_ check: CheckReport, path: String) {
        self.path = path
        self.check = check
    }

    package var facts: [ReportValue.Member] {
        let findings = check.findings.map { finding in
            ReportValue.members([
                "severity": .string(finding.severity.rawValue), "what": .string(finding.what),
                "way_out": .string(finding.remedy.advice),
            ])
        }
        return .members(["sound": .boolean(check.isSound), "findings": .array(findings)])
    }

    package func writeText(in layout: TextLayout, to write: (String) throws -> Void) throws {
        for finding in check.findings {
            try write(
                "\(finding.severity.rawValue): \(VisibleText.line(finding.what)); \(VisibleText.line(finding.remedy.advice))\n"
            )
        }
        try write("\(VisibleText.line(path)) \(check.isSound ? "is sound" : "is damaged")\n")
    }
}

extension CheckReport.Finding.Remedy {
    /// What a person at the command line does, or need not.
    fileprivate var advice: String {
        switch self {
        case .done(let how): how
        case .repair: "repair with `postil check --repair`"
        case .optimization: "make them with `postil optimize`"
        case .rebuild: "rebuild with `postil index --rebuild`"
        case .newerVersion: "use a newer Postil, or rebuild the index with `postil index --rebuild`"
        case .writableCopy: "check a copy of the file, or where it can be written to"
        case .namedPlaces: "name them once to `postil index`"
        }
    }
}

/// What merging an index's segments did to its size.
package struct OptimizationReport: Report {
    let path: String
    let bytesBefore: Int64
    let bytes: Int64

    /// Describes the index at `path`, before and after.
    package init(path: String, bytesBefore: Int64, bytes: Int64) {
        self.path = path
        self.bytesBefore = bytesBefore
        self.bytes = bytes
    }

    package var facts: [ReportValue.Member] {
        .members(["index_bytes_before": .integer(bytesBefore), "index_bytes": .integer(bytes)])
    }

    package func writeText(in layout: TextLayout, to write: (String) throws -> Void) throws {
        try write("\(VisibleText.line(path)): \(Quantity.bytes(bytesBefore)) before, \(Quantity.bytes(bytes)) now\n")
    }
}

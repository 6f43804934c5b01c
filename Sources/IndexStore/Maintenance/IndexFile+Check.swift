import CSQLite
import GRDB
import Ranking

/// How much of an index is looked at.
public enum CheckDepth: Sendable {
    /// Pages, keys, references and counts; no text is read.
    case quick
    /// All: each thing that is derived is compared with what it derives from.
    case whole
}

extension IndexFile {
    /// Looks for damage, and with `repair` makes anew what derives from the documents.
    ///
    /// In this order: the settings and their copy; SQLite's own check of the file; the documents, each with its fingerprint; the
    /// sources; the names of metadata; FTS5's comparison of its index with the documents (`integrity-check` with rank 1) and
    /// the way to its pages; the list of words; the score tables, each grid with FTS5's postings (``GridCheck``).
    ///
    /// FTS5 compares its index with the documents only where it may write. Of a file or folder that is read-only all else is
    /// checked, and a warning says what was not.
    ///
    /// A repair is one transaction. Where pages or compressed texts are damaged, the documents that can be read go into a new file, which takes the
    /// old one's place. What was lost or changed is marked in its source, which the next index run reads again.
    ///
    /// - Complexity: `whole` reads the file several times and analyses all documents.
    public func check(repair: Bool, depth: CheckDepth = .whole, patience: Patience = .short) throws -> CheckReport {
        guard repair else {
            return try connectionToCheck().access { db in
                sqlite3_busy_timeout(try db.handle, 5000)
                var check = IndexCheck(db, path: path, settings: settings)
                try check.run(depth)
                return CheckReport(check.faults)
            }
        }
        try requireWritable()
        let connection = try beginWriting(patience: patience)
        let (report, isTorn) = try connection.access { db in
            var check = IndexCheck(db, path: path, settings: settings)
            try check.run(depth)
            let faults = check.faults
            guard !faults.contains(where: \.isTorn) else { return (CheckReport(faults), true) }
            guard !faults.isEmpty else {
                try db.execute(sql: "ROLLBACK")
                return (CheckReport(faults), false)
            }
            try IndexRepair(db, path: path, settings: settings).run(faults)
            var again = IndexCheck(db, path: path, settings: settings)
            try again.run(depth)
            try db.execute(sql: "COMMIT")
            return (CheckReport(faults, repairedTo: again.faults), false)
        }
        guard isTorn else { return report }
        try connection.access { try $0.execute(sql: "ROLLBACK") }
        return try salvage(after: report, patience: patience)
    }

    /// Fit to write if the file is.
    private func connectionToCheck() throws(IndexError) -> IndexConnection {
        do {
            return try IndexConnection(path: path, mode: .readWrite)
        } catch {
            switch error {
            case .readOnly, .unreadable, .diskFull: return try IndexConnection(path: path, mode: .readOnly)
            case .busy:
                // Somebody is writing, which keeps nobody from reading.
                return try IndexConnection(path: path, mode: .readOnly)
            default: throw error
            }
        }
    }
}

extension CheckReport {
    /// The report of a check that mends nothing.
    init(_ faults: [IndexFault]) {
        let isTorn = faults.contains(where: \.isTorn)
        findings = faults.map { fault in
            let remedy: Finding.Remedy =
                switch fault.part {
                case .grids where !isTorn, .columns where !isTorn: fault.severity == .error ? .repair : fault.ownRemedy
                case _ where fault.severity == .warning && fault.hasOwnRemedy: fault.ownRemedy
                default: .repair
                }
            return Finding(severity: fault.severity, what: fault.what, remedy: remedy)
        }
    }

    /// The report of a repair, after which `left` is still found.
    init(_ faults: [IndexFault], repairedTo left: [IndexFault]) {
        let rest = Set(left)
        findings =
            faults.filter { !rest.contains($0) }.map { fault in
                Finding(severity: .repaired, what: fault.what, remedy: .done(fault.part.repair))
            }
            + left.map { fault in
                Finding(
                    severity: fault.severity, what: fault.what,
                    remedy: fault.hasOwnRemedy ? fault.ownRemedy : .rebuild)
            }
    }
}

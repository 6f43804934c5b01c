import Documents

@testable import Ingestion

/// Everything that reading one input gave.
struct ReadOutcome {
    var documents: [Document] = []
    var skips: [SkippedInput] = []
    var warnings: [String] = []

    init(
        _ file: InputFile, mapping: RecordMapping = .usual, limits: ReadingLimits = ReadingLimits()
    ) {
        DocumentReader(mapping: mapping, limits: limits).read(file) { event in
            switch event {
            case .document(let document): documents.append(document)
            case .skipped(let line, let reason), .stopped(let line, let reason):
                skips.append(SkippedInput(path: file.relativePath, line: line, reason: reason))
            case .warning(let remark) where !remark.isTelling: break
            case .warning(let remark): warnings.append("\(remark.line ?? 0): \(remark.message)")
            }
        }
    }

    /// Where and why, one a line.
    var skipTexts: [String] { skips.map(\.description) }
}

import IndexStore
import Ingestion

/// What reading a record gave.
enum ParsedRecord {
    case document(NewDocument)
    case skipped(line: Int?, reason: String)
    case warning(ReadingRemark)
}

/// The options of a `CREATE VIRTUAL TABLE … USING fts5(…)` statement that decide how its records look.
///
/// The records themselves do not say whether positions were left out, so the statement, which `sqlite_schema` keeps,
/// has to be asked before any of them is read.
///
/// ```swift
/// let options = try FTS5TableOptions(createStatement: sql)
/// try options.requireSupported(version: 4)
/// ```
public struct FTS5TableOptions: Equatable, Sendable {
    /// The `version` in `%_config` whose records this module reads and writes.
    public static let supportedVersion: Int64 = 4
    /// The last version that any SQLite has written so far, with entries that are deleted at once (3.42).
    public static let greatestVersion: Int64 = 5

    /// Column names in order, without their options.
    public private(set) var columns: [String] = []
    /// `full` (the default), `column` or `none`, lower-cased.
    public private(set) var detail = "full"
    /// Every other `name=value` argument, names lower-cased.
    public private(set) var others: [String: String] = [:]

    /// Reads the arguments of the statement.
    ///
    /// Anything that is no `name=value` counts as a column, as in FTS5. A statement without `fts5(…)` gives no columns.
    public init(createStatement sql: String) {
        let bytes = Array(sql.utf8)
        guard let opening = Self.argumentStart(bytes) else { return }
        for argument in Self.arguments(bytes[opening...]) {
            guard let first = argument.first else { continue }
            if argument.count >= 2, argument[1].isEquals {
                let name = first.text.lowercased()
                let value = argument.dropFirst(2).map(\.text).joined()
                if name == "detail" { detail = value.lowercased() } else { others[name] = value }
            } else {
                columns.append(first.text)
            }
        }
    }

    /// Throws ``FTS5FormatError/unsupported(_:)`` unless this module reads such a table.
    ///
    /// - Parameter version: the value of `version` in `%_config`.
    public func requireSupported(version: Int64) throws(FTS5FormatError) {
        guard version == Self.supportedVersion else { throw .unsupported(.formatVersion(version)) }
        guard detail == "full" else { throw .unsupported(.detail(detail)) }
        guard others["contentless_delete", default: "0"] == "0" else { throw .unsupported(.tombstones) }
    }

    private struct Word {
        var text: String
        var isEquals = false
    }

    /// The offset behind the opening parenthesis of `fts5(`, in any case and spacing.
    private static func argumentStart(_ bytes: [UInt8]) -> Int? {
        let lowered = bytes.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
        let name = Array("fts5".utf8)
        for start in 0..<max(0, lowered.count - name.count) where Array(lowered[start..<start + name.count]) == name {
            var next = start + name.count
            while next < bytes.count, isSpace(bytes[next]) { next += 1 }
            if next < bytes.count, bytes[next] == UInt8(ascii: "(") { return next + 1 }
        }
        return nil
    }

    /// The words of each argument up to the closing parenthesis; a quoted word is one word without its quotes.
    private static func arguments(_ bytes: ArraySlice<UInt8>) -> [[Word]] {
        var result: [[Word]] = [[]]
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let byte = bytes[index]
            switch byte {
            case UInt8(ascii: ")"): return result
            case UInt8(ascii: ","):
                result.append([])
                index += 1
            case UInt8(ascii: "="):
                result[result.count - 1].append(Word(text: "=", isEquals: true))
                index += 1
            case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"), UInt8(ascii: "["):
                let (text, next) = quoted(bytes, from: index)
                result[result.count - 1].append(Word(text: text))
                index = next
            case _ where isSpace(byte):
                index += 1
            default:
                let start = index
                while index < bytes.endIndex, !isSpace(bytes[index]), !isPunctuation(bytes[index]) { index += 1 }
                result[result.count - 1].append(Word(text: String(decoding: bytes[start..<index], as: UTF8.self)))
            }
        }
        return result
    }

    /// A quoted word from its opening quote, and the index behind it; a doubled quote stands for one.
    private static func quoted(_ bytes: ArraySlice<UInt8>, from start: Int) -> (String, Int) {
        let closing = bytes[start] == UInt8(ascii: "[") ? UInt8(ascii: "]") : bytes[start]
        var text: [UInt8] = []
        var index = start + 1
        while index < bytes.endIndex {
            if bytes[index] == closing {
                guard index + 1 < bytes.endIndex, bytes[index + 1] == closing else {
                    return (String(decoding: text, as: UTF8.self), index + 1)
                }
                index += 1
            }
            text.append(bytes[index])
            index += 1
        }
        return (String(decoding: text, as: UTF8.self), index)
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

    private static func isPunctuation(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: ","), UInt8(ascii: "="), UInt8(ascii: ")"): true
        case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"), UInt8(ascii: "["): true
        default: false
        }
    }
}

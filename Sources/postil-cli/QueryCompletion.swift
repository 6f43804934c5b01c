import Foundation
import Postil

/// Completes the last word of a query in a shell, with the index's own words, the most frequent first.
enum QueryCompletion {
    /// As many as a shell shows without asking.
    private static let limit = 20

    /// The completions of an argument of which `written` stands on the command line; none where there is no index.
    static func completions(of written: String, on arguments: [String]) -> [String] {
        // `+reward -gam`, `title:goodh` and `=opti` complete the word that they end with.
        let start = written.lastIndex { !$0.isLetter && !$0.isNumber && $0 != "'" }.map(written.index(after:))
        let word = written[(start ?? written.startIndex)...]
        guard !word.isEmpty else { return [] }
        let flag = arguments.lastIndex { $0 == "-i" || $0 == "--index" }.map { arguments.index(after: $0) }
        do {
            let path = try Index.discover(
                explicit: flag.flatMap { arguments.indices.contains($0) ? arguments[$0] : nil },
                environment: ProcessInfo.processInfo.environment, folder: FileManager.default.currentDirectoryPath)
            let found = try Index.open(at: path).makeSearcher().completions(of: String(word), limit: limit)
            let head = String(written[..<(start ?? written.startIndex)])
            return found.map { head + $0.text }
        } catch {
            // A shell would show a message in the place of words.
            return []
        }
    }
}

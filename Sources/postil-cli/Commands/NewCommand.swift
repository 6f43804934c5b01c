import ArgumentParser
import Foundation
import Postil
import Reports

/// `postil new`: what has come for a saved search.
struct NewCommand: ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "new",
        _superCommandName: "postil",
        abstract: "List what has come for a saved search since it was last asked.",
        discussion: """
            `postil search --save NAME QUERY…` saves a search. What is listed here counts as seen from then on, all of it, unless \
            --peek is given. Exit status 1 says that nothing is new.

            EXAMPLES:
              postil search --save goodhart 'goodhart proxy'
              postil new goodhart
              postil new goodhart --peek --format json
            """)

    @Argument(help: ArgumentHelp("The name of the search.", valueName: "name"))
    var name: String

    @Flag(help: "Leave what is listed new.")
    var peek = false

    @Option(.limit) var limit: String?

    @Option(.snippetLength) var snippetLength: String?

    @Flag(name: [.customShort("0"), .long], help: "End ids with a NUL instead of a line end, for xargs -0.")
    var null = false

    @Option(once: .index) var index: [String] = []

    @OptionGroup var options: OutputOptions<SearchReport>

    var flags: FlagValues {
        get throws { [.index: try index.onlyIndex(), .limit: limit, .snippetLength: snippetLength] }
    }

    func run() throws {
        let session = try Session(self)
        let index = try session.openIndex()
        var saved = session.savedSearches(of: index)
        guard var search = saved.search(name) else {
            let names = saved.searches.map(\.name)
            throw UsageError(
                "no search is saved as “\(name)”\(Suggestion.text(for: name, among: names)); "
                    + (names.isEmpty
                        ? "postil search --save \(name) QUERY… saves one"
                        : "there are " + names.joined(separator: ", ")))
        }
        let searcher = try index.makeSearcher()
        let all = try searcher.search(try SavedSearches.request(for: search.query, since: search.since))
        let new = try search.new(among: all.hits, by: searcher)
        var request = try SavedSearches.request(for: search.query, since: search.since)
        let length = try session.settings.integer(.snippetLength)
        request.among = Set(new.map(\.id))
        request.limit = try session.settings.integer(.limit)
        request.snippetLength = length > 0 && session.format.showsFields ? length : nil
        request.copies = session.format == .trec ? .ignored : .collapsed
        let results = try searcher.search(request)
        try session.print(SearchReport(results, today: Session.today))
        session.keep(results, of: [index])
        if !peek {
            try search.see(all.hits, on: Session.today, by: searcher)
            saved.set(search)
            try saved.save(environment: session.environment)
        }
        guard !new.isEmpty else { throw CommandRun.nothingFound }
    }
}

extension SavedSearches {
    /// What finds all matches of a query.
    static func request(for query: String, since: String?) throws -> SearchRequest {
        var request = SearchRequest(query, limit: Int.max, snippetLength: nil)
        request.correctsSpelling = false
        request.since = try since.map { try Session.day(since: $0) }
        return request
    }
}

extension Session {
    /// The saved searches on an index.
    func savedSearches(of index: Index) -> SavedSearches {
        SavedSearches.load(for: absolutePath(of: index), environment: environment)
    }

    /// The day that `2w` (days, weeks, months, years back) or a date means: `2026-11-14`, `2024-06`.
    static func day(since text: String) throws -> String {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        let units: [String: Calendar.Component] = ["d": .day, "w": .day, "m": .month, "y": .year]
        if let count = Int(digits), count < 100_000, let unit = units[String(text.dropFirst(digits.count)).lowercased()]
        {
            let calendar = Calendar(identifier: .gregorian)
            let step = text.lowercased().hasSuffix("w") ? 7 * count : count
            guard let day = calendar.date(byAdding: unit, value: -step, to: Date()) else {
                throw UsageError("--since \(text) lies before all days")
            }
            return self.text(of: day)
        }
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard (1...3).contains(parts.count), parts[0].count == 4, parts.dropFirst().allSatisfy({ $0.count == 2 }),
            parts.allSatisfy({ $0.allSatisfy { $0.isASCII && $0.isNumber } })
        else {
            throw UsageError(
                "--since is “\(text)”, but must be a time back from now (10d, 2w, 6m, 1y) or a date (2024-06)")
        }
        return text
    }
}

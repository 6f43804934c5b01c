import IndexStore
import Postil
import Reports

/// The hits of one search, from the first to the last.
final class SearchCursor {
    private let session: HostSession
    private var arguments: [SQLFunction.Value] = []
    private var plan = SearchPlan()
    private var hits: [SearchHit] = []
    private var place = 0

    init(_ session: HostSession) { self.session = session }

    /// The present hit; nil behind the last one.
    var hit: SearchHit? { place < hits.count ? hits[place] : nil }

    func advance() { place += 1 }

    /// Runs the search that a statement asks for.
    func start(_ plan: SearchPlan, _ arguments: [SQLFunction.Value]) throws {
        self.plan = plan
        self.arguments = arguments
        hits = []
        place = 0
        guard plan.contains(.query) else {
            throw CallError(
                "postil_search: it needs a query, as in: SELECT * FROM postil_search('reward hacking'); where a column is the "
                    + "query, its table stands before its name")
        }
        guard let query = argument(.query).text else { return }
        var options = SQLSearchOptions(query: query)
        if let json = argument(.options).text { try options.add(json: json) }
        var request = options.request
        request.offset = try count(.offset) ?? 0
        request.limit = try limit() ?? request.limit
        if !plan.contains(.snippets) { request.snippetLength = nil }
        hits = try session.search(in: options.schema) { try $0.search(request) }.hits
    }

    /// The value of a column of the present hit, or of an argument.
    func value(of column: SearchTable.Column) -> SQLFunction.Value {
        switch column {
        case .query: return argument(.query)
        case .limit: return argument(.limit)
        case .offset: return argument(.offset)
        case .options: return argument(.options)
        default: break
        }
        guard let hit else { return .null }
        switch column {
        case .rowid: return .integer(hit.id.rawValue)
        case .rank: return .integer(Int64(hit.rank))
        case .score: return .real(hit.score)
        case .id: return .text(hit.externalID)
        case .title: return .text(hit.title)
        case .author: return SQLFunction.Value(hit.author)
        case .date: return SQLFunction.Value(hit.date)
        case .url: return SQLFunction.Value(hit.url)
        case .snippet: return SQLFunction.Value(hit.snippet?.text)
        case .highlights:
            return SQLFunction.Value(hit.snippet.map { Self.json($0.highlights) })
        case .query, .limit, .offset, .options: return .null
        }
    }

    /// Ranges of the snippet's Unicode scalars, which are SQLite's characters, as `postil search --format json` has them:
    /// `[[0,6],[12,19]]`. Byte by byte: put together from texts they take a thirtieth of a search.
    private static func json(_ ranges: [Range<Int>]) -> String {
        // A number has up to 19 digits, and a range four signs beside two of them.
        let capacity = 2 + (2 * 19 + 4) * ranges.count
        return String(unsafeUninitializedCapacity: capacity) { bytes in
            // Safety: `capacity` is the most that is written.
            assert(bytes.count >= capacity)
            var count = 0
            func write(_ sign: Unicode.Scalar) {
                bytes[count] = UInt8(ascii: sign)
                count += 1
            }
            func write(_ number: Int) {
                var unit = 1
                while number / unit >= 10 { unit *= 10 }
                while unit > 0 {
                    bytes[count] = UInt8(ascii: "0") + UInt8(number / unit % 10)
                    count += 1
                    unit /= 10
                }
            }
            write("[")
            for (place, range) in ranges.enumerated() {
                if place > 0 { write(",") }
                write("[")
                write(range.lowerBound)
                write(",")
                write(range.upperBound)
                write("]")
            }
            write("]")
            return count
        }
    }

    /// How many hits to look for: the argument, or what the statement takes; nil where neither says.
    private func limit() throws -> Int? {
        if let limit = try count(.limit) { return limit }
        guard case .integer(let limit) = argument(.statementLimit) else { return nil }
        guard limit >= 0 else { return Self.all }
        guard case .integer(let offset) = argument(.statementOffset), offset > 0 else { return Int(limit) }
        return Int(clamping: limit.addingReportingOverflow(offset).partialValue.magnitude)
    }

    /// An argument that is a number; nil for NULL.
    private func count(_ argument: SearchPlan) throws -> Int? {
        let value = self.argument(argument)
        if value == .null { return nil }
        guard let number = value.wholeNumber else { throw CallError("postil_search: limit and offset are numbers") }
        return number < 0 && argument == .limit ? Self.all : number
    }

    /// More hits than there are documents.
    private static let all = Int(UInt32.max)

    private func argument(_ argument: SearchPlan) -> SQLFunction.Value {
        guard plan.contains(argument) else { return .null }
        let place = SearchPlan.arguments.prefix { $0 != argument }.count { plan.contains($0) }
        return place < arguments.count ? arguments[place] : .null
    }
}

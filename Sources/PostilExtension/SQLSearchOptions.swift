import Foundation
import Postil

/// The last argument of `postil_search`: what the command has flags for, as a JSON object.
///
///     {"match": "all", "expand": "auto", "since": "2020", "sort": "-date", "snippet_length": 120, "copies": "all"}
///
/// | name | values | the command's |
/// |---|---|---|
/// | `match` | `any`, `most`, `all` | `--match` |
/// | `expand` | `off`, `auto`, `always` | `--expand` |
/// | `stop_words` | `auto`, `keep`, `drop` | `--stop-words` |
/// | `sort` | a field, with `-` in front from the greatest to the least | `--sort` |
/// | `since` | a date, ISO 8601 | `--since` |
/// | `snippet_length` | characters; 0 for no snippets | `--snippet-length` |
/// | `copies` | `collapsed`, `all` | `--all` |
/// | `exact` | whether words are searched as they are written, also where nothing has them | `--exact` |
/// | `strategy` | `auto`, `block-max`, `exhaustive` | `--strategy` |
/// | `schema` | the database that is the index, as `ATTACH` named it | `--index` |
struct SQLSearchOptions {
    /// The request with all options in it.
    private(set) var request: SearchRequest
    /// The database to search.
    private(set) var schema: String?

    /// A search as the command makes it by itself.
    init(query: String, limit: Int = 10) {
        request = SearchRequest(query, limit: limit, copies: .collapsed)
    }

    /// Adds the options of a JSON object.
    mutating func add(json: String) throws {
        let options: [String: Value]
        do { options = try JSONDecoder().decode([String: Value].self, from: Data(json.utf8)) } catch {
            throw CallError("postil_search: the options are no JSON object of texts, numbers and booleans: \(json)")
        }
        for (name, value) in options { try add(name, value) }
    }

    private mutating func add(_ name: String, _ value: Value) throws {
        switch name {
        case "match": request.matching = try value.choice(name)
        case "expand": request.expansion = try value.choice(name)
        case "stop_words": request.stopWords = try value.choice(name)
        case "strategy": request.strategy = try value.choice(name)
        case "sort": request.sort = SortOrder(try value.text(name))
        case "since": request.since = try value.text(name)
        case "schema": schema = try value.text(name)
        case "exact": request.correctsSpelling = try !value.boolean(name)
        case "copies": request.copies = try value.choice(name, of: ["collapsed": .collapsed, "all": .ignored])
        case "snippet_length":
            let length = try value.number(name)
            request.snippetLength = length > 0 ? length : nil
        default:
            throw CallError(
                "postil_search: there is no option “\(name)”; there are match, expand, stop_words, sort, since, "
                    + "snippet_length, copies, exact, strategy and schema")
        }
    }

    /// A value of the object.
    private enum Value: Decodable {
        case boolean(Bool)
        case number(Int)
        case text(String)

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let value = try? container.decode(Bool.self) {
                self = .boolean(value)
            } else if let value = try? container.decode(Int.self) {
                self = .number(value)
            } else {
                self = .text(try container.decode(String.self))
            }
        }

        func text(_ name: String) throws -> String {
            guard case .text(let text) = self else { throw CallError("postil_search: “\(name)” is a text") }
            return text
        }

        func number(_ name: String) throws -> Int {
            guard case .number(let number) = self else { throw CallError("postil_search: “\(name)” is a number") }
            return number
        }

        func boolean(_ name: String) throws -> Bool {
            guard case .boolean(let value) = self else {
                throw CallError("postil_search: “\(name)” is true or false")
            }
            return value
        }

        func choice<Choice>(_ name: String, of choices: KeyValuePairs<String, Choice>) throws -> Choice {
            let text = try text(name)
            guard let found = choices.first(where: { $0.key == text }) else {
                let names = choices.map(\.key).joined(separator: ", ")
                throw CallError("postil_search: “\(name)” is one of \(names), not “\(text)”")
            }
            return found.value
        }

        func choice<Choice: RawRepresentable<String> & CaseIterable>(_ name: String) throws -> Choice {
            let text = try text(name)
            guard let found = Choice(rawValue: text) else {
                let names = Choice.allCases.map(\.rawValue).joined(separator: ", ")
                throw CallError("postil_search: “\(name)” is one of \(names), not “\(text)”")
            }
            return found
        }
    }
}

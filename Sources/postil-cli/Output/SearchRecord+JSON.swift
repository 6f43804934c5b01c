extension SearchRecord {
    /// Version of the JSON shapes; raised when a member changes its meaning or goes away.
    static let formatVersion: Int64 = 1

    /// The whole answer:
    ///
    ///     {"format_version":1,"query":"a","took_us":210,"total":{"value":3,"relation":"exact"},
    ///      "hints":[{"column":1,"message":"…"}],"hits":[…]}
    var json: JSONValue {
        var members: [JSONValue.Member] = [
            .init(name: "format_version", value: .integer(Self.formatVersion)),
            .init(name: "query", value: .string(query)),
            .init(name: "took_us", value: .count(microseconds)),
            .init(
                name: "total",
                value: .members(["value": .count(total), "relation": .string(isExact ? "exact" : "at_least")])),
            .init(name: "hints", value: .array(hints.map(\.json))),
            .init(name: "hits", value: .array(hits.map(\.json))),
        ]
        if let work { members.append(.init(name: "evaluation", value: work.json)) }
        return .object(members)
    }
}

extension HintRecord {
    var json: JSONValue { .members(["column": .count(column), "message": .string(message)]) }
}

extension HitRecord {
    /// One hit; offsets of highlights are Unicode scalars of the snippet's text:
    ///
    ///     {"rank":1,"id":"a","score":2.5,"title":"A","author":null,"date":"2019","url":null,"source":"a.md",
    ///      "snippet":{"text":"a b","highlights":[[0,1]]}}
    ///
    /// and `"duplicate_of":1` when the hit of that rank has its text already.
    var json: JSONValue {
        var members: [JSONValue.Member] = [
            .init(name: "rank", value: .count(rank)),
            .init(name: "id", value: .string(id)),
            .init(name: "score", value: .number(score)),
            .init(name: "title", value: .string(title)),
            .init(name: "author", value: .optional(author)),
            .init(name: "date", value: .optional(date)),
            .init(name: "url", value: .optional(url)),
            .init(name: "source", value: .optional(source)),
            .init(name: "snippet", value: snippet?.json ?? .null),
        ]
        if let explanation { members.append(.init(name: "explanation", value: explanation.json)) }
        if let duplicateOf { members.append(.init(name: "duplicate_of", value: .count(duplicateOf))) }
        return .object(members)
    }
}

extension SnippetRecord {
    var json: JSONValue {
        .members([
            "text": .string(text),
            "highlights": .array(highlights.map { .array([.count($0.lowerBound), .count($0.upperBound)]) }),
        ])
    }
}

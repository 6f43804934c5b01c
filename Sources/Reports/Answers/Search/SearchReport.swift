import Postil

/// The answer to a query.
package struct SearchReport: Report {
    package static let shape: ReportShape = [.table, .ids, .run, .bibliography]
    package static let listName: String? = "hits"

    let results: SearchResults
    /// What is printed of each hit, in this order.
    let fields: [ReportField<SearchHit>]
    /// The names that a caller chose; nil for what a person wants to see first.
    let chosen: [String]?
    /// Whether the work that the evaluation took is told.
    let showsWork: Bool
    /// How the query was understood, where that is to be told.
    let interpretation: QueryInterpretation?
    /// The first and the last field of a run's lines.
    let topic: String
    let tag: String
    /// The day that a bibliography names.
    let today: String?
    /// Whether hits are passages.
    let ranksPassages: Bool
    /// Whether no hits were asked for, but how many there are.
    let countsOnly: Bool

    /// Describes an answer.
    ///
    /// - Parameters:
    ///   - fields: Names out of ``fieldNames``, or `metadata.NAME`, in the order wanted; nil for all. Others are passed over.
    ///   - showsWork: Whether explanations and the work that the evaluation took are told.
    ///   - interpretation: How the query was understood, if that is to be told.
    ///   - topic: What a run calls the query.
    ///   - tag: The name of the run.
    ///   - ranksPassages: Whether hits are passages, whose ids have addresses behind them.
    ///   - countsOnly: Whether no hits were asked for, but how many there are.
    ///   - today: The day that a bibliography names, `2026-11-28`.
    package init(
        _ results: SearchResults, fields names: [String]? = nil, showsWork: Bool = false,
        interpretation: QueryInterpretation? = nil, topic: String = "1", tag: String = "postil", today: String? = nil,
        ranksPassages: Bool = false, countsOnly: Bool = false
    ) {
        self.countsOnly = countsOnly
        self.ranksPassages = ranksPassages
        self.today = today
        self.results = results
        self.showsWork = showsWork
        self.interpretation = interpretation
        self.topic = topic
        self.tag = tag
        chosen = names
        // What only some answers have takes no column of the others.
        var absent: Set<String> = []
        if !showsWork { absent.insert("explanation") }
        if results.hits.allSatisfy(\.passages.isEmpty) { absent.insert("passages") }
        if results.hits.allSatisfy({ $0.snippet?.page == nil }) { absent.insert("page") }
        if results.hits.allSatisfy({ $0.index == nil }) { absent.insert("index") }
        if results.hits.allSatisfy(\.missingWords.isEmpty) { absent.insert("without") }
        fields = names?.compactMap(Self.field) ?? Self.hitFields.filter { !absent.contains($0.name) }
    }

    package var facts: [ReportValue.Member] {
        let (seconds, attoseconds) = results.duration.components
        let hints = results.hints.map {
            ReportValue.members(["column": .count($0.column), "message": .string($0.message)])
        }
        let corrected =
            results.correctedQuery.map { [ReportValue.Member].members(["corrected_query": .string($0)]) } ?? []
        let added = results.alsoSearched
        let expansion =
            added.isEmpty ? [] : [ReportValue.Member].members(["also_searched": .strings(added)])
        return .members(["query": .string(results.query)]) + corrected + expansion
            + .members([
                "took_us": .integer(seconds * 1_000_000 + attoseconds / 1_000_000_000_000),
                "total": results.total.reportValue,
            ])
            + (results.withAllWords.map { .members(["with_all_words": $0.reportValue]) } ?? [])
            + .members(["hints": .array(hints)])
            + (interpretation.map { .members(["understood": $0.reportValue]) } ?? [])
    }

    package var closingFacts: [ReportValue.Member] {
        guard showsWork else { return groupFacts }
        let work = results.statistics
        return groupFacts + [
            .init(
                name: "evaluation",
                value: .members([
                    "blocks": .count(work.blocks), "blocks_in_index": .count(work.blocksInIndex),
                    "postings": .count(work.postings), "position_checks": .count(work.positionChecks),
                ]))
        ]
    }

    package var columns: [String] { fields.map(\.name) }

    package func forEachEntry(_ body: (any ReportEntry) throws -> Void) rethrows {
        for hit in results.hits { try body(Entry(hit: hit, report: self)) }
    }

    private struct Entry: ReportEntry {
        let hit: SearchHit
        let report: SearchReport

        var value: ReportValue { report.fields.object(of: hit) }
        var rows: [[ReportValue]] { [report.fields.row(of: hit)] }
        var ids: [String] {
            [hit.externalID + (report.ranksPassages ? hit.passages.first.map { "#" + $0.address } ?? "" : "")]
        }
        var citation: Citation? { Citation(of: hit, accessed: report.today) }
        var runLine: RunLine? {
            RunLine(topic: report.topic, id: hit.externalID, rank: hit.rank, score: hit.score, tag: report.tag)
        }
    }
}

extension MatchCount {
    fileprivate var reportValue: ReportValue {
        .members(["value": .count(value), "relation": .string(isExact ? "exact" : "at_least")])
    }
}

extension QueryInterpretation {
    fileprivate var reportValue: ReportValue {
        .members([
            "query": .string(query), "condition": .string(condition),
            "parts": .array(
                parts.map { part in
                    .members([
                        "pattern": .string(part.pattern), "field": .optional(part.field),
                        "weight": .number(part.weight),
                        "documents": .array(part.documents.map { .count($0) }),
                    ])
                }),
        ])
    }
}

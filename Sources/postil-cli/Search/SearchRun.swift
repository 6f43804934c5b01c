import Postil
import Reports

/// A run of `postil search`.
struct SearchRun {
    private let asked: SearchOptions
    private var runTag: String { asked.tag ?? "postil" }

    init(_ asked: SearchOptions) { self.asked = asked }

    func run() throws {
        let session = try Session(
            flags: asked.flags, for: SearchReport.self, command: SearchCommand.name, endsIDsWithNull: asked.null)
        try checkFields(session)
        let opened = try session.openIndexes(asked.indexes)
        let fields = try chosenFields(opened.searcher, session)
        if asked.save != nil, opened.indexes.count > 1 { throw UsageError("--save saves a search of one index") }
        if let topics = asked.topics { return try run(topics: try TopicFile(path: topics), opened.searcher, session) }
        if asked.query.isEmpty { return try ask(opened, fields, session) }
        try answer(asked.query.map(QueryArguments.restored).joined(separator: " "), opened, fields, session)
    }

    /// Asks for queries, key by key or on a terminal that only prints lines line by line.
    private func ask(_ opened: SearchedIndexes, _ fields: [String]?, _ session: Session) throws {
        guard session.format == .text, asked.save == nil, !asked.explain, !asked.showQuery, asked.groupBy == nil,
            asked.facet == nil, asked.by != .passage, TerminalScreen.isAvailable(session.environment)
        else {
            return try LinePrompt { try answer($0, opened, fields, session) }.run()
        }
        try InteractiveSearch(session, opened) { try request($0, opened.searcher, session) }.run()
    }

    /// Prints the answer to a query.
    private func answer(_ text: String, _ opened: SearchedIndexes, _ fields: [String]?, _ session: Session) throws {
        let searcher = opened.searcher
        let wanted = try request(text, searcher, session)
        let results: SearchResults
        do {
            results = try asked.by == .passage ? searcher.searchPassages(wanted) : searcher.search(wanted)
        } catch let error as UnknownField {
            throw error.usageError()
        }
        session.messages.hint(results.hints)
        if let corrected = results.correctedQuery {
            session.messages.hint(
                "showing results for “\(corrected)”; nothing \(text.contains(" ") ? "matches" : "has") “\(text)” "
                    + "(--exact searches for the words as they are written)")
        }
        warnOfWhatIsLeftOut(of: session.format, session.messages)
        let interpretation = asked.showQuery ? try searcher.interpretation(of: wanted) : nil
        try session.print(
            SearchReport(
                results, fields: fields, showsWork: asked.explain, interpretation: interpretation, tag: runTag,
                today: Session.today, ranksPassages: asked.by == .passage, countsOnly: wanted.limit == 0))
        // The numbers of hits that were shown go on to be those of the last search.
        if wanted.limit > 0 { session.keep(results, ranksPassages: asked.by == .passage, of: opened.indexes) }
        if let save = asked.save { try saveSearch(text, as: save, searcher, opened.indexes[0], session) }
        guard !results.hits.isEmpty || wanted.limit == 0 && results.total.value > 0 else {
            throw CommandRun.nothingFound
        }
    }

    /// Names what was asked for and has no place in a format.
    private func warnOfWhatIsLeftOut(of format: OutputFormat, _ messages: Messages) {
        func warn(_ wanted: [(isAsked: Bool, name: String)], printed isPrinted: (OutputFormat) -> Bool) {
            let names = wanted.filter(\.isAsked).map(\.name)
            guard !names.isEmpty, !isPrinted(format) else { return }
            let others = OutputFormat.all(for: SearchReport.self).filter(isPrinted).map(\.name).listed("and")
            messages.warning("\(format.name) has no place for \(names.listed("and")); \(others) print them")
        }
        warn(
            [
                (asked.facet != nil, "facets"), (asked.groupBy != nil, "names of groups"),
                (asked.showQuery, "the parts of the query"),
            ], printed: \.showsFacts)
        warn([(asked.explain, "explanations"), (asked.passages != nil, "passages")], printed: \.showsFields)
    }

    /// Saves the search; what matches now is not new.
    private func saveSearch(_ text: String, as name: String, _ searcher: Searcher, _ index: Index, _ session: Session)
        throws
    {
        var saved = session.savedSearches(of: index)
        var search = SavedSearches.Search(name: name, query: text, since: asked.since, seen: [], asked: "")
        try search.see(
            try searcher.search(try SavedSearches.request(for: text, since: asked.since)).hits, on: Session.today,
            by: searcher)
        saved.set(search)
        try saved.save(environment: session.environment)
        session.messages.note("saved as “\(name)”; `postil new \(name)` lists what comes")
    }

    /// Prints the run of all topics.
    private func run(topics: TopicFile, _ searcher: Searcher, _ session: Session) throws {
        // Nobody asked for text where nobody named a format.
        let isDefault = try session.settings.resolve(.format).origin == .defaultValue
        guard session.format == .trec || isDefault else {
            throw UsageError("--topics prints a TREC run; leave --format out or use --format trec")
        }
        var wasFound = false
        var hints = Remarks(session.messages.hint)
        for topic in topics.topics {
            var request = try request(topic.query, searcher, session)
            request.snippetLength = nil
            // A thousand documents a topic is what TREC's own tools expect.
            if try session.settings.resolve(.limit).origin == .defaultValue { request.limit = 1_000 }
            let results = try searcher.search(request)
            for hint in results.hints {
                hints.add("topic \(topic.id)", because: hint.message, suffix: " (column \(hint.column))")
            }
            try session.print(SearchReport(results, topic: topic.id, tag: runTag), as: .trec, flushes: false)
            if !results.hits.isEmpty { wasFound = true }
        }
        try session.output.flush()
        hints.finish()
        guard wasFound else { throw CommandRun.nothingFound }
    }

    /// Refuses `--fields` where nothing prints them.
    private func checkFields(_ session: Session) throws {
        guard asked.fields != nil else { return }
        guard session.format.showsFields, asked.topics == nil else {
            let formats = OutputFormat.all.filter(\.showsFields).map(\.name).joined(separator: ", ")
            throw UsageError("--fields chooses what is printed of a hit; use it with --format and one of \(formats)")
        }
    }

    /// The names in `--fields`.
    private func chosenFields(_ searcher: Searcher, _ session: Session) throws -> [String]? {
        guard let fields = asked.fields else { return nil }
        let own = try searcher.countableFields()
        let names = NameList.names(
            in: fields, known: SearchReport.fieldNames + own.map { SearchReport.metadataPrefix + $0 })
        if let unknown = names.first(where: { !SearchReport.hasField($0) }) {
            throw UsageError(
                "a hit has no field “\(unknown)”\(Suggestion.text(for: unknown, among: SearchReport.fieldNames)); there are "
                    + SearchReport.fieldNames.joined(separator: ", ") + " and metadata.NAME")
        }
        guard !names.isEmpty else { throw UsageError("--fields names no field, as in: --fields title,date,tags") }
        for name in names where name.hasPrefix(SearchReport.metadataPrefix) {
            let key = String(name.dropFirst(SearchReport.metadataPrefix.count))
            guard !(try searcher.hasMetadata(key)) else { continue }
            session.messages.warning("no document has metadata “\(key)”\(Suggestion.text(for: key, among: own))")
        }
        return names
    }

    /// Runs are judged by what they rank, documents and not texts.
    private func copies(_ session: Session) -> SearchRequest.CopyTreatment {
        if asked.topics != nil || session.format == .trec { return .ignored }
        guard asked.all else { return .collapsed }
        return session.format.showsFields ? .marked : .ignored
    }

    private func request(_ text: String, _ searcher: Searcher, _ session: Session) throws -> SearchRequest {
        let settings = session.settings
        let length = try settings.integer(.snippetLength)
        let showsPassages = session.format.showsFields && asked.topics == nil
        var request = SearchRequest(
            text, limit: try settings.integer(.limit), offset: asked.offset,
            countsExactly: try settings.boolean(.exactTotal), snippetLength: length > 0 && showsPassages ? length : nil,
            strategy: try settings.text(.strategy).flatMap(EvaluationStrategy.init) ?? .automatic,
            stopWords: try settings.text(.stopWords).flatMap(SearchRequest.StopWordTreatment.init) ?? .automatic,
            explains: asked.explain, copies: copies(session), ranking: try session.chosenProfile()?.ranking)
        request.correctsSpelling = !asked.exact
        request.synonyms = try session.synonyms()
        request.matching = try settings.text(.match).flatMap(SearchRequest.WordMatching.init) ?? .any
        request.tellsMissingWords = showsPassages
        request.expansion = try settings.text(.expand).flatMap(SearchRequest.Expansion.init) ?? .off
        request.passages = asked.passages ?? 1
        request.since = try asked.since.map { try Session.day(since: $0) }
        if asked.by == .passage {
            guard session.format != .trec else {
                throw UsageError("a TREC run ranks documents; leave --by passage out")
            }
            request.snippetLength = max(1, length > 0 ? length : 240)
        }
        if let sort = asked.sort { request.sort = SortOrder(QueryArguments.restored(sort)) }
        request.facets = try asked.facet.map { NameList.names(in: $0, known: try searcher.countableFields()) } ?? []
        // Who asks for no hits asks how many there are.
        if request.limit == 0 { request.countsExactly = true }
        request.facetLimit = asked.facetLimit.map { $0 == 0 ? nil : $0 } ?? 10
        if let groupBy = asked.groupBy { request.grouping = Grouping(field: groupBy, perGroup: asked.perGroup ?? 2) }
        return request
    }
}

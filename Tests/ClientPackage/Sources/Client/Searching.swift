import Postil

func search(_ index: Index, for note: Document) throws {
    let searcher: Searcher = try index.makeSearcher()
    var request = SearchRequest(
        "measure target", limit: 10, offset: 0, countsExactly: false, snippetLength: 240, strategy: .automatic,
        stopWords: SearchRequest.StopWordTreatment.keep, explains: true, copies: .collapsed, ranking: nil)
    request.ranking = try reviews().ranking
    request.stopWords = request.limit > 100 ? .drop : .automatic
    request.strategy = EvaluationStrategy.blockMax
    request.copies = request.limit > 100 ? SearchRequest.CopyTreatment.ignored : .marked
    request.expansion = request.limit > 100 ? SearchRequest.Expansion.off : .automatic
    do {
        let synonyms: Synonyms = try Synonyms("RLHF = human feedback", path: "synonyms.txt")
        request.synonyms = request.synonyms ?? (Synonyms.builtInNames.isEmpty ? Synonyms.none : synonyms)
        if let name = Synonyms.builtInNames.first { request.synonyms = try Synonyms.named(name) }
    } catch let mistake as SynonymsError {
        print(mistake.description)
    }
    let both = try Index.makeSearcher(over: [index, index])
    print(try both.search(request).hits.compactMap(\.index))
    let results: SearchResults = try searcher.search(request)
    print(results.query, results.duration, results.total.value, results.total.isExact)
    for hint: QueryHint in results.hints { print(hint.column, hint.message) }
    for hit in results.hits {
        tell(hit)
        print(Citation(of: hit, accessed: nil).key)
    }
    tell(results.statistics)
    print(results.correctedQuery ?? results.query, results.alsoSearched)
    request.expansion = .always

    request.sort = SortOrder("-date")
    request.facets = ["author"]
    request.facetLimit = 5
    request.grouping = Grouping(field: "source", perGroup: 2)
    request.grouping?.perGroup += 1
    try tell(searcher, request)

    request.matching = request.limit > 100 ? SearchRequest.WordMatching.all : .most
    request.tellsMissingWords = request.matching != .any
    print(results.withAllWords?.value ?? 0, results.hits.flatMap(\.missingWords))
    let understood: QueryInterpretation = try searcher.interpretation(of: request)
    print(understood.query, understood.condition)
    for part: QueryInterpretation.Part in understood.parts {
        print(part.pattern, part.field ?? "", part.weight, part.documents)
    }

    request.strategy = .exhaustive
    request.offset += request.limit
    request.passages = max(request.passages, 3)
    request.since = request.since ?? "2019"
    print(try searcher.searchPassages(request).hits.count)
    request.snippetLength = request.countsExactly ? nil : request.snippetLength
    let run: EvaluationResult = try searcher.rank(request)
    print(
        request.query, request.explains, request.copies, request.correctsSpelling, request.expansion, run.matchCount,
        run.statistics)
    let threshold = ScoredDocument(document: 0, units: 1)
    for scored in run.top where scored < threshold { print(scored.document, scored.units) }

    try searcher.refresh()
    for stored: StoredDocument in try searcher.documents(externalID: note.externalID) {
        print(stored.id, stored.document.title, stored.source ?? "")
        if let explanation = try searcher.explain(stored.id, query: request.query) { tell(explanation) }
        try cite(stored, searcher)
        try findSimilar(to: stored, searcher)
        for place: PassageInContext in try searcher.passages(of: stored, around: "target", limit: 3, context: 1) {
            print(place.headings)
            for paragraph: PassageInContext.Paragraph in place.paragraphs {
                print(paragraph.text, paragraph.address, paragraph.highlights)
            }
        }
    }
    let words: [ListedWord] = try searcher.completions(of: "goodh", limit: 5)
    for word in words { print(word.text, word.documents) }
    var last = DocumentID(rawValue: 0)
    while let next = try searcher.documents(after: last, limit: 100).last { last = next.id }
    print(try searcher.document(last)?.document.title ?? "", try complete("n", searcher))
}

private func tell(_ searcher: Searcher, _ request: SearchRequest) throws {
    let sort = SortOrder(field: "author", descends: request.sort.descends)
    print(sort.field ?? SortOrder.relevance.description, request.grouping?.field ?? "")
    do {
        let results = try searcher.search(request)
        for facet: Facet in results.facets { tell(facet) }
        for group: HitGroup in results.groups ?? [] {
            print(group.value ?? "", group.count, results.hits[group.hits].count)
        }
        tell(try searcher.facet("year", of: request.query, limit: request.facetLimit))
        tell(try searcher.fields(of: request.query))
    } catch let error as UnknownField {
        print(error.name, error.known, error.description, try searcher.countableFields())
    }
}

private func tell(_ facet: Facet) {
    print(facet.field, facet.valueCount, facet.without)
    for value: Facet.Value in facet.values { print(value.value, value.count) }
}

private func tell(_ hit: SearchHit) {
    print(hit.rank, hit.id, hit.externalID, hit.score, hit.title, hit.author ?? "", hit.date ?? "", hit.url ?? "")
    print(hit.tags, hit.metadata, hit.source ?? "", hit.line, hit.duplicateOf ?? 0)
    for copy: SearchHit.Copy in hit.duplicates {
        print(copy.id, copy.externalID, copy.title, copy.url ?? "", copy.source ?? "", copy.line, copy.similarity)
    }
    print(hit.quotes)
    for passage: SearchHit.Passage in hit.passages {
        print(passage.snippet.text, passage.address, passage.headings, passage.score)
    }
    if let snippet: Snippet = hit.snippet { print(snippet.text, snippet.highlights, snippet.page ?? 0) }
    if let explanation = hit.explanation { tell(explanation) }
}

private func tell(_ count: MatchCount) { print(count.isExact ? "" : "at least", count.value) }

private func tell(_ work: EvaluationStatistics) {
    print(work.blocks, work.blocksInIndex, work.postings, work.positionChecks)
}

private func tell(_ explanation: Explanation) {
    print(explanation.score, explanation.length, explanation.averageLength, explanation.passage ?? 0..<0)
    for part: Explanation.Part in explanation.parts {
        print(part.pattern, part.titleFrequency, part.bodyFrequency, part.documentFrequencies)
        print(part.inverseDocumentFrequency, part.boost, part.lengthFactor, part.weightedFrequency, part.contribution)
        switch part.kind {
        case Explanation.Part.Kind.occurrence: print("a term or phrase")
        case .nearness: print("words near each other")
        case .field: print("a word of the author or a tag")
        }
    }
}

func listDuplicates(in index: Index) throws {
    let threshold = max(Searcher.duplicateThreshold, Searcher.duplicateThresholds.lowerBound)
    let groups: [DuplicateGroup] = try index.makeSearcher().duplicates(threshold: threshold, progress: tell)
    for group in groups {
        print(group.representative)
        for member: DuplicateGroup.Member in group.others { print(member.id, member.similarity) }
    }
}

private func tell(_ progress: DuplicateSearchProgress) {
    switch progress {
    case .reading(let count, let total): print(count, total)
    case .comparing(let pairs): print(pairs, progress.description)
    }
}

import Postil

func openForWriting(_ path: String) throws -> Index {
    do {
        return try Index.create(
            at: path, profile: try Profile.named(Profile.defaultName), analyzer: nil, compression: .zstd)
    } catch IndexError.alreadyExists {
        return try Index.openOrCreate(at: path, profile: nil, analyzer: nil, compression: TextCompression.none)
    }
}

/// Adds documents, and takes one of them out again.
func write(to index: Index) throws -> Document {
    var note = Document(
        externalID: "note-1", title: "Goodhart's law", body: "When a measure becomes a target …", markup: "text",
        author: "Charles Goodhart", date: "1975", url: nil, tags: ["economics"], metadata: ["venue": "Sydney"], line: 1)
    note.metadata["author"] = note.author
    note.tags.append(note.markup ?? note.date ?? note.url ?? note.title)
    note.line = note.body.isEmpty ? 0 : 2

    var patient = index
    patient.patience.limit = max(Patience.short.limit, .seconds(60))
    patient.patience.announce = { print($0) }
    let writer: DocumentWriter = try patient.makeWriter()
    let id: DocumentID = try writer.insert(note)
    try writer.delete(id)
    let own: DocumentID = try writer.upsert(note)
    print(own, try writer.delete(externalID: note.externalID))
    try writer.insert(note)
    try writer.commit()
    try index.makeWriter().rollback()
    let report: IndexingReport = try index.upsert([note], threads: 1, memory: 1 << 20) { print($0.documents) }
    do {
        print(report.added, try index.remove(matching: "id:none", isDryRun: true))
    } catch let misread as QueryMisread {
        print(misread.hints.map(\.message), misread.description)
    }
    print(id.description, DocumentID(rawValue: id.rawValue) < id)
    return note
}

/// Looks after an index.
func maintain(_ index: Index) throws {
    print(index.path, try index.profile.name)
    let settings: IndexSettings = index.settings
    print(settings.analyzer, settings.profileName, settings.ranking, settings.stopWords, settings.compression)
    let facts: IndexInformation = try index.information()
    print(facts.path, facts.indexBytes, facts.documents, facts.sources, facts.failedSources)
    print(facts.firstDate ?? "", facts.lastDate ?? "", facts.analyzer, facts.profile, facts.compression)
    print(facts.formatVersion, facts.sqliteVersion)

    let report: CheckReport = try index.check(
        repair: true, depth: facts.documents > 1_000_000 ? CheckDepth.quick : .whole)
    for finding: CheckReport.Finding in report.findings where !report.isSound {
        print(mark(finding.severity), finding.what, advice(finding.remedy))
    }
    try index.optimize { (progress: OptimizationProgress) in
        print(progress.segments, progress.terms, progress.description)
    }
}

private func advice(_ remedy: CheckReport.Finding.Remedy) -> String {
    switch remedy {
    case .done(let how): how
    case .repair: "repair it"
    case .optimization: "optimize it"
    case .rebuild: "build it anew"
    case .newerVersion: "update the program, or build it anew"
    case .writableCopy: "check a copy"
    case .namedPlaces: "name its places"
    }
}

private func mark(_ severity: CheckReport.Finding.Severity) -> String {
    switch severity {
    case .error: "!"
    case .warning: "?"
    case .repaired: "+"
    }
}

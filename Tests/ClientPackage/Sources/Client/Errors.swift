import Postil

/// What a program can make of each error.
func explanation(of error: any Error) -> String {
    switch error {
    case let error as IndexError: explanation(of: error) + error.description
    case let error as ProfileError: "\(error.path):\(error.line ?? 1): \(error.message), \(error.description)"
    case let error as AnalyzerError: explanation(of: error) + error.description
    case let error as UnknownSynonyms: "\(error.name): \(error.description)"
    case let error as InvalidRanking: "\(error.parameters): \(error.description)"
    case let error as AnalyzersDiffer: "\(error.paths) \(error.analyzers): \(error.description)"
    case let error as NothingToIndex: "\(error.skipped.count): \(error.description)"
    case let error as ProfileConflict: "\(error.path) \(error.profile) \(error.wanted): \(error.description)"
    case let error as RootsLeftOut: "\(error.paths.count): \(error.description)"
    case let error as RemovalRefused:
        "\(error.documents) of \(error.indexed) \(error.places) \(RemovalRefused.smallestAlarm): \(error.description)"
    default: "\(error)"
    }
}

private func explanation(of error: IndexError) -> String {
    switch error {
    case .notFound(let path), .alreadyExists(let path), .readOnly(let path), .diskFull(let path): path
    case .busy(let path), .beingBuilt(let path), .replaced(let path): "try again: \(path)"
    case .notAnIndex(let path, let reason), .unreadable(let path, let reason), .writeFailed(let path, let reason):
        "\(path): \(reason)"
    case .newerFormat(let path, let found, let known), .olderFormat(let path, let found, let known):
        "\(path): \(found), not \(known)"
    case .newerFTS5(let path, let sqlite): "\(path): \(sqlite)"
    case .analyzerMismatch(let path, let built, let wanted): "\(path): \(built), not \(wanted)"
    case .foreignObject(let path, let kind, let name): "\(path): \(kind) \(name)"
    case .lockedOut(let path, let files): "\(path): \(files)"
    case .corrupt(let path, let table, let rowID, let reason): "\(path): \(table) \(rowID ?? 0) \(reason)"
    case .database(let path, let code, let message, let sql): "\(path): \(code) \(message) \(sql ?? "")"
    }
}

private func explanation(of error: AnalyzerError) -> String {
    switch error {
    case .unknownAnalyzer(let name, let available), .unknownStopWords(let name, let available): "\(name): \(available)"
    case .needsFTS5(let tokenizer): tokenizer
    case .fts5Tokenizer(let name, let code), .registration(let name, let code): "\(name): \(code)"
    }
}

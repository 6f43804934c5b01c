import Postil

/// Indexes a folder by a profile made in code, and tells all about it.
func update(_ path: String) throws {
    var request = IndexingRequest(
        paths: ["reviews"], profile: try reviews(), analyzer: "english", compression: .zstd, keepsMissing: false,
        prunes: false, isDryRun: false,
        limits: ReadingLimits(
            maximumFileBytes: nil, maximumDocumentBytes: 1 << 20, maximumJSONBytes: 1 << 30, batchBytes: 1 << 20),
        memory: 256 << 20, threads: 2)
    request.name = request.profile?.name
    request.findsProfile = { name in Profile.builtInNames.contains(name) ? try Profile.named(name) : nil }
    request.declaredPlaces = [DeclaredPlace(path: "letters", profile: request.profile)]
    for place in request.declaredPlaces { print(place.path, place.profile?.name ?? "") }
    request.patience = Patience(.seconds(30)) { print($0, isBuilding($0)) }
    request.limits.maximumFileBytes = request.limits.maximumDocumentBytes
    request.limits.batchBytes = min(request.limits.batchBytes, request.limits.maximumJSONBytes)
    request.paths.append("notes")
    print(request.analyzer ?? "", request.compression ?? TextCompression.none, request.memory, request.threads)
    print(request.keepsMissing, request.prunes, request.isDryRun)

    tell(try Index.update(at: path, with: request, progress: tell))
    tell(try Index.rebuild(at: path, with: request, progress: tell))
    tell(try Index.open(at: path, access: Index.Access.readWrite).update(with: request) { tell($0) })
    _ = try Index.open(at: path, access: Index.Access.repair)
}

private func isBuilding(_ occasion: Patience.Occasion) -> Bool {
    switch occasion {
    case .writer(let path): path.isEmpty
    case .build: occasion.description.isEmpty == false
    }
}

func tell(_ progress: IndexingProgress) {
    print(progress.filesDone, progress.filesTotal, progress.documents, progress.textBytes, progress.currentPath)
}

func tell(_ report: IndexingReport) {
    print(report.added, report.updated, report.unchanged, report.removed, report.documents)
    print(report.textBytes, report.indexBytes, report.seconds, report.failed, report.passedOver)
    for skipped: SkippedInput in report.skipped + report.warnings {
        print(skipped.path, skipped.line ?? 0, skipped.reason, skipped.count, skipped.description)
    }
    for kept: KeptDocuments in report.kept { print(kept.path, kept.files, kept.documents, reason(kept.reason)) }
    for notice in report.notices { print(notice.description, advice(on: notice)) }
    for (stage, seconds) in report.stages { print(job(of: stage), seconds) }
}

private func reason(_ reason: KeptDocuments.Reason) -> String {
    switch reason {
    case .missing: "moved?"
    case .empty: "not mounted?"
    case .replaced: "packed?"
    case .notChosen: "ignored?"
    }
}

private func advice(on notice: IndexingNotice) -> String {
    switch notice {
    case .compressionKept(let stored, let wanted): "is \(stored), rebuild for \(wanted)"
    case .rankingChanged(let profile): "ranked by the new \(profile)"
    case .olderFormat(let format, let taken, let all, let remembersPlaces):
        "\(taken) of \(all) from format \(format)\(remembersPlaces ? "" : ", name the folders")"
    case .placeMoved(let old, let new): "\(old) is \(new)"
    case .documentsLost(let count, let files): "\(count) came back from \(files?.count ?? 0) files"
    }
}

private func job(of stage: IndexingStage) -> String {
    switch stage {
    case .read, .analyse: "for one document"
    case .pack, .invert, .write: "for a batch"
    case .merge, .index, .sync: "for the whole"
    }
}

/// Tells the index which folders it has, and takes files and documents out of it.
func choose(in index: Index) throws {
    let root: IndexedRoot = try index.remember("reviews", profile: try reviews())
    for known in try index.roots() where !known.isPattern { print(known.path, known.profileName, known.profileYAML) }
    let removed = try index.remove(filesAt: root.path, isDryRun: true) ?? 0
    print(removed, try index.remove([DocumentID(rawValue: 1)], isDryRun: true), try index.forget(root.path))
}

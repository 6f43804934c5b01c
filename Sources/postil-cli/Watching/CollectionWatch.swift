import Foundation
import Postil
import Reports
import Threads

/// Brings an index up to date again and again, as files change.
///
/// Each batch of changes is an index run over the same places as the first one: it passes over what has not changed, and all that
/// holds for a run (ignored files, guards against removal, one transaction) holds here.
final class CollectionWatch {
    private let session: Session
    private let path: String
    private let stop: StopSignal
    private var request: IndexingRequest
    /// Where the last run looked.
    private let walked: LastWalk
    /// Nil where somebody has to look.
    private var changes: (any ChangeWatch)?
    /// Time between two looks.
    private var interval: Duration
    /// What was said of inputs up to now. It is not said again with each run.
    private var said: Set<SkippedInput> = []
    private var saidKept: Set<KeptDocuments> = []
    /// How long the last run took, and when it ended.
    private var lastRun: (duration: Duration, end: ContinuousClock.Instant)?
    private var hasSaidWhere = false

    /// The index is left alone this many times as long as a run took: looking at a million files must not take the machine.
    private static let rest = 4
    /// How long nothing must have happened before a run: editors write a file in several steps.
    private static let quiet = Duration.milliseconds(200)
    /// How long a run is put off while things go on happening.
    private static let longestDelay = Duration.seconds(2)
    /// Time between two looks where nobody said one: a person who switches to a terminal finds the index as it should be.
    static let usualInterval = Duration.seconds(10)

    /// - Parameters:
    ///   - path: The index.
    ///   - interval: Time between two looks; nil to have the system tell of changes.
    init(_ session: Session, _ request: IndexingRequest, indexAt path: String, lookingEach interval: Duration?) throws {
        self.session = session
        self.path = path
        self.interval = interval ?? Self.usualInterval
        walked = LastWalk()
        stop = try StopSignal()
        self.request = request
        self.request.hasWalked = { [walked] in walked.keep($0) }
        guard interval == nil else { return }
        do { changes = try IndexFileNames(ofIndexAt: path).makeWatch() } catch { fallBack(error) }
    }

    /// Runs until it is told to stop.
    ///
    /// - Throws: What makes the first run fail, and what no later one can do anything about.
    func run() throws {
        var isDone = try update(isFirst: true)
        var goesOn = true
        while goesOn {
            // What came into folders that nobody watched while they were read is read now.
            while followChanges(), stop.wait(for: nil, atMost: .zero) != .stopped { isDone = try update() }
            sayWhere()
            goesOn = wait(triesAgain: !isDone)
            if goesOn { isDone = try update() }
        }
    }

    /// Says once that it has begun.
    private func sayWhere() {
        guard !hasSaidWhere else { return }
        hasSaidWhere = true
        let places = walked.last
        let folders = Quantity.count(places?.folders.count ?? 0, "folder")
        let way = changes == nil ? "looks at \(folders) every \(Self.text(of: interval))" : "watches \(folders)"
        session.messages.note("\(way) for \(path); Ctrl-C ends it")
    }

    /// One run. Returns whether it did all that there was to do.
    private func update(isFirst: Bool = false) throws -> Bool {
        if !isFirst, !FileManager.default.fileExists(atPath: path) { throw IndexError.notFound(path: path) }
        let clock = ContinuousClock()
        let start = clock.now
        defer { lastRun = (clock.now - start, clock.now) }
        let progress = session.progressLine()
        defer { progress.finish() }
        do {
            let report = try stop.breaking {
                try Index.update(at: path, with: request) { step in if isFirst { progress.update { step.line } } }
            }
            progress.finish()
            try tell(report, isFirst: isFirst)
            return true
        } catch let error as IndexError {
            switch error {
            case .busy, .beingBuilt, .replaced, .diskFull, .writeFailed, .database:
                tell(error)
                return false
            default: throw error
            }
        } catch let error as RemovalRefused {
            // Which only a change of the files or a person can do something about.
            session.messages.warning("\(error); if they are meant to go, run `postil index --prune`; watching goes on")
            return true
        } catch let error where !isFirst && !(error is StandardOutput.Closed || error is StandardOutput.Failed) {
            // A profile that somebody is just editing.
            tell(error)
            return true
        }
    }

    private func tell(_ error: any Error) {
        let advice = Advice.about(error).map { "; " + $0 } ?? ""
        session.messages.warning("\(error)\(advice); watching goes on")
    }

    private func tell(_ report: IndexingReport, isFirst: Bool) throws {
        for notice in report.notices where isFirst { session.messages.notice(notice) }
        try session.warn(of: report.warnings)
        try session.warn(of: report.skipped.filter { !said.contains($0) }, failed: report.failed)
        for kept in report.kept where !saidKept.contains(kept) { session.messages.warning(kept.text) }
        said = Set(report.skipped)
        saidKept = Set(report.kept)
        if isFirst { session.hint(ofOtherFormats: report.passedOver) }
        guard isFirst || report.changes > 0 else { return }
        try session.print(WatchReport(report, at: Date(), from: session.folder))
    }

    /// Watches where the last run looked. Returns whether some of it had not been watched before.
    private func followChanges() -> Bool {
        guard let changes, let places = walked.last else { return false }
        do { return try changes.watch(places) } catch {
            fallBack(error)
            return false
        }
    }

    private func fallBack(_ error: CannotWatch) {
        changes = nil
        session.messages.warning(
            "\(error); looks for changes every \(Self.text(of: interval)) instead (--poll SECONDS)")
    }

    /// Waits for a reason to run. Returns false when it is time to stop.
    ///
    /// - Parameter triesAgain: Whether the last run left something to do.
    private func wait(triesAgain: Bool) -> Bool {
        let isPolling = changes == nil
        while true {
            switch stop.wait(for: changes?.descriptor, atMost: isPolling || triesAgain ? interval : nil) {
            case .stopped: return false
            case .timeout: return rest()
            case .readable: if changes?.takeChanges() == true { return settle() && rest() }
            }
        }
    }

    /// Waits until nothing more happens.
    private func settle() -> Bool {
        let deadline = ContinuousClock.now + Self.longestDelay
        while .now < deadline {
            switch stop.wait(for: changes?.descriptor, atMost: Self.quiet) {
            case .stopped: return false
            case .timeout: return true
            case .readable: _ = changes?.takeChanges()
            }
        }
        return true
    }

    /// Waits until the next run may begin.
    private func rest() -> Bool {
        guard let lastRun else { return true }
        let left = lastRun.end + lastRun.duration * Self.rest - .now
        return left <= .zero || stop.wait(for: nil, atMost: left) != .stopped
    }

    /// `10 seconds`, `0.5 seconds`.
    private static func text(of interval: Duration) -> String {
        let seconds = interval / .seconds(1)
        return seconds == seconds.rounded()
            ? Quantity.count(Int(seconds), "second") : "\(Quantity.decimal(seconds, places: 1)) seconds"
    }
}

/// Where an index run looked, as it tells while it runs.
private final class LastWalk: Sendable {
    private let places = Locked<WalkedPaths?>(nil)

    var last: WalkedPaths? { places.withLock { $0 } }

    func keep(_ new: WalkedPaths) { places.withLock { $0 = new } }
}

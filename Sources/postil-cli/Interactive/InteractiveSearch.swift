import ArgumentParser
import Foundation
import Postil
import Reports

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// `postil search` without a query on a terminal: answers while somebody types.
final class InteractiveSearch {
    private let session: Session
    private let opened: SearchedIndexes
    /// The request for a query, as the command's flags make it.
    private let request: (String) throws -> SearchRequest
    private let screen: TerminalScreen
    private var prompt = SearchPrompt()
    private var results: SearchResults?
    private var decoder = KeyDecoder()
    /// What was cited, to be printed in the end: on the other screen it would be gone.
    private var cited: [String] = []

    /// Characters of a passage: about what a pane of 80 by 24 has room for.
    private static let passageLength = 600
    /// How long the rest of a sequence may take to arrive, also over a slow line, until a lone escape is the key.
    private static let sequenceTime: Int32 = 30
    private static let pasteTime: Int32 = 1_000
    /// The most values that are offered to narrow a search down.
    private static let mostValues = 200

    init(_ session: Session, _ opened: SearchedIndexes, request: @escaping (String) throws -> SearchRequest) throws {
        self.session = session
        self.opened = opened
        self.request = request
        screen = try TerminalScreen()
    }

    /// Runs until somebody leaves.
    func run() throws {
        do {
            screen.enter()
            defer { screen.leave() }
            try search()
            while try step() {}
        }
        keep()
        for text in cited { try session.output.write(text) }
        try session.output.flush()
    }

    private func draw() {
        let size = screen.size
        let view = SearchPromptView(
            prompt, columns: size.columns, rows: size.rows, color: session.layout.usesColor)
        screen.draw(view.lines, cursor: view.cursor)
    }

    /// Takes what comes next. Returns false when somebody leaves.
    private func step() throws -> Bool {
        draw()
        let wait: Int32 = decoder.isPasting ? Self.pasteTime : decoder.isWaiting ? Self.sequenceTime : -1
        switch screen.next(atMost: wait) {
        case .bytes(let bytes): return try take(decoder.keys(bytes))
        case .timeout: return try take(decoder.flush())
        case .redraw: try resize()
        case .suspend: suspend()
        case .end: return false
        }
        return true
    }

    /// Takes keys, and searches once for all of them that came together.
    private func take(_ keys: [TerminalKey]) throws -> Bool {
        var isDue = false
        for key in keys {
            let action = prompt.take(key)
            if action == .search {
                isDue = true
                continue
            }
            if action != .nothing, isDue {
                try search()
                isDue = false
            }
            switch action {
            case .nothing, .search: break
            case .open: open([])
            case .text: open(["--text"])
            case .cite: try cite()
            case .count(let field): try offer(field)
            case .redraw: screen.clear()
            case .suspend: suspend()
            case .quit: return false
            }
        }
        if isDue { try search() }
        return true
    }

    private func resize() throws {
        screen.clear()
        try search()
    }

    private func suspend() { screen.suspend() }

    // MARK: Searching

    private func search() throws {
        let size = screen.size
        prompt.pageSize = SearchPromptView.pageSize(columns: size.columns, rows: size.rows)
        let text = prompt.text
        guard text.contains(where: { !$0.isWhitespace }) else {
            results = nil
            let documents = try opened.indexes.reduce(0) { $0 + (try $1.information().documents) }
            return prompt.show([], status: "Type to search \(Quantity.count(documents, "document")).")
        }
        var found = try answer(text)
        // A word that is still being typed.
        if found.hits.isEmpty || found.correctedQuery != nil, prompt.offset == 0,
            text.last.map({ $0.isLetter || $0.isNumber }) == true
        {
            let longer = try answer(text + "*")
            if !longer.hits.isEmpty, longer.correctedQuery == nil { found = longer }
        }
        results = found
        var status = SearchReport(found).summary
        if let corrected = found.correctedQuery { status = "“\(corrected)”: " + status }
        if let hint = found.hints.first { status += " · " + hint.message }
        prompt.show(found.hits.map(SearchPrompt.Row.init), status: status)
    }

    private func answer(_ text: String) throws -> SearchResults {
        var request = try request(text)
        request.limit = prompt.pageSize
        request.offset = prompt.offset
        request.snippetLength = Self.passageLength
        request.explains = false
        return try opened.searcher.search(request)
    }

    private func offer(_ field: String) throws {
        do {
            // Of the hits that are shown: the last word may have been taken as a beginning.
            let asked = results.map { $0.correctedQuery ?? $0.query } ?? prompt.text
            let facet = try opened.searcher.facet(field, of: asked, limit: Self.mostValues)
            prompt.offer(SearchPrompt.Menu(field: field, values: facet.values.map { ($0.value, $0.count) }))
        } catch let error as UnknownField {
            prompt.message = error.description
        }
    }

    // MARK: The selected hit

    /// Has the hits of this page known by their numbers, here and afterwards.
    private func keep() {
        if let results, !results.hits.isEmpty { session.keep(results, of: opened.indexes) }
    }

    private func cite() throws {
        guard let results, results.hits.indices.contains(prompt.selected),
            let stored = try opened.searcher.document(results.hits[prompt.selected].id)
        else { return }
        var text = ""
        let layout = TextLayout(isTerminal: false, usesColor: false, width: 80)
        try CitationsReport([CitationsReport.Cited(stored.document, accessed: Session.today)])
            .writeText(in: layout) { text += $0 }
        if !cited.contains(text) { cited.append(text) }
        prompt.message = text
    }

    /// Runs `postil open` on the hit, which has the terminal meanwhile.
    private func open(_ flags: [String]) {
        guard let row = prompt.selectedRow else { return }
        keep()
        screen.leave()
        let status = ChildProgram.run(
            [Bundle.main.executablePath ?? CommandLine.arguments[0], "open", "@\(row.rank)"] + flags
                + ["-i", session.absolutePath(of: opened.indexes[0])], environment: session.environment)
        screen.enter()
        if status != 0 { prompt.message = "`postil open` has ended with status \(status)" }
    }
}

extension SearchPrompt.Row {
    /// A hit as the prompt shows it.
    init(_ hit: SearchHit) {
        rank = hit.rank
        title = hit.title.isEmpty ? hit.externalID : hit.title
        facts = [
            hit.author ?? "", hit.date.map { String($0.prefix(10)) } ?? "",
            "score " + Quantity.decimal(hit.score, places: 2), hit.index ?? "",
        ].filter { !$0.isEmpty }.joined(separator: " · ")
        snippet = hit.snippet
        details = [hit.url ?? "", hit.externalID, hit.tags.joined(separator: ", ")].filter { !$0.isEmpty }
        if !hit.missingWords.isEmpty { details.append("without: " + hit.missingWords.joined(separator: ", ")) }
        if !hit.duplicates.isEmpty {
            details.append("also in: " + hit.duplicates.map(\.externalID).joined(separator: ", "))
        }
    }
}

/// A program that has the terminal until it ends. Foundation's `Process` puts its programs into groups of their own, which may not
/// read from the terminal.
private enum ChildProgram {
    /// Runs it, and gives its exit status.
    static func run(_ words: [String], environment: [String: String]) -> Int32 {
        var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        var variables: [UnsafeMutablePointer<CChar>?] = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for text in arguments + variables { free(text) } }
        // Safety: the texts are copies that live as long as the call, and end with a null.
        assert(arguments.count == words.count + 1 && variables.count == environment.count + 1)
        var id = pid_t()
        guard posix_spawnp(&id, words[0], nil, nil, &arguments, &variables) == 0 else { return 127 }
        var status: Int32 = 0
        while waitpid(id, &status, 0) < 0 && errno == EINTR {}
        return status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F
    }
}

/// The same on a terminal that can only print lines.
struct LinePrompt {
    /// Answers a query.
    let answer: (String) throws -> Void

    /// Asks until the input ends.
    func run() throws {
        while true {
            Messages.print("query, or nothing to leave:")
            guard let line = readLine(), line.contains(where: { !$0.isWhitespace }) else { return }
            do { try answer(line) } catch let code as ExitCode where code == CommandRun.nothingFound {
                // Said already.
            }
        }
    }
}

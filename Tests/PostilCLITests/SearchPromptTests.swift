import Postil
import PostilTestSupport
import Reports
import Testing

@testable import postil_cli

/// The prompt of `postil search` without a terminal: keys, state and view.
struct SearchPromptTests {
    // MARK: Keys

    @Test func bytesBecomeKeysHoweverTheyAreCut() {
        let bytes = Array(
            "aß漢\u{1B}[A\u{1B}OB\u{1B}[1;5C\u{1B}[5~\r\t\u{7F}\u{3}\u{1B}[200~x\r\u{1B}[Ay\u{1B}[201~e\u{301}".utf8)
        let expected: [TerminalKey] = [
            .text("aß漢"), .up, .down, .right, .pageUp, .enter, .tab, .backspace, .control("c"), .paste("x\r\u{1B}[Ay"),
            .text("e\u{301}"),
        ]
        for cut in 0...bytes.count {
            var decoder = KeyDecoder()
            var keys = decoder.keys(bytes[..<cut]) + decoder.keys(bytes[cut...])
            // Letters on both sides of a cut come in two pieces.
            keys = keys.reduce(into: []) { all, key in
                if case .text(let text) = key, case .text(let before)? = all.last {
                    all[all.count - 1] = .text(before + text)
                } else {
                    all.append(key)
                }
            }
            #expect(keys == expected && !decoder.isWaiting, "cut: \(cut)")
        }
    }

    @Test func aLoneEscapeIsAKeyOnceNothingFollows() {
        var decoder = KeyDecoder()
        #expect(decoder.keys([0x1B]).isEmpty && decoder.isWaiting)
        #expect(decoder.flush() == [.escape] && !decoder.isWaiting)
    }

    @Test(arguments: [UInt64(1), 2, 3]) func anyBytesAreTaken(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        let likely: [UInt8] = [0x1B, 0x5B, 0x4F, 0x7E, 0x32, 0x30, 0x41, 0xC3, 0xE2, 0xFF]
        for round in 0..<300 {
            var decoder = KeyDecoder()
            var prompt = SearchPrompt()
            let bytes = (0..<40).map { _ in
                Bool.random(using: &generator)
                    ? likely.randomElement(using: &generator)! : UInt8.random(in: 0...255, using: &generator)
            }
            for key in decoder.keys(bytes) + decoder.flush() { _ = prompt.take(key) }
            let view = SearchPromptView(
                prompt, columns: Int.random(in: 1...30, using: &generator),
                rows: Int.random(in: 1...9, using: &generator), color: false)
            #expect(
                !decoder.isWaiting && (0...prompt.query.count).contains(prompt.cursor), "seed: \(seed), round: \(round)"
            )
            #expect(!view.lines.isEmpty)
        }
    }

    // MARK: State

    private func rows(_ count: Int) -> [SearchPrompt.Row] {
        (1...count).map { SearchPrompt.Row(rank: $0, title: "Title \($0)", facts: "Ann · 2021") }
    }

    @Test func theQueryIsEditedAsShellsDo() {
        var prompt = SearchPrompt()
        #expect(prompt.take(.text("reward  hackin")) == .search)
        #expect(prompt.take(.paste("g\nof\tmodels\u{1B}")) == .search)
        #expect(prompt.text == "reward  hacking of models")
        #expect(prompt.take(.control("w")) == .search && prompt.text == "reward  hacking of ")
        #expect(prompt.take(.backspace) == .search && prompt.take(.control("w")) == .search)
        #expect(prompt.text == "reward  hacking ")
        #expect(prompt.take(.home) == .nothing && prompt.take(.delete) == .search && prompt.text == "eward  hacking ")
        #expect(
            prompt.take(.backspace) == .nothing && prompt.take(.right) == .nothing
                && prompt.take(.control("k")) == .search)
        #expect(prompt.text == "e" && prompt.take(.text("\u{301}")) == .search)
        #expect(prompt.query.count == 1 && prompt.cursor == 1)
        #expect(prompt.take(.control("u")) == .search && prompt.text == "")
        #expect(
            prompt.take(.enter) == .nothing && prompt.take(.control("c")) == .quit
                && prompt.take(.control("z")) == .suspend)
    }

    @Test func theSelectionTurnsPages() {
        var prompt = SearchPrompt(query: "reward")
        prompt.pageSize = 3
        prompt.show(rows(3), status: "")
        #expect(prompt.take(.up) == .nothing && prompt.take(.down) == .nothing && prompt.selectedRow?.rank == 2)
        #expect(
            prompt.take(.down) == .nothing && prompt.take(.down) == .search && prompt.offset == 3
                && prompt.selected == 0)
        prompt.show(rows(2), status: "")
        #expect(prompt.take(.pageDown) == .nothing, "the last page")
        #expect(prompt.take(.up) == .search && prompt.offset == 0 && prompt.selected == 2)
        #expect(
            prompt.take(.enter) == .open && prompt.take(.control("y")) == .cite && prompt.take(.control("t")) == .text)
        #expect(prompt.take(.text("s")) == .search && prompt.selected == 0)
    }

    @Test func aValueNarrowsTheSearchDown() {
        var prompt = SearchPrompt(query: "reward")
        #expect(prompt.take(.tab) == .count("author"))
        prompt.offer(SearchPrompt.Menu(field: "author", values: [("Ann \"A\" Lee", 3), ("Bob", 1)]))
        #expect(prompt.take(.tab) == .count("year") && prompt.menu == nil)
        prompt.offer(SearchPrompt.Menu(field: "author", values: [("Ann \"A\" Lee", 3), ("Bob", 1)]))
        #expect(prompt.take(.down) == .nothing && prompt.take(.down) == .nothing && prompt.take(.up) == .nothing)
        #expect(prompt.take(.enter) == .search && prompt.text == "reward author:\"Ann A Lee\"" && prompt.menu == nil)
        #expect(SearchPrompt.filter("year", "2021") == "date:2021")
        prompt.offer(SearchPrompt.Menu(field: "tag", values: []))
        #expect(prompt.take(.enter) == .nothing && prompt.menu == nil)
        prompt.offer(SearchPrompt.Menu(field: "tag", values: [("x", 1)]))
        #expect(prompt.take(.escape) == .nothing && prompt.menu == nil && prompt.take(.escape) == .quit)
    }

    // MARK: View

    @Test func noLineIsWiderThanTheScreen() {
        let texts = [
            "漢字かな交じり文", "👩‍👩‍👧‍👦 family", "e\u{301}le\u{300}ve", "a\u{1B}[2Jb\u{202E}c", String(repeating: "x", count: 300),
            "한국어",
        ]
        for columns in [1, 2, 7, 20, 59, 60, 80, 200] {
            for rows in [1, 2, 3, 4, 10, 24] {
                for text in texts {
                    var prompt = SearchPrompt(query: text)
                    var row = SearchPrompt.Row(rank: 12, title: text, facts: text, details: [text, "id"])
                    row.snippet = nil
                    prompt.show([row, row], status: text)
                    prompt.message = text
                    let view = SearchPromptView(prompt, columns: columns, rows: rows, color: false)
                    #expect(view.lines.count == rows, "\(columns) × \(rows)")
                    #expect(view.cursor.column < max(columns, 4), "\(columns) × \(rows), \(text)")
                    for line in view.lines where columns > 4 {
                        #expect(DisplayWidth.of(line) <= columns, "\(columns) × \(rows): \(line)")
                        #expect(!line.contains("\u{1B}") && !line.unicodeScalars.contains("\u{202E}"))
                    }
                }
            }
        }
    }

    @Test func listAndPassageStandSideBySide() {
        var prompt = SearchPrompt(query: "reward")
        prompt.show(rows(2), status: "Results 1–2 of 2")
        _ = prompt.take(.down)
        let view = SearchPromptView(prompt, columns: 60, rows: 8, color: false)
        #expect(
            view.lines == [
                "> reward", "Results 1–2 of 2" + String(repeating: " ", count: 44),
                "  1  Title 1             | Title 2", "     Ann · 2021          | Ann · 2021",
                "> 2  Title 2             | ", "     Ann · 2021          | ", String(repeating: " ", count: 24) + " | ",
                "Enter open  ^T text  ^Y cite  Tab narrow  PgDn more  Esc lea",
            ], "\(view.lines)")
        #expect(view.cursor == (0, 8))
    }

    @Test func theEndOfALongQueryIsShown() {
        let prompt = SearchPrompt(query: String(repeating: "漢", count: 30) + "end")
        let view = SearchPromptView(prompt, columns: 20, rows: 5, color: false)
        #expect(view.lines[0].hasSuffix("漢end") && view.cursor.column <= 19)
    }
}

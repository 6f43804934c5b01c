import Documents
import GRDB
import PostilTestSupport
import Postings
import Testing
import TextAnalysis

@testable import IndexStore

/// The list of words in the file: its format, what updates leave of it, and what a check finds.
@Suite struct WordListTests {
    let folder: TemporaryFolder
    var path: String { folder.file("index.db") }

    init() throws { folder = try TemporaryFolder() }

    private func settings(_ analyzer: String = "english") -> IndexSettings {
        IndexSettings(analyzer: analyzer, analyzerIdentity: "1", profileName: "default", profileYAML: "name: default")
    }

    private func build(_ texts: [String], analyzer: String = "english", tokenizer: String = "postil english") throws
        -> IndexFile
    {
        try IndexFile.build(at: path, settings: settings(analyzer), tokenizer: tokenizer, replaces: true) { writer in
            for (number, text) in texts.enumerated() {
                try writer.insert(Document(externalID: "\(number)", body: text))
            }
        }.file
    }

    private func words(_ file: IndexFile) throws -> [String: Int] {
        try file.snapshot().connection.access { db in
            let reader = try WordListReader(db)
            var merge = WordMerge(try reader.layers().map { .layer(try WordLayerCursor(reader, $0)) })
            var words: [String: Int] = [:]
            while try merge.next() {
                words[String(decoding: merge.word, as: UTF8.self).replacing("\0", with: "|")] = merge.documents
            }
            return words
        }
    }

    // MARK: Format

    /// The example of `WordListFormat`.
    @Test func blockOfTheDocumentationDecodes() throws {
        let content: [UInt8] =
            [0x03, 0x00, 0x03, 0x00, 0x03, 0x01, 0x12, 0x06, 0x02, 0x12] + "artseconomie\0économie".utf8
        let block = try WordBlock(content, row: 0)
        #expect((0..<3).map { String(decoding: block[$0], as: UTF8.self) } == ["art", "arts", "economie\0économie"])
        #expect(block.documents == [3, 1, 9])
        var builder = WordBlockBuilder()
        for (word, documents) in [("art", 3), ("arts", 1), ("economie\0économie", 9)] {
            builder.append(Array(word.utf8), documents: documents)
        }
        #expect(builder.content == content)
        #expect(builder.first == Array("art".utf8))
    }

    /// No memory is asked for by what a row id says.
    @Test func aRowIDThatSpeaksOfFourBillionBlocksIsAnError() throws {
        let file = try build(["common words"])
        try TestDatabase(path).execute("UPDATE words SET id = 4294967295")
        try file.snapshot().connection.access { db in
            let reader = try WordListReader(db)
            let layer = try #require(reader.layers().first)
            #expect(layer.blocks == 1 << 32)
            #expect(throws: WordListError.self) { try reader.firstWords(of: layer) }
        }
    }

    @Test func blocksOfAnyWordsReadAsTheyWereWritten() throws {
        for seed in UInt64(1)...30 {
            var random = SplitMix64(seed: seed)
            let words = Set(
                (0..<Int.random(in: 1...200, using: &random)).map { _ in
                    (0..<Int.random(in: 1...30, using: &random)).map { _ in UInt8.random(in: 97...99, using: &random) }
                }
            ).sorted { $0.lexicographicallyPrecedes($1) }
            var builder = WordBlockBuilder()
            let numbers = words.map { _ in Int.random(in: -300...300, using: &random) }
            for (word, number) in zip(words, numbers) { builder.append(word, documents: number) }
            let block = try WordBlock(builder.content, row: 0)
            #expect((0..<block.count).map { Array(block[$0]) } == words, "seed \(seed)")
            #expect(block.documents == numbers, "seed \(seed)")
            let packed = try PackedWordBlock(builder.content, first: [], row: 0)
            #expect((0..<packed.count).map(packed.documents(of:)) == numbers, "seed \(seed)")
        }
    }

    /// Any byte that is changed or missing is an error or other words, never more.
    @Test func damagedBlocksThrowOrDecode() throws {
        var builder = WordBlockBuilder()
        for word in ["a", "ab", "abc", "b", "bcd"] { builder.append(Array(word.utf8), documents: 200) }
        let content = builder.content
        var refused = 0
        for place in content.indices {
            for value in [UInt8](arrayLiteral: 0, 1, 0x7F, 0x80, 0xFF) {
                var bytes = content
                bytes[place] = value
                do throws(WordListError) { _ = try WordBlock(bytes, row: 7) } catch {
                    #expect(error.row == 7)
                    refused += 1
                }
                // What is no more than looked through is read where all of it is.
                let packed = try? PackedWordBlock(bytes, first: [], row: 7)
                if let whole = try? WordBlock(bytes, row: 7) {
                    #expect(packed.map { packed in (0..<packed.count).map(packed.documents(of:)) } == whole.documents)
                } else if let packed {
                    for word in 0..<packed.count { _ = packed.documents(of: word) }
                }
            }
            #expect(throws: WordListError.self) { try WordBlock(Array(content[..<place]), row: 7) }
            #expect(throws: WordListError.self) { try PackedWordBlock(Array(content[..<place]), first: [], row: 7) }
        }
        #expect(refused > content.count)
    }

    // MARK: Content

    @Test func wordsAreListedAsTheyAreWritten() throws {
        let file = try build([
            "Optimizers optimize. The RÉSUMÉ resume, don't!", "The the THE wi-fi config.json rightSplit 42 x 深度学习 v2",
        ])
        #expect(
            try words(file) == [
                "optimizers": 1, "optimize": 1, "the": 2, "resume|résumé": 1, "resume": 1, "don't": 1, "wi": 1, "fi": 1,
                "wifi": 1, "config": 1, "json": 1, "rightsplit": 1, "right": 1, "split": 1, "v2": 1,
            ])
    }

    @Test(arguments: ["fts5:porter unicode61"])
    func analyzersOfFTS5HaveAListToo(analyzer: String) throws {
        let file = try build(["Optimizers optimize"], analyzer: analyzer, tokenizer: "porter unicode61")
        #expect(try words(file) == ["optimizers": 1, "optimize": 1])
    }

    /// Whatever comes and goes, in whatever steps: the list is that of the documents that are there.
    @Test func updatesLeaveTheListOfWhatIsThere() throws {
        for seed in UInt64(1)...4 {
            var random = SplitMix64(seed: seed)
            func text() -> String {
                (0..<Int.random(in: 1...40, using: &random)).map { _ in
                    // Letters alone: digits would be words of their own.
                    "w"
                        + String(Int.random(in: 0..<60, using: &random), radix: 2).replacing("1", with: "a")
                        .replacing("0", with: "b")
                }.joined(separator: " ")
            }
            let first = (0..<20).map { _ in text() }
            let file = try build(first)
            var present = Dictionary(uniqueKeysWithValues: first.enumerated().map { (Int64($0 + 1), $1) })
            for _ in 0..<8 {
                let writer = try file.writer()
                for id in present.keys.sorted() where Int.random(in: 0..<5, using: &random) == 0 {
                    try writer.delete(DocumentID(rawValue: id))
                    present[id] = nil
                }
                for _ in 0..<Int.random(in: 0...4, using: &random) {
                    let text = text()
                    present[try writer.insert(Document(externalID: "n", body: text)).rawValue] = text
                }
                try writer.commit()
                var expected: [String: Int] = [:]
                for text in present.values {
                    for word in Set(text.split(separator: " ").map(String.init)) { expected[word, default: 0] += 1 }
                }
                #expect(try words(file) == expected, "seed \(seed)")
            }
            #expect(try file.check(repair: false).findings.isEmpty, "seed \(seed)")
            try file.optimize()
            let layers = try file.snapshot().connection.access { try WordListReader($0).layers() }
            #expect(layers.count == 1, "seed \(seed)")
            #expect(try file.check(repair: false).findings.isEmpty, "seed \(seed)")
        }
    }

    /// Blocks so small that every border between them is met.
    @Test func layersOfManyBlocksMergeToTheirSum() throws {
        _ = try build(["one"])
        let analyzer = try TextAnalyzer(.english)
        var buffer = TokenBuffer()
        func count(_ words: [String]) -> CountedWords {
            analyzer.removeAllTerms()
            for word in words {
                analyzer.beginDocument()
                var word = word
                word.withUTF8 { analyzer.analyze($0, into: &buffer) }
            }
            return analyzer.countedWords()
        }
        let all = (0..<300).map { "w" + String($0, radix: 2).replacing("0", with: "a").replacing("1", with: "b") }
        try IndexConnection(path: path, mode: .readWrite).access { db in
            try db.execute(sql: "BEGIN; DELETE FROM words")
            let writer = WordListWriter(db, blockLength: 16)
            try writer.add([count(all), count(["wab", "zebra"])])
            try writer.add([], removed: count(["zebra", all[7]]))
            try writer.add([count(["aardvark"])])
            let reader = try WordListReader(db)
            let layers = try reader.layers()
            #expect(layers.map(\.size) == layers.map(\.size).sorted(by: >))
            var expected = Dictionary(uniqueKeysWithValues: all.map { ($0, 1) })
            expected[all[7]] = nil
            expected["wab", default: 0] += 1
            expected["aardvark"] = 1
            for start in ["", "w", "wba", all[100], all[299], "wabc", "zz"] {
                let bytes = Array(start.utf8)
                var merge = WordMerge(try layers.map { .layer(try WordLayerCursor(reader, $0, from: bytes)) })
                var found: [String] = []
                while try merge.next() {
                    let word = String(decoding: merge.word, as: UTF8.self)
                    found.append(word)
                    #expect(merge.documents == expected[word], "\(word)")
                }
                #expect(found == expected.keys.filter { $0 >= start }.sorted(), "from \(start)")
            }
            try db.execute(sql: "ROLLBACK")
        }
    }

    /// Letters of one, two and three bytes, some of which begin alike, in blocks of a few words.
    @Test func nearWordsEqualThoseOfTheWholeMatrix() throws {
        _ = try build(["one"])
        let analyzer = try TextAnalyzer(.none)
        var buffer = TokenBuffer()
        for seed in UInt64(1)...12 {
            var random = SplitMix64(seed: seed)
            let letters = [["a", "b", "é"], ["д", "е", "ѣ"], ["a", "я", "ა", "ბ"], ["x", "y"]]
            func word() -> String {
                let script = letters.randomElement(using: &random) ?? []
                return (0..<Int.random(in: 2...8, using: &random)).compactMap { _ in
                    script.randomElement(using: &random)
                }.joined()
            }
            analyzer.removeAllTerms()
            for _ in 0..<150 {
                analyzer.beginDocument()
                var text = word() + " " + word()
                text.withUTF8 { analyzer.analyze($0, into: &buffer) }
            }
            let counted = analyzer.countedWords()
            try IndexConnection(path: path, mode: .readWrite).access { db in
                try db.execute(sql: "BEGIN; DELETE FROM words")
                try WordListWriter(db, blockLength: Int.random(in: 8...400, using: &random)).add([counted])
                let reader = try WordListReader(db)
                let layer = try #require(try reader.layers().first)
                for limit in 0...3 {
                    let wanted = Array(String(decoding: WordFolder().key(of: word()), as: UTF8.self).unicodeScalars)
                    var expected: [[UInt8]: [Int]] = [:]
                    for index in 0..<counted.count {
                        var bytes: [UInt8] = []
                        counted.append(index, to: &bytes)
                        let key = String(decoding: bytes[...].key, as: UTF8.self).unicodeScalars
                        let distance = referenceEditDistance(Array(key), wanted)
                        if distance <= limit { expected[bytes] = [distance, Int(counted[index].documents)] }
                    }
                    // The second time from what is kept.
                    for pass in 1...2 {
                        var found: [[UInt8]: [Int]] = [:]
                        var walk = WordLayerWalk(NearWordWalk<UInt64>(wanted, within: limit))
                        try walk.forEachNear(in: layer, of: reader) { found[$0] = [$1, $2] }
                        #expect(found == expected, "seed \(seed), limit \(limit), pass \(pass)")
                    }
                }
                try db.execute(sql: "ROLLBACK")
            }
        }
    }

    /// Files of earlier versions, and of other programs' writing.
    @Test(arguments: [true, false])
    func aListThatIsBehindIsMadeAnewWithTheNextWrite(optimizes: Bool) throws {
        let file = try build(["one two", "two three"])
        try TestDatabase(path).execute("DROP TABLE words")
        let old = try IndexFile(path: path)
        #expect(try old.snapshot().words(beginningWith: [], limit: 9).isEmpty)
        if optimizes {
            try old.optimize()
        } else {
            let writer = try old.writer()
            try writer.delete(writer.insert(Document(externalID: "x", body: "four")))
            try writer.commit()
        }
        #expect(try words(file) == ["one": 1, "two": 2, "three": 1])
    }

    // MARK: Check

    @Test(arguments: [
        "DELETE FROM words", "DROP TABLE words", "UPDATE words SET content = x'28B52FFD'",
        "UPDATE words SET first = x'00'",
        "INSERT INTO words SELECT id + (1 << 32), first, content FROM words",
        "INSERT INTO words VALUES (-5, x'00', x'00')", "INSERT INTO words VALUES (3, x'00', x'00')",
    ])
    func damageIsFoundAndMended(damage: String) throws {
        let file = try build(["one two", "two three"])
        let sound = try words(file)
        try TestDatabase(path).execute(damage)
        let report = try file.check(repair: false)
        #expect(report.findings.count == 1)
        #expect(report.findings.first?.what.hasPrefix("words") ?? false)
        #expect(try file.check(repair: true).isSound)
        #expect(try words(file) == sound)
        #expect(try file.check(repair: false).findings.isEmpty)
    }
}

extension WordListWriter {
    /// Adds and takes off words that were counted at once.
    fileprivate func add(_ added: [CountedWords], removed: CountedWords = CountedWords()) throws {
        try add(added.map { CountedWordsCursor($0) } + [CountedWordsCursor(removed, sign: -1)])
    }
}

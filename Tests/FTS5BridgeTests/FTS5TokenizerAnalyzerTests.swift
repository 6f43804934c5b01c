import FTS5Bridge
import Testing
import TextAnalysis

@Suite struct FTS5TokenizerAnalyzerTests {
    private func terms(_ name: String, _ text: String, for purpose: AnalysisPurpose = .document) throws -> [String] {
        let connection = try Connection()
        let analyzer = try connection.api.analyzer(for: AnalyzerSpecification(name))
        var text = text
        defer { withExtendedLifetime(connection) {} }
        return text.withUTF8 { bytes in
            var found: [String] = []
            analyzer.analyze(bytes, for: purpose) { token in
                let term = String(decoding: token.term, as: UTF8.self)
                found.append("\(term)@\(token.position)[\(token.start)..<\(token.end)]")
            }
            return found
        }
    }

    @Test func callsFTS5sTokenizers() throws {
        #expect(try terms("fts5:porter unicode61", "Running Résumés") == ["run@0[0..<7]", "resum@1[8..<17]"])
        #expect(try terms("fts5:unicode61 remove_diacritics 0", "Ré-a") == ["ré@0[0..<3]", "a@1[4..<5]"])
        #expect(try terms("fts5:unicode61 tokenchars '-_'", "a-b c_d") == ["a-b@0[0..<3]", "c_d@1[4..<7]"])
        #expect(try terms("fts5:trigram", "abcd") == ["abc@0[0..<3]", "bcd@1[1..<4]"])
        #expect(try terms("fts5:unicode61", "") == [])
    }

    @Test func namesWhatFTS5DoesNotKnow() throws {
        let connection = try Connection()
        for name in ["fts5:klingon", "fts5:unicode61 remove_diacritics 9"] {
            let specification = try AnalyzerSpecification(name)
            #expect(throws: AnalyzerError.self) { try connection.api.analyzer(for: specification) }
        }
    }

    @Test func namesTheOptionOfATable() throws {
        let specification = try AnalyzerSpecification("fts5:porter unicode61")
        #expect(specification.tokenizeOption == "porter unicode61")
        #expect(
            AnalyzerSpecification.english.tokenizeOption == "unicode61 categories 'Co' separators 'postil english'")
        let connection = try Connection()
        defer { withExtendedLifetime(connection) {} }
        #expect(try connection.api.analyzer(for: specification).identity == "fts5:porter unicode61")
    }
}

import Testing

@testable import TextAnalysis

@Suite struct AnalyzerSpecificationTests {
    @Test func takesEveryNameItLists() throws {
        #expect(AnalyzerSpecification.availableNames.count > 20)
        for name in AnalyzerSpecification.availableNames {
            let specification = try AnalyzerSpecification(name)
            #expect(specification.name == name)
            let analyzer = try TextAnalyzer(specification)
            #expect(analyzer.identity.hasPrefix("\(name) 6 (words 15.0.0; utf8proc "), "\(analyzer.identity)")
        }
        #expect(try AnalyzerSpecification("English ") == .english)
        #expect(try AnalyzerSpecification("none") == .none)
    }

    @Test func takesFTS5sTokenizers() throws {
        let specification = try AnalyzerSpecification("FTS5: porter  unicode61")
        #expect(specification.kind == .fts5(tokenizer: "porter unicode61"))
        #expect(specification.name == "fts5:porter unicode61")
        #expect(try AnalyzerSpecification(specification.name) == specification)
        #expect(throws: AnalyzerError.needsFTS5(tokenizer: "porter unicode61")) { try TextAnalyzer(specification) }
    }

    @Test(arguments: ["klingon", "", "fts5:", "fts5: "])
    func refusesOtherNamesWithAList(name: String) {
        let error = #expect(throws: AnalyzerError.self) { try AnalyzerSpecification(name) }
        #expect(error == .unknownAnalyzer(name, available: AnalyzerSpecification.availableNames))
        #expect(error?.description.contains("english, ") == true)
    }

    @Test func identityTellsStemmersApart() throws {
        let identities = try AnalyzerSpecification.availableNames.map { name in
            try TextAnalyzer(AnalyzerSpecification(name)).identity.drop { $0 != " " }
        }
        let groups = Dictionary(grouping: AnalyzerSpecification.availableNames.indices) { identities[$0] }
        let alike = groups.values.filter { $0.count > 1 }.map { $0.map { AnalyzerSpecification.availableNames[$0] } }
        #expect(alike.isEmpty, "the probe words do not tell these stemmers apart")
    }
}

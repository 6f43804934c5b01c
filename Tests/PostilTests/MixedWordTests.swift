import PostilTestSupport
import Testing

@testable import Postil

/// Tokens of letters and digits, numbers in groups, emoji, Korean words with particles: from the text to the hit.
@Suite struct MixedWordTests {
    /// A searcher over texts by their ids.
    private func searcher(_ texts: [String: String], in folder: TemporaryFolder) throws -> Searcher {
        for (name, text) in texts { try folder.write(text, to: "in/\(name).txt") }
        _ = try Index.update(at: folder.file("postil.db"), with: IndexingRequest(paths: [folder.file("in")]))
        return try Index.open(at: folder.file("postil.db")).makeSearcher()
    }

    private func expect(_ text: String, isFoundBy queries: [String], other: String = "Nothing of it.") throws {
        let folder = try TemporaryFolder()
        let searcher = try searcher(["text": text, "other": other], in: folder)
        for query in queries {
            for strict in [query, "+\(query)", "* -\(query)"] {
                let found = try searcher.search(SearchRequest(strict)).hits.map(\.externalID)
                if strict.hasPrefix("*") {
                    #expect(!found.contains("text.txt"), "\(strict)")
                } else {
                    #expect(found == ["text.txt"], "\(strict)")
                }
            }
        }
    }

    @Test func phrasesOfIdeographsAreFound() throws {
        try expect("独特关键词甲在这里。東京都庁", isFoundBy: ["\"关键词甲\"", "\"关键\"", "\"京都庁\""])
    }

    @Test func lettersBesideDigitsAreWords() throws {
        try expect(
            "iPhone15 LLaMA2 MacBook2019 PyTorch1.13 PowerShell7 YouTube2 DeBERTaV3 IPv6Address utf8mb4 sha256sum H2SO4 Qwen2VL",
            isFoundBy: [
                "iphone", "llama", "macbook", "pytorch", "powershell", "youtube", "deberta", "ipv6", "utf8", "sha256",
                "mb4",
                "so4", "iPhone15", "iphone15", "phone", "LLaMA2", "llama2", "address", "qwen2", "qwen", "\"iphone 15\"",
                "\"pytorch 1 13\"", "\"macbook 2019 pytorch\"", "PyTorch1.13", "mb4*",
            ])
    }

    @Test func phrasesMatchTokensOfTheirWords() throws {
        try expect(
            "an RFC2616 of Python3, HTML5 and Covid19: 5kg XMLHttpRequest getUserName arXiv:2209.13085v2 there; GPT4Turbo now",
            isFoundBy: [
                "\"rfc 2616\"", "\"python 3\"", "\"html 5\"", "\"covid 19\"", "\"5 kg\"", "\"xml http request\"",
                "\"get user name\"", "\"arxiv 2209 13085 v2 there\"", "\"an rfc 2616 of\"", "\"gpt 4 turbo now\"",
                "\"kg xmlhttprequest\"",
            ], other: "request http xml, name user get, 19 covid, kg 5 and 2616, rfc")
    }

    @Test func numbersAreFoundWrittenTogether() throws {
        try expect(
            "1,234,567.89 1_000_000 2’000’000 978-3-16-148410-0 555-123-4567 2023-04-05 3.456.789,12",
            isFoundBy: [
                "1234567", "1234567.89", "1,234,567.89", "1000000", "1_000_000", "2000000", "9783161484100",
                "978-3-16-148410-0",
                "5551234567", "20230405", "2023-04-05", "2023-04-0*", "3456789", "1,234,567",
            ], other: "12345 67, 89, 1 and 000, 978 and 3, 555, 05, 04, 2023")
        try expect(
            "the sum of 1234567 and 7654321.25", isFoundBy: ["1,234,567", "1_234_567", "7,654,321.25", "1234567"])
        let folder = try TemporaryFolder()
        let ranges = try searcher(["text": "from 2019-2021 at 12:30:45 version 1.2.3"], in: folder)
        for query in ["20192021", "123045", "123"] {
            #expect(try ranges.search(SearchRequest(query)).hits.isEmpty, "\(query)")
        }
    }

    @Test func emojiOfTextAreWords() throws {
        try expect(
            "love ❤️ it ⚠️ ☺️ 👍🏽 👨‍👩‍👧 ✅", isFoundBy: ["❤️", "❤", "⚠", "☺", "👍", "👍🏿", "👨", "👧", "✅", "\"love ❤️\"", "\"❤ it\""])
    }

    @Test func koreanWordsAreFoundWithoutTheirParticles() throws {
        try expect(
            "AI가 발전했다. GPT는 모델이다. LLM의 정렬. API를. 2023년에. OpenAI에서. 책이 있다. 학생이라면 친구하고 집이나 뉴스에요 너와 공부하는 코딩했습니다 나라입니다 한국어Text를 집에 agents는",
            isFoundBy: [
                "AI", "발전", "GPT", "모델", "LLM", "API", "2023년", "OpenAI", "책", "학생", "친구", "집", "뉴스", "너", "공부", "코딩",
                "나라",
                "한국어", "text", "agent", "2023",
            ])
    }

    /// Whatever letters and digits a token is put together of, its parts find it, and so does the phrase of them.
    @Test func partsOfAnyTokenFindIt() throws {
        var random = SplitMix64(seed: 513)
        func pick(_ words: [String]) -> String { words[Int(random.next() % UInt64(words.count))] }
        for round in 0..<40 {
            let (name, number) = (
                pick(["Llama", "GPT", "YouTube", "utf", "QwenVL", "Naïve"]), pick(["2", "15", "2019"])
            )
            let ending = pick(["", "Pro", "mb", "를"])
            let token = name + number + ending
            let folder = try TemporaryFolder()
            let searcher = try searcher(["text": "see \(token) there", "other": "see there"], in: folder)
            for query in [name, number, token, token.lowercased(), "\"see \(name) \(number)\"", "\(name)\(number)"] {
                let found = try searcher.search(SearchRequest("+" + query)).hits.map(\.externalID)
                #expect(found == ["text.txt"], "seed: 513, round: \(round), token: \(token), query: \(query)")
            }
        }
    }

    @Test func aWordWithJoinersIsWrittenWithThem() throws {
        let folder = try TemporaryFolder()
        let searcher = try searcher(
            [
                "hyphen": "a wi-fi net", "together": "a wifi net", "blank": "wi fi", "mail": "an e-mail of agents",
                "email": "an email of a multiagent", "agent": "a multi-agent", "dot": "see config.json",
                "apart": "config json",
            ], in: folder)
        func ids(_ query: String) throws -> [String] {
            try searcher.search(SearchRequest(query)).hits.map { String($0.externalID.dropLast(4)) }.sorted()
        }
        #expect(try ids("=wi-fi") == ["hyphen"] && ids("=Wi‐Fi") == ["hyphen"])
        #expect(try ids("=e-mail") == ["mail"] && ids("=multi-agent") == ["agent"] && ids("=config.json") == ["dot"])
        #expect(try ids("wi-fi").count == 3)
    }

    @Test func namesOfAuthorsAreFoundHoweverTheyAreWritten() throws {
        let folder = try TemporaryFolder()
        let authors = [
            "apart": "J. R. R. Tolkien", "full": "Ludwig van Beethoven", "han": "宮崎 駿", "together": "JRR Tolkien",
            "other": "Rohin Shah",
        ]
        for (name, author) in authors { try folder.write("---\nauthor: \(author)\n---\nA text.", to: "in/\(name).md") }
        _ = try Index.update(at: folder.file("postil.db"), with: IndexingRequest(paths: [folder.file("in")]))
        let searcher = try Index.open(at: folder.file("postil.db")).makeSearcher()
        func ids(_ query: String) throws -> [String] {
            try searcher.search(SearchRequest(query)).hits.map { String($0.externalID.dropLast(3)) }.sorted()
        }
        for query in ["\"J.R.R. Tolkien\"", "\"JRR Tolkien\"", "\"J. R. R. Tolkien\"", "\"Tolkien, J.R.R.\""] {
            #expect(try ids("author:\(query)") == ["apart", "together"], "\(query)")
        }
        #expect(try ids("author:\"Beethoven, L.\"") == ["full"] && ids("author:\"L. van Beethoven\"") == ["full"])
        #expect(try ids("author:宮崎駿") == ["han"] && ids("author:\"宮崎 駿\"") == ["han"])
        #expect(try ids("author:\"K. Beethoven\"") == [] && ids("author:\"S. Shah\"") == [])
        #expect(try ids("id:ful*") == ["full"] && ids("id:FUL*") == ["full"] && ids("id:ful") == [])
    }
}

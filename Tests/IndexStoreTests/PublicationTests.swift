import PostilTestSupport
import Testing

@testable import IndexStore

struct PublicationTests {
    /// The look at the bytes leaves out only what is no publication.
    @Test func bytesTellWhatIsNone() {
        let pieces = [
            "arxiv", "ArXiv:", "doi:", "DOI", "isbn:", "ISBN", "pmid", "PubMed:", ":", ".", "/", "%", "%2F",
            "1906.01820", "v2", "2005",
            "01820", "hep-th/", "9901001", "10.", "1145/", "10.1145%2F", "978-3-16-148410-0", "12345678", "www.",
            "date", "2013..2017",
            "3.14", "https://", "arxiv.org/abs/", "x", " ", "\u{212A}", "é", ".pdf", "karma:>=30", "０", "²",
        ]
        var random = SplitMix64(seed: 4)
        var found = 0
        for _ in 0..<20_000 {
            let text = (0...Int.random(in: 0..<5, using: &random)).map { _ in
                pieces[Int.random(in: pieces.indices, using: &random)]
            }.joined()
            let expected = Publication(reading: text)
            #expect(Publication(text) == expected, "\(text)")
            if expected != nil { found += 1 }
        }
        #expect(found > 500)
    }
}

import Foundation
import PostilTestSupport
import Testing

@testable import Postil

/// Several passages of long documents, passages in context, and passages as hits.
struct SeveralPassagesTests {
    /// 97 kB of Markdown in forty sections, four of which say something about the query.
    static let manual: String = {
        var source = TextGenerator(seed: 97, words: 3_000)
        var text = "# The manual\n\n"
        for section in 1...40 {
            text += "## Section \(section)\n\n"
            for paragraph in 1...5 {
                text += source.text(words: 46)
                if section % 10 == 3, paragraph == 2 {
                    text += " A mesa\u{2010}optimizer of section \(section) deceives its *overseer* there."
                }
                text += "\n\n"
            }
        }
        return text
    }()

    /// A chapter as e-books have it: plain text, a few short lines for headings.
    static let chapter: String = {
        var source = TextGenerator(seed: 8, words: 3_000)
        var text = "The Second Chapter\n\n"
        for part in ["Of Proxies", "Of Overseers", "Of Deceit"] {
            text += part + "\n\n"
            for paragraph in 1...12 {
                text += source.text(words: 90)
                if paragraph == 6 {
                    text += " Here the chapter speaks \(part.lowercased()), and of an overseer.\nIts line ends here."
                }
                text += "\n\n"
            }
        }
        return text
    }()

    private func indexed() throws -> (Searcher, TemporaryFolder) {
        let folder = try TemporaryFolder()
        try folder.write(Self.manual, to: "in/manual.md")
        try folder.write(Self.chapter, to: "in/chapter.txt")
        try folder.write("An overseer, an overseer, an overseer.", to: "in/short.txt")
        let path = folder.file("index.db")
        #expect(try Index.update(at: path, with: IndexingRequest(paths: [folder.file("in")])).added == 3)
        return (try Index.open(at: path).makeSearcher(), folder)
    }

    @Test func theBestPlacesOfALongDocumentAreFound() throws {
        #expect((90_000...105_000).contains(Self.manual.utf8.count), "\(Self.manual.utf8.count)")
        let (searcher, folder) = try indexed()
        var request = SearchRequest("deceives overseer section", limit: 3)
        request.passages = 3
        let hit = try #require(try searcher.search(request).hits.first { $0.externalID.hasSuffix("manual.md") })
        #expect(hit.passages.count == 3 && hit.passages[0].snippet == hit.snippet)
        #expect(hit.passages.map(\.score) == hit.passages.map(\.score).sorted(by: >))
        for passage in hit.passages {
            let heading = try #require(passage.headings.last)
            #expect(["Section 3", "Section 13", "Section 23", "Section 33"].contains(heading), "\(heading)")
            #expect(passage.headings.first == "The manual" && passage.snippet.text.contains("deceives its overseer"))
            let stored = try #require(try searcher.document(hit.id))
            let outline = DocumentOutline(stored.document)
            let found = try #require(outline.passage(at: passage.address))
            #expect(outline.text[found.range].contains("of \(heading.lowercased()) deceives"))
        }
        #expect(Set(hit.passages.map(\.address)).count == 3)
        request.passages = 1
        #expect(try searcher.search(request).hits.allSatisfy { $0.passages.isEmpty })
        withExtendedLifetime(folder) {}
    }

    /// Twin: the best passage, again and again, with the text that was shown blanked out.
    @Test(arguments: [UInt64(1), 2, 3])
    func severalPassagesAreTheBestOneAgainAndAgain(seed: UInt64) throws {
        var source = TextGenerator(seed: seed, words: 40)
        let folder = try TemporaryFolder()
        let index = try Index.create(at: folder.file("index.db"), profile: .named(Profile.defaultName))
        let writer = try index.makeWriter()
        let body = source.text(words: 300)
        _ = try writer.insert(Document(externalID: "d", body: body), source: nil)
        try writer.commit()
        let searcher = try index.makeSearcher()
        for _ in 0..<10 {
            let query = source.text(words: 2)
            guard let finder = try searcher.passageFinder(for: SearchRequest(query, snippetLength: 60)) else {
                continue
            }
            let found = finder.passages(of: body, count: 4)
            let context = "seed: \(seed), query: \(query)"
            let all = finder.highlights(in: body)
            #expect(found.isEmpty == all.isEmpty, "\(context)")
            if let first = found.first { #expect(first.snippet == finder.passage(of: body), "\(context)") }
            #expect(found.map(\.worth) == found.map(\.worth).sorted(by: >), "\(context)")
            for (place, passage) in found.enumerated() {
                #expect(!passage.snippet.highlights.isEmpty, "\(context)")
                #expect(!found[..<place].contains { $0.core.overlaps(passage.core) }, "\(context)")
            }
            // All matches of a short text fit in as many passages as it has matches.
            let every = finder.passages(of: body, count: 1_000)
            #expect(every.count <= all.count && (every.count == 1_000 || every.count >= found.count), "\(context)")
        }
        withExtendedLifetime(folder) {}
    }

    @Test func placesAreShownWithTheirParagraphs() throws {
        let (searcher, folder) = try indexed()
        let stored = try #require(try searcher.documents(externalID: "chapter.txt").first)
        let places = try searcher.passages(of: stored, around: "overseer", limit: 2, context: 1)
        #expect(places.count == 2)
        for place in places {
            #expect(place.paragraphs.count == 3 && place.headings.count == 1)
            #expect(["Of Proxies", "Of Overseers", "Of Deceit"].contains(place.headings[0]))
            #expect(place.paragraphs.map { $0.highlights.isEmpty } == [true, false, true])
            #expect(place.paragraphs[1].text.hasSuffix("overseer.\nIts line ends here."))
            let scalars = Array(place.paragraphs[1].text.unicodeScalars)
            let words = place.paragraphs[1].highlights.map {
                String(String.UnicodeScalarView(scalars[$0])).lowercased()
            }
            #expect(words.allSatisfy { $0.hasPrefix("overseer") })
        }
        // Places that touch are one, and nothing stands outside the text.
        let all = try searcher.passages(of: stored, around: "overseer", limit: 9, context: Int.max)
        #expect(all.count == 1 && all[0].paragraphs.count == DocumentOutline(stored.document).paragraphs.count)
        #expect(
            try searcher.passages(of: stored, around: "overseer", limit: 9, context: -1).allSatisfy {
                $0.paragraphs.count == 1
            })
        #expect(try searcher.passages(of: stored, around: "unheard", limit: 9, context: 1).isEmpty)
        #expect(try searcher.passages(of: stored, around: "", limit: 9, context: 1).isEmpty)
        withExtendedLifetime(folder) {}
    }

    @Test func passagesAreRanked() throws {
        let (searcher, folder) = try indexed()
        let request = SearchRequest("deceives overseer", limit: 4)
        let page = try searcher.searchPassages(request)
        #expect(page.hits.map(\.rank) == [1, 2, 3, 4] && page.hits.allSatisfy { $0.passages.count == 1 })
        #expect(page.hits.map(\.score) == page.hits.map(\.score).sorted(by: >))
        // A document with four good places is four hits.
        #expect(page.hits.allSatisfy { $0.externalID.hasSuffix("manual.md") })
        #expect(Set(page.hits.map { $0.passages[0].address }).count == 4)
        var next = request
        next.offset = 2
        #expect(
            try searcher.searchPassages(next).hits.prefix(2).map { $0.passages[0].address }
                == page.hits.suffix(2).map { $0.passages[0].address })
        withExtendedLifetime(folder) {}
    }

    /// A passage that several documents have is one hit, with the others named, whatever stands around it.
    @Test func aPassageOfSeveralDocumentsIsOneHit() throws {
        let folder = try TemporaryFolder()
        let index = try Index.create(at: folder.file("index.db"), profile: .named(Profile.defaultName))
        let writer = try index.makeWriter()
        let shared = "A deceptive mesa optimizer behaves well while it is watched and bides its time."
        let bodies = [
            "Of gardens and walls.\n\n\(shared)\n\nWhat follows is about roses.",
            "\(shared)\n\nAnother text about the sea, and one more paragraph of it.",
            "Quite another deceptive mesa optimizer was described in the appendix of that report.",
            "Links: [x](https://e.org/a/b).\n\n\(shared.replacing("watched", with: "[watched](https://e.org/c/d)"))\n\nEnd.",
        ]
        for (number, body) in bodies.enumerated() {
            _ = try writer.insert(Document(externalID: "d\(number)", body: body), source: nil)
        }
        try writer.commit()
        let searcher = try index.makeSearcher()
        let hits = try searcher.searchPassages(SearchRequest("deceptive mesa optimizer", copies: .collapsed)).hits
        #expect(hits.count == 2 && hits.map(\.rank) == [1, 2])
        let first = try #require(hits.first { $0.externalID != "d2" })
        #expect(Set([first.externalID] + first.duplicates.map(\.externalID)) == ["d0", "d1", "d3"])
        #expect(first.duplicates.allSatisfy { $0.similarity >= Searcher.duplicateThreshold })
        #expect(hits.allSatisfy { $0.passages.count == 1 && !$0.passages[0].address.isEmpty })
        #expect(try searcher.searchPassages(SearchRequest("deceptive mesa optimizer")).hits.count == 4)
        withExtendedLifetime(folder) {}
    }
}

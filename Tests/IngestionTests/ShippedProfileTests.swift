import Documents
import Foundation
import Testing
import Yams

@testable import Ingestion

/// Shipped profiles.
@Suite struct ShippedProfileTests {
    private static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    private static let data = root.appendingPathComponent("../shared/data/alignment").standardizedFileURL.path
    private static var hasData: Bool { FileManager.default.fileExists(atPath: data) }
    private static let noData: Comment = "the folder ../shared/data with real collections is not here"

    private func mapping(_ name: String) throws -> RecordMapping {
        let file = Self.root.appendingPathComponent("Config/profiles/\(name).yaml")
        let node = try #require(try Yams.compose(yaml: try String(contentsOf: file, encoding: .utf8)))
        #expect(node["name"]?.string == name && node["description"]?.string?.isEmpty == false)
        return try RecordMapping(yaml: try #require(node["reading"]), origin: file.lastPathComponent)
    }

    private func fixture(_ name: String) throws -> InputFile {
        let file = Self.root.appendingPathComponent("Tests/IngestionTests/Fixtures/\(name)").path
        return InputFile(path: file, relativePath: name, format: DocumentFormat.named(byFile: name))
    }

    private func read(_ names: String..., by profile: String) throws -> ReadOutcome {
        let mapping = try mapping(profile)
        var all: ReadOutcome?
        for file in InputWalker().inputs(at: names.map { Self.data + "/" + $0 }).files {
            let outcome = ReadOutcome(file, mapping: mapping)
            all?.documents += outcome.documents
            all?.skips += outcome.skips
            all?.warnings += outcome.warnings
            all = all ?? outcome
        }
        return try #require(all)
    }

    private func expectDistinctIDs(_ documents: [Document]) {
        #expect(Set(documents.map(\.externalID)).count == documents.count)
    }

    @Test func defaultProfileReadsAsNone() throws {
        #expect(try mapping("default") == .usual)
    }

    @Test(arguments: [
        "default", "alignment-newsletter", "alignment-papers", "reviews", "markdown-posts", "lesswrong",
        "alignment-research-dataset",
    ])
    func everyProfileIsWellFormed(name: String) throws {
        #expect(try !mapping(name).documents.isEmpty)
    }

    @Test func documentedExamplesAreProfilesAndEveryProfileIsDocumented() throws {
        let text = try String(contentsOf: Self.root.appendingPathComponent("Documentation/Formats.md"), encoding: .utf8)
        let examples = text.split(separator: "```yaml\n").dropFirst().compactMap { $0.split(separator: "```").first }
        let readings = try examples.compactMap { try Yams.compose(yaml: String($0))?["reading"] }
        #expect(readings.count >= 4)
        for reading in readings { _ = try RecordMapping(yaml: reading, origin: "Formats.md") }
        let folder = Self.root.appendingPathComponent("Config/profiles").path
        for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
            #expect(text.contains("| `\(name.dropLast(5))` |"), "\(name)")
        }
        for (suffix, format) in DocumentFormat.extensions {
            #expect(text.contains("`.\(suffix)`") && text.contains("| `\(format.rawValue)` |"), "\(suffix)")
        }
        for key in RecordMapping.keys + DocumentRule.keys + FieldPath.Known.allCases.map(\.rawValue) {
            #expect(text.contains("`\(key)`"), "\(key)")
        }
    }

    @Test func lesswrongGivesPostsAndComments() throws {
        let comments = ReadOutcome(try fixture("lesswrong-comments.json"), mapping: try mapping("lesswrong"))
        #expect(comments.skips.isEmpty && comments.documents.map(\.externalID) == ["cmtA1", "cmtB2"])
        let review = try #require(comments.documents.first)
        #expect(review.title == "Re: A field guide to toy gridworlds" && review.author == "Imke Osei")
        #expect(review.body == "Two years on, I still use the maps & legends from this post.\n\nIt aged well.")
        #expect(review.markup?.hasPrefix("<p>Two years on") == true)
        #expect(review.date == "2023-12-15T09:30:00Z" && review.url?.hasSuffix("commentId=cmtA1") == true)
        #expect(review.metadata["review_year"] == "2021" && review.metadata["base_score"] == "17" && review.line == 5)
        #expect(comments.documents[1].body == "Agreed, with one caveat." && comments.documents[1].author == "tolver")
        let posts = ReadOutcome(try fixture("lesswrong-posts.json"), mapping: try mapping("lesswrong"))
        let post = try #require(posts.documents.first)
        #expect(
            posts.documents.count == 1 && post.author == "Imke Osei, Raul Danso"
                && post.title == "A field guide to toy gridworlds")
        #expect(post.tags == ["Gridworlds", "World Modeling"] && post.body.hasPrefix("Maps first\n\nEvery gridworld"))
    }

    @Test func alignmentResearchDatasetIsRead() throws {
        let outcome = ReadOutcome(
            try fixture("alignment-research-dataset.jsonl"), mapping: try mapping("alignment-research-dataset"))
        #expect(outcome.skips.isEmpty && outcome.documents.count == 3)
        let first = outcome.documents[0]
        #expect(first.externalID == "5d0f3c" && first.author == "Imke Osei, Raul Danso" && first.tags == ["blogs"])
        #expect(first.date == "2021-03-04T00:00:00Z" && first.body == "Gridworlds teach more than they seem to.")
        #expect(outcome.documents[1].body == "First summary.\n\nSecond summary.", "no text, so the summaries")
        #expect(outcome.documents[2].title == "Untold" && outcome.documents[2].author == nil)
    }

    @Test(.enabled(if: hasData, noData))
    func alignmentNewsletterIsReadFromTheRealTable() throws {
        let outcome = try read("newsletter.csv", by: "alignment-newsletter")
        #expect(outcome.skips.isEmpty && outcome.warnings.isEmpty)
        #expect(outcome.documents.count { $0.metadata["kind"] == "summary" } == 1511)
        #expect(outcome.documents.count { $0.metadata["kind"] == "opinion" } == 996)
        expectDistinctIDs(outcome.documents)
        let first = try #require(outcome.documents.first)
        #expect(first.externalID == "an-62/adversarial-examples-are-not-bugs-they-are-features/summary")
        #expect(first.author == "Rohin" && first.date == "2019" && first.tags == ["Adversarial examples"])
        #expect(outcome.documents.allSatisfy { !$0.body.contains("](http") })
    }

    @Test(.enabled(if: hasData, noData))
    func alignmentPapersAreReadFromTheRealTable() throws {
        let outcome = try read("papers.csv", by: "alignment-papers")
        #expect(outcome.skips.isEmpty && outcome.documents.count == 1791)
        // "unknown", "forthcoming" and "16-Jan".
        #expect(outcome.warnings.allSatisfy { $0.contains("could not be read") })
        expectDistinctIDs(outcome.documents)
        let document = try #require(outcome.documents.first { $0.externalID == "BQCZM53S" })
        #expect(document.author == "Sam Clarke, Samuel Dylan Martin" && document.date == "2021-09-08")
        #expect(document.metadata["venue"] == "AI Alignment Forum" && document.line == 3)
    }

    @Test(.enabled(if: hasData, noData))
    func reviewsAreReadFromTheRealFile() throws {
        let outcome = try read("reviews.jsonl", by: "reviews")
        #expect(outcome.skips.isEmpty && outcome.documents.count == 8739)
        // "16-Jan".
        let unread = "1 date could not be read, the first here; they were kept as the metadata field `date`"
        #expect(outcome.warnings.count == 1 && outcome.warnings.first?.hasSuffix(unread) == true)
        expectDistinctIDs(outcome.documents)
        let comment = try #require(outcome.documents.first { $0.externalID == "lwc-7xf4" })
        #expect(comment.date == "2012-11-29T11:07:20Z" && comment.author == "IlyaShpitser")
        #expect(comment.metadata["kind"] == "lw_comment_2015")
    }

    @Test(.enabled(if: hasData, noData))
    func markdownPostsAreReadFromTheRealFolder() throws {
        let outcome = try read("markdown", by: "markdown-posts")
        #expect(outcome.skips.isEmpty && outcome.warnings.isEmpty && outcome.documents.count == 57)
        expectDistinctIDs(outcome.documents)
        let post = try #require(outcome.documents.first { $0.externalID == "gradient-routing.md" })
        #expect(post.author == "Alex Cloud, Jacob Goldman-Wetzler, Evžen Wybitul, Joseph Miller, Alex Turner")
        #expect(post.title == "Gradient Routing: Masking Gradients to Localize Computation in Neural Networks")
        #expect(post.tags.contains("interpretability") && post.markup != nil && !post.body.contains("]("))
        #expect(
            outcome.documents.first { $0.externalID == "font_stats.md" }?.body.contains("EB Garamond  101.6\u{A0}KB")
                == true
        )
        #expect(outcome.documents.allSatisfy { !$0.title.isEmpty && !$0.body.isBlank })
    }

    @Test(.enabled(if: hasData, noData))
    func jsonWithoutRecordsUnderUsualNamesIsNamed() throws {
        let outcome = try read("arbital/134.json", by: "default")
        #expect(outcome.documents.isEmpty && outcome.skips.count == 1)
        let pages = try RecordMapping(
            yaml: "{ records: 'pages.*', id: pageId, body: [text, clickbait], needs: title }", origin: "p")
        let file = InputFile(path: Self.data + "/arbital/134.json", relativePath: "134.json", format: .json)
        #expect(ReadOutcome(file, mapping: pages).documents.count == 6)
    }
}

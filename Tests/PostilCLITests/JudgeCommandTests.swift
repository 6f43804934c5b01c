import Foundation
import PostilTestSupport
import Testing

/// `postil judge` and `postil tune`, end to end.
struct JudgeCommandTests {
    private func judge(_ keys: String, _ arguments: [String] = [], in folder: TemporaryFolder) throws
        -> PostilBinary.Outcome
    {
        try PostilBinary.run(
            ["judge", "--topics", "topics.tsv", "--out", "qrels.txt"] + arguments, in: folder.url, input: keys)
    }

    private func prepared() throws -> TemporaryFolder {
        let folder = try SmallCollection.indexed()
        try folder.file("topics.tsv", "T1\treward hacking\nT2\tmesa-optimizer\n")
        return folder
    }

    private func qrels(in folder: TemporaryFolder) throws -> String {
        try String(contentsOf: folder.url.appending(path: "qrels.txt"), encoding: .utf8)
    }

    @Test func keysBecomeJudgements() throws {
        let folder = try prepared()
        // Two grades, the second taken back and given anew, a wrong key, and the end.
        let first = try judge("3 1 u 2 9 q", in: folder)
        #expect(first.status == 0, "\(first.errors)")
        #expect(try qrels(in: folder) == "T1 0 krakovna-2020 3\nT1 0 hubinger-2019 2\n")
        #expect(first.output == "2 judgements now, 2 in qrels.txt; the same command goes on from here\n")
        #expect(first.errors.contains("reward hacking") && first.errors.contains("Specification gaming"))
        #expect(first.errors.contains("“9” is no key"))
        // It goes on where it stopped: one document of T1 is left.
        let second = try judge("0 n", ["--format", "json"], in: folder)
        let json = try second.json()
        #expect(json["judged_now"] as? Int == 1 && json["judged"] as? Int == 3 && json["is_finished"] as? Bool == true)
        #expect(try qrels(in: folder).hasSuffix("T1 0 goodhart.md 0\n"))
        let third = try judge("s", in: folder)
        #expect(third.output.hasPrefix("0 judgements now, 3 in"), "\(third.output)")
    }

    @Test func poolsJoinTheBestOfAllWays() throws {
        let folder = try prepared()
        let shallow = try judge("", ["--depth", "1"], in: folder)
        #expect(shallow.errors.contains("T1, 0 more behind this one"), "\(shallow.errors)")
        let wide = try judge("", ["--depth", "1", "--settings", "default", "body-weight=0,title-weight=1"], in: folder)
        #expect(wide.status == 0, "\(wide.errors)")
        #expect(try judge("", ["--settings", "k2=1"], in: folder).status == 2)
        try folder.file("qrels.txt", "T1 0 a\n")
        let wrong = try judge("1", in: folder)
        #expect(wrong.status == 2 && wrong.errors.contains("qrels.txt:1: expected a judgement"), "\(wrong.errors)")
    }

    @Test func tuningOnFewTopicsSaysThatItIsChance() throws {
        let folder = try prepared()
        try folder.file("qrels.txt", "T1 0 goodhart.md 1\nT2 0 hubinger-2019 1\n")
        let arguments = ["tune", "--topics", "topics.tsv", "--qrels", "qrels.txt", "--folds", "2"]
        let ways = ["--try", "title-weight=0,3", "--try", "b=0.1,0.75"]
        let outcome = try PostilBinary.run(arguments + ways + ["--format", "json"], in: folder.url)
        let json = try outcome.json()
        let candidates = try #require(json["candidates"] as? [[String: Any]], "\(outcome.errors)")
        #expect(candidates.count == 5 && json["is_gain"] as? Bool == false)
        let text = try PostilBinary.run(arguments + ways, in: folder.url)
        #expect(
            text.output.contains("keep default") || text.output.contains("Nothing tried is better"), "\(text.output)")
        let few = try PostilBinary.run(arguments + ["--folds", "3"], in: folder.url)
        #expect(few.status == 2, "\(few.output)")
    }
}

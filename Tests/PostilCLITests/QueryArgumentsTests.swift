import Testing

@testable import postil_cli

struct QueryArgumentsTests {
    @Test func wordsToExcludeAreNotTakenForOptions() throws {
        let arguments = ["search", "reward", "-hacking", "-n", "5", "-\"a phrase\"", "-h", "-n5"]
        let protected = QueryArguments.protected(arguments)
        #expect(protected[2] != "-hacking" && protected[5] != "-\"a phrase\"")
        #expect(protected.map(QueryArguments.restored) == arguments)
        for index in [0, 1, 3, 4, 6, 7] { #expect(protected[index] == arguments[index]) }
    }

    @Test func otherCommandsAndWhatFollowsTheTerminatorStay() {
        #expect(QueryArguments.protected(["index", "-foo"]) == ["index", "-foo"])
        #expect(QueryArguments.protected(["search", "--", "-foo"]) == ["search", "--", "-foo"])
        #expect(QueryArguments.protected(["search", "--limit"]) == ["search", "--limit"])
        #expect(QueryArguments.protected([]) == [])
    }

    @Test func theNumberOfHitsMayStandAtItsLetter() throws {
        let command = try SearchCommand.parse(
            Array(QueryArguments.protected(["search", "reward", "-n5", "-n5a"])[1...]))
        #expect(command.limit == "5" && command.query.map(QueryArguments.restored) == ["reward", "-n5a"])
    }
}

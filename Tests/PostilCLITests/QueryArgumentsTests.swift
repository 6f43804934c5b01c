import Testing

@testable import postil_cli

struct QueryArgumentsTests {
    @Test func wordsToExcludeAreNotTakenForOptions() throws {
        let arguments = ["search", "reward", "-hacking", "-n", "5", "-\"a phrase\"", "-h"]
        let protected = QueryArguments.protected(arguments)
        #expect(protected[2] != "-hacking" && protected[5] != "-\"a phrase\"")
        #expect(protected.map(QueryArguments.restored) == arguments)
        for index in [0, 1, 3, 4, 6] { #expect(protected[index] == arguments[index]) }
    }

    @Test func otherCommandsAndWhatFollowsTheTerminatorStay() {
        #expect(QueryArguments.protected(["index", "-foo"]) == ["index", "-foo"])
        #expect(QueryArguments.protected(["search", "--", "-foo"]) == ["search", "--", "-foo"])
        #expect(QueryArguments.protected(["search", "--limit"]) == ["search", "--limit"])
        #expect(QueryArguments.protected([]) == [])
    }
}

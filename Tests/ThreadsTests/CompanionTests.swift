import Testing
import Threads

/// Work beside that of the caller.
@Suite struct CompanionTests {
    private struct Failure: Error, Equatable {}

    @Test func bothGiveWhatTheyFound() {
        // Each waits for the other, so neither ends unless both run.
        let state = Monitor((own: false, other: false))
        let (other, own) = Companion.run {
            state.change { $0.other = true }
            return state.wait { $0.own ? "other" : nil }
        } beside: {
            state.change { $0.own = true }
            return state.wait { $0.other ? "own" : nil }
        }
        #expect(other == "other" && own == "own")
    }

    @Test func aFailureIsThrownWhenTheOtherHasEnded() {
        let hasEnded = Locked(false)
        #expect(throws: Failure()) {
            try Companion.run {
                for _ in 0..<1000 { hasEnded.withLock { $0 = false } }
                hasEnded.withLock { $0 = true }
            } beside: { () throws(Failure) -> Int in
                throw Failure()
            }
        }
        #expect(hasEnded.withLock { $0 })
    }
}

import Dispatch
import Testing
import Threads

@Suite struct LockedTests {
    @Test func changesOfManyThreadsAllCount() {
        let counts = Locked<[Int: Int]>([:])
        DispatchQueue.concurrentPerform(iterations: 4) { thread in
            for _ in 0..<1000 { counts.withLock { $0[thread % 2, default: 0] += 1 } }
        }
        #expect(counts.withLock { $0 } == [0: 2000, 1: 2000])
    }

    @Test func aThreadForWhichThereIsNoRoomIsNotBegun() {
        #expect(!DetachedThread.start(stackBytes: 1 << 48) {})
        let hasRun = DispatchSemaphore(value: 0)
        #expect(DetachedThread.start { hasRun.signal() })
        #expect(hasRun.wait(timeout: .now() + 60) == .success)
    }

    @Test func errorLetsGoOfTheLock() {
        struct Refusal: Error {}
        let count = Locked(0)
        #expect(throws: Refusal.self) {
            try count.withLock { value throws(Refusal) in
                value = 1
                throw Refusal()
            }
        }
        #expect(count.withLock { $0 } == 1)
    }
}

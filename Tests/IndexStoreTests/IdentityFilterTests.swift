import Documents
import PostilTestSupport
import Testing

@testable import IndexStore

@Suite struct IdentityFilterTests {
    @Test(arguments: 1...50)
    func saysWhenAnIdentityRepeats(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var filter = IdentityFilter()
        var seen: Set<DocumentTable.Identity> = []
        var repeats = false
        let range = [10, 1000, 1_000_000].randomElement(using: &random) ?? 1
        for _ in 0..<1000 {
            let source = SourceID(rawValue: .random(in: 1...3, using: &random))
            let identity = DocumentTable.Identity(
                source: source, externalID: "\(Int.random(in: 0..<range, using: &random))")
            filter.insert(externalID: identity.externalID, source: source)
            if !seen.insert(identity).inserted { repeats = true }
            guard Int.random(in: 0..<50, using: &random) == 0 else { continue }
            #expect(filter.mayRepeat == repeats, "seed: \(seed), range: \(range), documents: \(seen.count)")
        }
    }

    @Test func gaveUpBeyondItsCapacity() {
        var filter = IdentityFilter(capacity: 100)
        for number in 0..<101 {
            #expect(!filter.mayRepeat)
            filter.insert(externalID: "\(number)", source: SourceID(rawValue: 1))
        }
        #expect(filter.mayRepeat)
    }
}

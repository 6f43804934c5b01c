import Foundation
import PostilTestSupport
import Testing

@testable import Relevance

struct SignificanceTests {
    /// Two-sided 5 % and 1 % points of Student's t from published tables.
    @Test func studentsDistributionIsThatOfTheTables() {
        for (degrees, five, one) in [
            (1.0, 12.7062, 63.6567), (2, 4.3027, 9.9248), (10, 2.2281, 3.1693), (30, 2.0423, 2.7500),
            (120, 1.9799, 2.6174),
        ] {
            let student = StudentDistribution(degrees: degrees)
            #expect(abs(student.deviation(twoSidedP: 0.05) - five) < 0.00006, "\(degrees) degrees of freedom")
            #expect(abs(student.deviation(twoSidedP: 0.01) - one) < 0.00006, "\(degrees) degrees of freedom")
            #expect(student.twoSidedP(0) == 1)
        }
        // Two degrees of freedom have a closed form.
        for deviation in [0.1, 0.5, 1, 3, 10] {
            let exact = 1 - deviation / (2 + deviation * deviation).squareRoot()
            #expect(abs(StudentDistribution(degrees: 2).twoSidedP(deviation) - exact) < 1e-13, "\(deviation)")
        }
    }

    /// Student's own example, 1908: hours of sleep gained by two drugs.
    @Test func studentsOwnExample() throws {
        let first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
        let second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]
        let differences = PairedDifferences(first, second)
        #expect(abs(try #require(differences.studentP) - 0.002833) < 0.0000005)
        let confidence = try #require(differences.confidence)
        #expect(abs(confidence.lowerBound - 0.7001) < 0.0001 && abs(confidence.upperBound - 2.4599) < 0.0001)
        #expect(differences.wins == 9 && differences.losses == 0 && differences.ties == 1)
        // All nine that differ are gains, so only the two ways with one sign are as great.
        #expect(differences.randomisationP() == 2.0 / 512)
    }

    /// Above the number of topics up to which all ways are tried, the sample comes near to the exact value.
    @Test func sampledRandomisationComesNearToTheExactOne() {
        var random = SplitMix64(seed: 17)
        let values = (0..<17).map { _ in Double(Int.random(in: -9...12, using: &random)) }.map { $0 == 0 ? 1 : $0 }
        let differences = PairedDifferences(values.map { _ in 0 }, values)
        let observed = abs(values.reduce(0, +))
        let great = (0..<1 << 17).count { way in
            var sum = 0.0
            for place in 0..<17 { sum += way >> place & 1 == 1 ? values[place] : -values[place] }
            return abs(sum) >= observed
        }
        let exact = Double(great) / Double(1 << 17)
        #expect(abs(differences.randomisationP() - exact) < 0.006, "\(exact)")
        #expect(differences.randomisationP() == differences.randomisationP(), "the same at every call")
    }

    @Test func equalRunsAreNoSurprise() {
        let same = PairedDifferences([0.1, 0.2, 0.3], [0.1, 0.2, 0.3])
        #expect(same.studentP == 1 && same.randomisationP() == 1 && same.ties == 3)
        let single = PairedDifferences([0.1], [0.2])
        #expect(single.studentP == nil && single.confidence == nil && single.randomisationP() == 1)
    }

    /// Holm's own example has p of .01, .04, .03 and .005.
    @Test func severalTestsAreCorrectedFor() {
        let probabilities = [0.01, 0.04, 0.03, 0.005]
        func near(_ left: [Double], _ right: [Double]) -> Bool { zip(left, right).allSatisfy { abs($0 - $1) < 1e-12 } }
        #expect(near(MultipleTests.holm.corrected(probabilities), [0.03, 0.06, 0.06, 0.02]))
        #expect(near(MultipleTests.bonferroni.corrected(probabilities), [0.04, 0.16, 0.12, 0.02]))
        #expect(MultipleTests.none.corrected(probabilities) == probabilities)
        #expect(MultipleTests.holm.corrected([0.9, 0.8]) == [1, 1])
    }
}

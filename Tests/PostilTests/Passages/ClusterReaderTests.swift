import PostilTestSupport
import Testing

@testable import Postil

/// Grapheme clusters that are read from any place on, against the standard library's characters.
@Suite struct ClusterReaderTests {
    /// Clusters from the one on that has the scalar at `start`.
    private func clusters(of text: String, from start: Int = 0) -> [String] {
        var text = text
        text.makeContiguousUTF8()
        let whole = text
        return text.withUTF8 { bytes in
            var reader = ClusterReader(bytes: bytes, text: whole, start: start)
            var clusters: [String] = []
            while reader.place < bytes.count {
                let begin = reader.place
                let scalars = reader.next()
                clusters.append(String(decoding: bytes[begin..<reader.place], as: UTF8.self))
                #expect(clusters.last?.unicodeScalars.count == scalars)
            }
            return clusters
        }
    }

    @Test func clustersAreTheTextsCharacters() {
        for text in PassageTexts.all.map(\.sentences).joined() + PassageTexts.clusters {
            #expect(clusters(of: text) == text.map(String.init), "\(text)")
        }
        for seed in UInt64(1)...200 {
            var random = SplitMix64(seed: seed)
            let bytes = RandomText.bytes(length: 60, alphabet: .mixed, using: &random)
            let text = String(decoding: bytes, as: UTF8.self)
            #expect(clusters(of: text) == text.map(String.init), "seed: \(seed)")
        }
    }

    @Test func clustersFromAPlaceBeginWithTheOneAround() {
        for seed in UInt64(1)...60 {
            var random = SplitMix64(seed: seed)
            var text = String(
                decoding: RandomText.bytes(length: 30, alphabet: .mixed, using: &random), as: UTF8.self)
            text += PassageTexts.clusters.randomElement(using: &random) ?? ""
            var place = 0
            for scalar in text.unicodeScalars {
                let index = text.utf8.index(text.startIndex, offsetBy: place)
                // As many characters are left as begin at the index or behind, and one that began before.
                let ends = text.indices.map { text.index(after: $0) }
                let expected = zip(text.indices, ends).filter { $0.1 > index }.map { String(text[$0.0]) }
                #expect(clusters(of: text, from: place) == expected, "seed: \(seed), place: \(place)")
                place += UTF8.width(scalar)
            }
        }
    }

    /// What is taken for a cluster at a glance is one beside every other such scalar.
    @Test func scalarsOfPlainScriptsStandAlone() {
        let scalars = (0...0x3_FFFF).lazy.compactMap(Unicode.Scalar.init(_:)).filter(ClusterReader.isAlone)
        var count = 0
        for scalar in scalars {
            count += 1
            let pair = String(String.UnicodeScalarView([scalar, scalar, "a", scalar, "한", scalar]))
            if pair.count != 6 { Issue.record("\(scalar.value)") }
        }
        #expect(count > 40_000)
    }
}

import Postings

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The knobs of the formula that scores terms and phrases, BM25.
public struct BM25Parameters: Sendable, Hashable {
    /// Saturation of term frequency: at 0 one occurrence counts as much as many. Usual range 0.9 to 2.
    public var k1: Double
    /// Strength of length normalisation, from 0 (none) to 1 (full); that of titles is two thirds of it, see ``BM25``.
    public var b: Double
    /// How many occurrences in the body one occurrence in the title is worth.
    public var titleWeight: Double
    /// Weight of an occurrence in the body.
    public var bodyWeight: Double

    /// Creates parameters. The defaults were best on judged collections; see Documentation/Decisions/ranking.md.
    public init(k1: Double = 1.5, b: Double = 0.75, titleWeight: Double = 3, bodyWeight: Double = 1) {
        self.k1 = k1
        self.b = b
        self.titleWeight = titleWeight
        self.bodyWeight = bodyWeight
    }

    /// Greatest k1 and field weight. Products with frequencies of 2^32 are then far from what single precision holds.
    package static let limit = 1_000_000.0

    /// Whether the formula is defined for them: `0 <= b <= 1`, the others from 0 to ``limit``, weights not both 0.
    package var isValid: Bool {
        let range = 0...BM25Parameters.limit
        return range.contains(k1) && (0...1).contains(b) && range.contains(titleWeight)
            && range.contains(bodyWeight) && titleWeight + bodyWeight > 0
    }
}

/// The part of a score that the query's terms and phrases make, whole: parameters, weight, contribution, upper bound and
/// explanation.
///
/// For a leaf of the query (a term or a phrase) that occurs `title` and `body` times in the fields of a document:
///
///     part         = f / (f + k1)
///     f            = titleWeight * title / titleNorm + bodyWeight * body / norm
///     norm         = 1 - b + b * min(length / averageLength, 3)
///     titleNorm    = 1 - c + c * titleLength / 10,   c = 2 b / 3
///     contribution = weight * part,   weight = boost * idf
///     idf          = ln(1 + (N - n + 0.5) / (n + 0.5)),   for n of N documents with the term
///
/// This is the BM25F of Robertson and Zaragoza (2009, eq. 3.17 and 3.18), without the constant factor `k1 + 1`, and with an idf
/// that is positive for every term, both as in Lucene. `length` is the number of tokens in title and body together.
///
/// A document of many times the average length has more to say and does not only say it at more length, so from
/// ``longestRatio`` on its length counts against it no more. Without that, a book or a long essay among short texts is found by
/// none of its passages. ``PassageEvidence`` goes on from there.
///
/// A word says more of a document when it is one of three in the title than when it is one of thirty. So titles have a
/// norm of their own, weaker than that of bodies, since a long title has more to say and does not only say it at more length.
/// It compares with ten words and not with the average: in a collection where few documents have a title, the average is next
/// to nothing and says nothing of those that have one. Measured in Documentation/Decisions/ranking.md.
///
/// A score is a sum of contributions, and strategies add them in different orders. So that the sum does not depend on the
/// order, contributions are whole numbers: `weight` comes multiplied by the query's ``ScoreScale``, and the product is
/// rounded once. All strategies get it from
/// ``contribution(weightedFrequency:length:weight:)``, in single precision.
@frozen
public struct BM25: Sendable, Hashable {
    /// Weight of an occurrence in the title, by k1: a part depends on the quotient alone.
    public let titleWeight: Float
    /// Weight of an occurrence in the body, by k1.
    public let bodyWeight: Float
    /// `1 - b`.
    public let normBase: Float
    /// `b / averageLength`.
    public let normSlope: Float

    /// Stands for k1 = 0, by which weights cannot be divided: any occurrence then makes a part that single precision rounds to
    /// 1, or nearly so in a document of a million times the average length.
    private static let leastSaturation = 0x1p-40
    /// The greatest length that the norm tells from shorter ones, in average lengths.
    @usableFromInline static let longestRatio: Float = 3
    /// The title length whose norm is 1, in tokens; on judged collections titles have 8 to 14 on average.
    @usableFromInline static let usualTitleLength: Float = 10
    /// How strong the norm of titles is beside that of documents.
    @usableFromInline static let titleShare: Float = 2.0 / 3

    /// Fixes the formula for one state of the collection.
    ///
    /// - Parameter averageLength: See ``CollectionStatistics/averageLength``.
    public init(_ parameters: BM25Parameters, averageLength: Double) {
        precondition(parameters.isValid && averageLength > 0, "\(parameters), average length \(averageLength)")
        let k1 = max(parameters.k1, BM25.leastSaturation)
        titleWeight = Float(parameters.titleWeight / k1)
        bodyWeight = Float(parameters.bodyWeight / k1)
        normBase = Float(1 - parameters.b)
        normSlope = Float(parameters.b / averageLength)
    }

    /// Takes the formula from its stored coefficients.
    public init(titleWeight: Float, bodyWeight: Float, normBase: Float, normSlope: Float) {
        self.titleWeight = titleWeight
        self.bodyWeight = bodyWeight
        self.normBase = normBase
        self.normSlope = normSlope
    }

    // MARK: Weight

    /// What one occurrence of a term says, by the share of documents that have it.
    ///
    /// - Parameter documentFrequency: Number of live documents with the term.
    public static func inverseDocumentFrequency(_ documentFrequency: Int, in statistics: CollectionStatistics) -> Double
    {
        let count = Double(max(statistics.documentCount, documentFrequency))
        let frequency = Double(documentFrequency)
        return log(1 + (count - frequency + 0.5) / (frequency + 0.5))
    }

    /// The idf of a leaf with these terms: a phrase weighs as much as its terms together, as in Lucene, since counting the
    /// documents that have it would cost as much as finding them all.
    public static func inverseDocumentFrequency(
        _ documentFrequencies: some Sequence<Int>, in statistics: CollectionStatistics
    ) -> Double {
        documentFrequencies.reduce(0) { $0 + inverseDocumentFrequency($1, in: statistics) }
    }

    // MARK: Contribution

    /// The norm of a document's length.
    @inlinable @inline(__always)
    func norm(_ lengths: DocumentLengths) -> Float {
        normBase + min(normSlope * Float(lengths.total), BM25.longestRatio * (1 - normBase))
    }

    /// Whether a document is so long that its length counts no further; see ``PassageEvidence``.
    func isLong(_ lengths: DocumentLengths) -> Bool {
        normSlope * Float(lengths.total) > BM25.longestRatio * (1 - normBase)
    }

    /// The norm of its title's length.
    @inlinable @inline(__always)
    func titleNorm(_ lengths: DocumentLengths) -> Float {
        let strength = BM25.titleShare * (1 - normBase)
        return 1 - strength + strength / BM25.usualTitleLength * Float(lengths.title)
    }

    /// What an occurrence in the title weighs beside one in the body, apart from the weights of both.
    @inlinable @inline(__always)
    public func titleFactor(_ lengths: DocumentLengths) -> Float { norm(lengths) / titleNorm(lengths) }

    /// The frequency that saturates: how many occurrences in the body the weighted ones count as, by k1.
    ///
    /// Most postings have nothing in the title and are spared its norm.
    ///
    /// - Parameters:
    ///   - title: Occurrences in the title times their weight; `body` likewise.
    @inlinable @inline(__always)
    public func weightedFrequency(title: Float, body: Float, _ lengths: DocumentLengths) -> Float {
        title == 0 ? body : title * titleFactor(lengths) + body
    }

    /// The frequency that saturates, in any field.
    @inlinable @inline(__always)
    public func weightedFrequency(titleFrequency: UInt32, bodyFrequency: UInt32, _ lengths: DocumentLengths) -> Float {
        weightedFrequency(
            title: Float(titleFrequency) * titleWeight, body: Float(bodyFrequency) * bodyWeight, lengths)
    }

    /// The saturated part of a contribution, from 0 to 1.
    @inlinable @inline(__always)
    public func part(weightedFrequency: Float, _ lengths: DocumentLengths) -> Float {
        // A document with no weighted occurrence scores 0 even where b = 1 and no text would make this 0 / 0.
        guard weightedFrequency > 0 else { return 0 }
        return weightedFrequency / (weightedFrequency + norm(lengths))
    }

    /// What a leaf adds to a document's score, in units of the query's ``ScoreScale``.
    ///
    /// - Parameter weight: boost times idf times the scale; at most 2^30.
    @inlinable @inline(__always)
    public func contribution(weightedFrequency: Float, _ lengths: DocumentLengths, weight: Float) -> UInt32 {
        UInt32(part(weightedFrequency: weightedFrequency, lengths) * weight + 0.5)
    }

    /// What a leaf with these field frequencies adds to a document's score, in units of the query's ``ScoreScale``.
    @inlinable @inline(__always)
    public func contribution(
        titleFrequency: UInt32, bodyFrequency: UInt32, _ lengths: DocumentLengths, weight: Float
    ) -> UInt32 {
        contribution(
            weightedFrequency: weightedFrequency(
                titleFrequency: titleFrequency, bodyFrequency: bodyFrequency, lengths),
            lengths, weight: weight)
    }

    // MARK: Upper bound

    /// What a document has to have so that a leaf adds a number of units to its score: a test without a division, which takes as
    /// long as all else that is done for a document. It may let a document pass that falls a little short, and never holds one
    /// back that does not.
    ///
    ///     weight * f / (f + norm) + 0.5 >= units   is true only if   f * (weight - (units - 1)) >= (units - 1) * norm
    ///
    /// with what single precision may round on the way taken off on one side and added on the other.
    struct Need {
        private let slope: Float
        private let base: Float

        @inline(__always)
        init(units: UInt32, weight: Float) {
            base = Float(max(units, 1) - 1) * 0.999_99
            slope = (weight - base) * 1.000_01
        }

        /// Whether a frequency over a norm may be enough. Both may be multiplied by the same number.
        @inline(__always)
        func mayBeMet(frequency: Float, norm: Float) -> Bool { shortfall(frequency: frequency, norm: norm) == 0 }

        /// The same as a number, 0 if it may be enough and else 1: the sign of a difference, which no compiler makes a branch of.
        @inline(__always)
        func shortfall(frequency: Float, norm: Float) -> Int {
            Int(truncatingIfNeeded: (frequency * slope - base * norm).bitPattern >> 31)
        }
    }

    /// A factor by which score parts under `other` have to be multiplied to bound the parts under this formula.
    ///
    /// With weights at most `r` times those of `other` and norms at least `s` times its norms, `f` is at most `r / s` times as
    /// large, and a part `f / (f + k1)` at most `max(1, r / s)` times. 1 for the same formula; infinite when nothing can be
    /// said, and a part is then bounded by 1.
    func boundFactor(from other: BM25) -> Float {
        guard self != other else { return 1 }
        // A norm is a sum of two terms, each of which becomes so many times as small at most; of the lesser of two numbers, too.
        func shrinkage(_ terms: [(new: Float, old: Float)]) -> Float {
            terms.reduce(1) { $1.new < $1.old ? max($0, $1.old / $1.new) : $0 }
        }
        let norm = shrinkage([
            (normBase, other.normBase), (normSlope, other.normSlope), (1 - normBase, 1 - other.normBase),
        ])
        let strength = (new: BM25.titleShare * (1 - normBase), old: BM25.titleShare * (1 - other.normBase))
        let titleNorm = shrinkage([(1 - strength.new, 1 - strength.old), strength])
        let ratio = [
            (new: titleWeight * titleNorm, old: other.titleWeight), (new: bodyWeight * norm, old: other.bodyWeight),
        ].reduce(Float(1)) { $1.new > $1.old ? max($0, $1.new / $1.old) : $0 }
        // A little more than the quotient, for the roundings on the way.
        return ratio * 1.000_01
    }

    // MARK: Explanation

    /// How much longer than others a document counts: its norm.
    func lengthFactor(of document: ExplainedDocument) -> Double { Double(norm(document.lengths)) }

    /// A weighted frequency as it stands in the textbook, beside `k1 * norm`.
    func shown(_ weightedFrequency: Float, of document: ExplainedDocument) -> Double {
        Double(weightedFrequency) * document.parameters.terms.k1
    }

    /// What a leaf of a plan adds to a document's score; nil when it does not occur.
    func explain(_ leaf: EvaluationPlan.Leaf, of plan: EvaluationPlan, in document: ExplainedDocument)
        -> (part: Explanation.Part, units: UInt32)?
    {
        let frequencies = leaf.frequencies(of: leaf.pattern.terms.map { document.occurrences[$0][...] })
        guard leaf.weight > 0, !frequencies.isZero else { return nil }
        let units = contribution(
            titleFrequency: frequencies.title, bodyFrequency: frequencies.body, document.lengths,
            weight: plan.scale.units(leaf.weight))
        let documentFrequencies = leaf.pattern.terms.map { document.documentFrequencies[$0] }
        let idf = BM25.inverseDocumentFrequency(documentFrequencies, in: document.statistics)
        let part = Explanation.Part(
            kind: .occurrence, pattern: plan.text(of: leaf.pattern.terms), titleFrequency: Int(frequencies.title),
            bodyFrequency: Int(frequencies.body), documentFrequencies: documentFrequencies,
            inverseDocumentFrequency: idf, boost: idf > 0 ? leaf.weight / idf : 0,
            lengthFactor: lengthFactor(of: document),
            weightedFrequency: shown(
                weightedFrequency(
                    titleFrequency: frequencies.title, bodyFrequency: frequencies.body, document.lengths),
                of: document),
            contribution: plan.scale.points(units))
        return (part, units)
    }
}

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
    /// Strength of length normalisation, from 0 (none) to 1 (full).
    public var b: Double
    /// How many occurrences in the body one occurrence in the title is worth.
    public var titleWeight: Double
    /// Weight of an occurrence in the body.
    public var bodyWeight: Double

    /// Creates parameters. The defaults are Lucene's k1 and b, and a title that weighs as much as was best on
    /// judged collections; see Documentation/Decisions/ranking.md.
    public init(k1: Double = 1.2, b: Double = 0.75, titleWeight: Double = 3, bodyWeight: Double = 1) {
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
/// For a leaf of the query (a term or a phrase) with frequency `f` in a document of `length` tokens:
///
///     part(f, length) = f / (f + k1 * (1 - b + b * length / averageLength))
///     contribution    = weight * part,   weight = boost * idf
///     idf             = ln(1 + (N - n + 0.5) / (n + 0.5)),   for n of N documents with the term
///
/// where `f` is the weighted sum of the field frequencies (BM25 of Robertson and Zaragoza 2009, eq. 3.15, without the
/// constant factor `k1 + 1`, and with an idf that is positive for every term, both as in Lucene; the sum over fields before
/// saturation is their BM25F with one length for all fields). `length` is the number of tokens in title and body.
///
/// A score is a sum of contributions, and strategies add them in different orders. So that the sum does not depend on the
/// order, contributions are whole numbers: `weight` comes multiplied by the query's ``ScoreScale``, and the product is
/// rounded once. All strategies get it from
/// ``contribution(weightedFrequency:length:weight:)``, in single precision.
@frozen
public struct BM25: Sendable, Hashable {
    /// Weight of an occurrence in the title.
    public let titleWeight: Float
    /// Weight of an occurrence in the body.
    public let bodyWeight: Float
    /// `k1 * (1 - b)`.
    public let normBase: Float
    /// `k1 * b / averageLength`.
    public let normSlope: Float

    /// Fixes the formula for one state of the collection.
    ///
    /// - Parameter averageLength: See ``CollectionStatistics/averageLength``.
    public init(_ parameters: BM25Parameters, averageLength: Double) {
        precondition(parameters.isValid && averageLength > 0, "\(parameters), average length \(averageLength)")
        titleWeight = Float(parameters.titleWeight)
        bodyWeight = Float(parameters.bodyWeight)
        normBase = Float(parameters.k1 * (1 - parameters.b))
        normSlope = Float(parameters.k1 * parameters.b / averageLength)
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

    /// The frequency that saturates: occurrences weighted by field.
    @inlinable @inline(__always)
    public func weightedFrequency(titleFrequency: UInt32, bodyFrequency: UInt32) -> Float {
        Float(titleFrequency) * titleWeight + Float(bodyFrequency) * bodyWeight
    }

    /// The saturated part of a contribution, from 0 to 1.
    @inlinable @inline(__always)
    public func part(weightedFrequency: Float, length: UInt32) -> Float {
        // A document with no weighted occurrence scores 0 even where k1 = 0 would make this 0 / 0.
        guard weightedFrequency > 0 else { return 0 }
        return weightedFrequency / (weightedFrequency + (normBase + normSlope * Float(length)))
    }

    /// What a leaf adds to a document's score, in units of the query's ``ScoreScale``.
    ///
    /// - Parameter weight: boost times idf times the scale; at most 2^30.
    @inlinable @inline(__always)
    public func contribution(weightedFrequency: Float, length: UInt32, weight: Float) -> UInt32 {
        UInt32(part(weightedFrequency: weightedFrequency, length: length) * weight + 0.5)
    }

    /// What a leaf with these field frequencies adds to a document's score, in units of the query's ``ScoreScale``.
    @inlinable @inline(__always)
    public func contribution(titleFrequency: UInt32, bodyFrequency: UInt32, length: UInt32, weight: Float) -> UInt32 {
        contribution(
            weightedFrequency: weightedFrequency(titleFrequency: titleFrequency, bodyFrequency: bodyFrequency),
            length: length, weight: weight)
    }

    // MARK: Upper bound

    /// A factor by which score parts under `other` have to be multiplied to bound the parts under this formula.
    ///
    /// With weights at most `r` times those of `other` and norms at least `s` times its norms, a part
    /// `f / (f + n)` becomes at most `max(1, r) / min(1, s)` times as large. 1 for the same formula; infinite when nothing
    /// can be said, and a part is then bounded by 1.
    func boundFactor(from other: BM25) -> Float {
        guard self != other else { return 1 }
        var weightRatio: Float = 1
        for (new, old) in [(titleWeight, other.titleWeight), (bodyWeight, other.bodyWeight)] where new > old {
            weightRatio = max(weightRatio, new / old)
        }
        var normRatio: Float = 1
        for (new, old) in [(normBase, other.normBase), (normSlope, other.normSlope)] where new < old {
            normRatio = min(normRatio, new / old)
        }
        // A little more than the quotient, for the roundings on the way.
        return weightRatio / normRatio * 1.000_01
    }

    // MARK: Explanation

    /// How much longer than others a document counts, `1 - b + b * length / averageLength`: its norm without `k1`.
    func lengthFactor(of document: ExplainedDocument) -> Double {
        let parameters = document.parameters.terms
        return 1 - parameters.b + parameters.b * Double(document.length) / document.statistics.averageLength
    }

    /// What a leaf of a plan adds to a document's score; nil when it does not occur.
    func explain(_ leaf: EvaluationPlan.Leaf, of plan: EvaluationPlan, in document: ExplainedDocument)
        -> (part: Explanation.Part, units: UInt32)?
    {
        let frequencies = leaf.frequencies(of: leaf.pattern.terms.map { document.occurrences[$0][...] })
        guard leaf.weight > 0, !frequencies.isZero else { return nil }
        let units = contribution(
            titleFrequency: frequencies.title, bodyFrequency: frequencies.body, length: document.length,
            weight: plan.scale.units(leaf.weight))
        let documentFrequencies = leaf.pattern.terms.map { document.documentFrequencies[$0] }
        let idf = BM25.inverseDocumentFrequency(documentFrequencies, in: document.statistics)
        let part = Explanation.Part(
            kind: .occurrence, pattern: plan.text(of: leaf.pattern.terms), titleFrequency: Int(frequencies.title),
            bodyFrequency: Int(frequencies.body), documentFrequencies: documentFrequencies,
            inverseDocumentFrequency: idf, boost: idf > 0 ? leaf.weight / idf : 0,
            lengthFactor: lengthFactor(of: document),
            weightedFrequency: Double(
                weightedFrequency(titleFrequency: frequencies.title, bodyFrequency: frequencies.body)),
            contribution: plan.scale.points(units))
        return (part, units)
    }
}

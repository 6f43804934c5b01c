/// The ranking formula, in the one place where it stands.
///
/// For a leaf of the query (a term or a phrase) with frequency `f` in a document of `length` tokens:
///
///     part(f, length) = f / (f + k1 * (1 - b + b * length / averageLength))
///     contribution    = weight * part,   weight = boost * idf
///
/// where `f` is the weighted sum of the field frequencies (BM25 of Robertson and Zaragoza 2009, eq. 3.15, without the
/// constant factor `k1 + 1`, as in Lucene; the sum over fields before saturation is their BM25F with one length for all
/// fields). `length` is the number of tokens in title and body.
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
    public init(_ parameters: RankingParameters, averageLength: Double) {
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
}

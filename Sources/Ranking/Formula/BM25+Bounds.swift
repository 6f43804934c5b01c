extension BM25 {
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
}

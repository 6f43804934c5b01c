/// Word frequencies by rank: the word of rank r (from 1) weighs 1 / ((r + 0.5) (1 + r / 4000)).
///
/// That is a Zipf–Mandelbrot law of exponent 1 (Mandelbrot 1953) whose exponent turns to 2 beyond some thousand words,
/// as in large real collections (Ferrer i Cancho, Solé 2001); a single exponent gives five times too many rare words.
/// The constants were fitted to the abstracts of a preprint server. The formula needs only operations that IEEE 754
/// rounds alike everywhere, which no mathematics library promises of `pow`.
enum ZipfMandelbrot {
    private static let shift = 0.5
    private static let knee = 4000.0
    /// 2^42: rank 2^20 still weighs 16,000, and 2^20 times the largest weight fits in 62 bits.
    private static let scale = 4_398_046_511_104.0

    /// The weights of ranks 1 to `count`, none of them zero.
    static func weights(count: Int) -> [UInt64] {
        (1...count).map { rank in
            max(UInt64(scale / ((Double(rank) + shift) * (1 + Double(rank) / knee))), 1)
        }
    }
}

/// How much may come out of one input, with all archives in it.
///
/// Data that unpacks to more than `maximumRatio` times the input's size is made to fill the disk or the day, whether by one
/// stream of zeros, by files that share their bytes, or by archives in archives; each byte counts at every level it passes.
final class UnpackingBudget {
    /// Bytes that may come out of an input, whatever its size, and for each byte of a larger one: what gzip data may give.
    static let freeBytes = GzipSource.freeBytes
    static let maximumRatio = GzipSource.maximumRatio
    /// Archives that may lie in one another. Mail with a folder that holds a book is three.
    static let maximumDepth = 5

    private let limit: Int
    private var produced = 0

    /// A budget for an input of a size.
    init(inputBytes: Int, freeBytes: Int = UnpackingBudget.freeBytes) {
        limit = max(freeBytes, inputBytes.multipliedReportingOverflow(by: Self.maximumRatio).partialValue)
    }

    /// Counts bytes that came out; throws when they are too many.
    func take(_ count: Int) throws {
        produced += count
        if produced > limit {
            throw ReadingError(
                "unpacks to more than \(limit) bytes, \(Self.maximumRatio) times its size; unpack it to have it read")
        }
    }
}

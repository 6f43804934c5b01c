/// What is wrong with a compressed text.
enum TextFrameError: Error, Hashable, CustomStringConvertible {
    /// The bytes do not make sense.
    case damaged(String)
    /// The dictionary that the text was compressed with is not in the file.
    case missingDictionary(UInt32)
    /// zstd could not do what it was asked for.
    case failed(String)

    var description: String {
        switch self {
        case .damaged(let reason): "the compressed text is damaged (\(reason))"
        case .missingDictionary(let id): "the compressed text needs dictionary \(id), which is not there"
        case .failed(let reason): "zstd: \(reason)"
        }
    }
}

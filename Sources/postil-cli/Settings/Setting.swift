/// One thing a user can set, by flag, environment variable, configuration file or not at all.
struct Setting: Sendable, Equatable {
    /// Its name in a configuration file, with dots between levels: `search.limit`.
    var key: String
    var kind: Kind
    /// What holds when nobody sets it, as it is written in a file. Empty where there is no value.
    var defaultText: String
    /// The flag that sets it for one command, if there is one.
    var flag: String?
    /// What it does, in one line.
    var summary: String

    /// What its values look like.
    enum Kind: Sendable, Equatable {
        case text
        /// A path; in a file relative to that file's folder.
        case path
        case boolean
        case integer(ClosedRange<Int>)
        case choice([String])
        /// `512MiB`, `1GB`, `4096`.
        case byteCount(ClosedRange<Int>)
    }

    /// The environment variable that sets it: `POSTIL_SEARCH_LIMIT`.
    var environmentVariable: String {
        "POSTIL_" + String(key.uppercased().map { $0.isLetter || $0.isNumber ? $0 : "_" })
    }
}

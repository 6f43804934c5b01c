/// One thing a user can set, by flag, environment variable, configuration file or not at all. Everything that is said of it
/// comes from here: its flag and the help, what may stand in a file, `postil config`, and `Config/postil.yaml`.
///
/// To add one: a line in ``all`` with its definition there, and its flag in the commands that heed it.
struct Setting: Sendable, Equatable {
    /// Its name in a configuration file, with dots between levels: `search.limit`.
    let key: String
    let kind: Kind
    /// What holds when nobody sets it, as it is written in a file. Empty where there is no value.
    let defaultText: String
    /// The flag that sets it for one command, if there is one.
    let flag: Flag?
    /// What it does, as a sentence or a beginning of one that the help and a file can both say.
    let summary: String

    /// What its values look like.
    enum Kind: Sendable, Equatable {
        case text
        /// A path; in a file relative to that file's folder.
        case path
        /// A path of a YAML file, or a name.
        case profile
        case boolean
        case integer(ClosedRange<Int>)
        /// A whole number, or `auto`.
        case seconds(ClosedRange<Int>)
        case choice([String])
        /// `512MiB`, `1GB`, `4096`.
        case byteCount(ClosedRange<Int>)
    }

    /// How a setting is given on the command line.
    struct Flag: Sendable, Equatable {
        /// Without the hyphens.
        let name: String
        /// One letter that stands for it.
        var letter: Character?
        /// What the help calls its value.
        var value = ""
    }

    /// The flag as it is typed: `--limit`.
    var option: String? { flag.map { "--" + $0.name } }

    /// The environment variable that sets it: `POSTIL_SEARCH_LIMIT`.
    var environmentVariable: String {
        "POSTIL_" + String(key.uppercased().map { $0.isLetter || $0.isNumber ? $0 : "_" })
    }
}

import Postil
import Reports

extension Session {
    /// Names what an index run skipped: the first of a file's places and of a reason's files, or each where that is asked for.
    ///
    /// - Parameter failed: Paths of files of which nothing became a document.
    func warn(of skipped: [SkippedInput], failed: Set<String>) throws {
        guard try !settings.boolean(.verbose) else {
            for input in skipped { messages.warning("skipped \(input)") }
            return
        }
        let files = SkippedFile.all(of: skipped, failed: failed)
        var remarks = Remarks(messages.warning)
        for file in files {
            remarks.add("skipped " + file.first.place, because: file.first.advisedReason, suffix: file.suffix)
        }
        remarks.finish()
        if files.count < skipped.count || remarks.countedOnly > 0 {
            let all = skipped.contains { $0.count > 1 } ? "the first" : "each of the"
            messages.hint("`postil index --verbose` names \(all) \(Quantity.count(skipped.count)) places")
        }
    }

    /// Makes remarks on inputs that were read, but not as they stood.
    func warn(of inputs: [SkippedInput]) throws {
        var remarks = Remarks(limit: try settings.boolean(.verbose) ? .max : 3, messages.warning)
        for input in inputs { remarks.add(input.place, because: input.reason) }
        remarks.finish()
    }

    /// Commands of well-known programs that make text of files, by their extensions.
    private static let readers: [String: String] = [
        "doc": "`antiword {}`", "rtf": "`unrtf --text {}`", "djvu": "`djvutxt {}`", "xls": "`xls2csv {}`",
        "xlsx": "`xlsx2csv {}`", "ods": "`ods2tsv {}`", "ppt": "`catppt {}`", "wpd": "`wpd2text {}`",
        "mobi": "`ebook-convert`", "azw3": "`ebook-convert`", "chm": "`extract_chmLib`", "ps": "`ps2ascii {}`",
        "png": "`tesseract {} -`", "jpg": "`tesseract {} -`", "jpeg": "`tesseract {} -`", "tif": "`tesseract {} -`",
        "tiff": "`tesseract {} -`", "msg": "`msgconvert`", "pst": "`readpst`", "info": "`info -o - -f {}`",
        "1": "`man -l {}`", "rar": "`unrar`", "dvi": "`catdvi {}`", "textile": "`pandoc -t plain {}`",
    ]

    /// Extensions that are named of those that were passed over: more are a folder of another purpose. `--verbose` names all.
    private static let namedExtensions = 20

    /// Says how many files were passed over because their `extensions` are of no known format, and how to have them read:
    ///
    ///     3 files of other formats were passed over (2 .pdf, 1 without an extension); …
    func hint(ofOtherFormats extensions: [String: Int]) {
        guard !extensions.isEmpty else { return }
        let all = extensions.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        let shown = (try? settings.boolean(.verbose)) ?? false ? all[...] : all.prefix(Self.namedExtensions)
        var names = shown.map { name, count in
            Quantity.count(count) + (name.isEmpty ? " without an extension" : " ." + name)
        }
        if all.count > shown.count {
            let others = all.dropFirst(shown.count)
            names.append(
                "\(Quantity.count(others.reduce(0) { $0 + $1.value })) with \(Quantity.count(others.count)) other extensions"
            )
        }
        let count = extensions.values.reduce(0, +)
        // Extensions that one program reads stand together: .jpg, .png by `tesseract {} -`.
        let programs = Dictionary(grouping: shown.map(\.key).filter { Self.readers[$0] != nil }) {
            Self.readers[$0] ?? ""
        }
        let readers = programs.sorted { $0.value[0] < $1.value[0] }.map { program, names in
            names.sorted().map { "." + $0 }.joined(separator: ", ") + " by " + program
        }
        messages.hint(
            "\(Quantity.count(count, "file")) of other formats \(count == 1 ? "was" : "were") passed over "
                + "(\(names.joined(separator: ", "))); text is read from any file that is named itself or by a glob, and "
                + "from those whose extension a profile gives a format, as `extensions: { log: text }`"
                + (readers.isEmpty ? "" : "; a profile's `command` reads \(readers.joined(separator: ", "))"))
    }
}

extension SkippedInput {
    /// `a.csv:7`, as editors can jump to it.
    var place: String { path + (line.map { ":\($0)" } ?? "") }

    /// The reason, and what a person at the command line can look at.
    fileprivate var advisedReason: String {
        reason.hasSuffix(ReadingLimits.wayOut) ? reason + " (`postil config` shows it)" : reason
    }
}

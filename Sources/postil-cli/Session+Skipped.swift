extension Session {
    /// Names what an index run skipped: one line a file, or one a record where that is asked for.
    ///
    /// - Parameter failed: Paths of files of which nothing became a document.
    func warn(of skipped: [SkippedRecord], failed: Set<String>) throws {
        guard try !settings.boolean(SettingCatalogue.verbose) else {
            for record in skipped { messages.warning("skipped " + record.text) }
            return
        }
        let files = SkippedFile.all(of: skipped, failed: failed)
        for file in files { messages.warning("skipped " + file.text) }
        if files.count < skipped.count {
            messages.hint("`postil index --verbose` names each of the \(Quantity.count(skipped.count)) places")
        }
    }

    /// Says how many files were passed over because their `extensions` are of no known format, and how to have them read:
    ///
    ///     3 files of other formats were passed over (2 .pdf, 1 without an extension); …
    func hint(ofOtherFormats extensions: [String: Int]) {
        guard !extensions.isEmpty else { return }
        let all = extensions.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        var names = all.prefix(3).map { name, count in
            Quantity.count(count) + (name.isEmpty ? " without an extension" : " ." + name)
        }
        if all.count > 3 { names.append("…") }
        let count = extensions.values.reduce(0, +)
        messages.hint(
            "\(Quantity.count(count, "file")) of other formats \(count == 1 ? "was" : "were") passed over "
                + "(\(names.joined(separator: ", "))); text is read from any file that is named itself or by a glob, and "
                + "from those whose extension a profile gives a format, as `extensions: { log: text }`")
    }
}

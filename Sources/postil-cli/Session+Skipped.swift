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
}

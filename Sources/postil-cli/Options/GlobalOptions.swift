import ArgumentParser

/// Options that every command has, with one meaning.
struct GlobalOptions: ParsableArguments {
    @Option(
        name: [.short, .long],
        help: ArgumentHelp(
            "The index file. Without it: $POSTIL_INDEX, then postil.db here, then in the folders above.",
            valueName: "file"), completion: .file())
    var index: String?

    @Option(help: ArgumentHelp("How results are printed: text, json, jsonl, csv, trec or ids.", valueName: "format"))
    var format: OutputFormat?

    @Option(
        help: ArgumentHelp(
            "How a collection is read, analysed and ranked: a name or a YAML file. Without it: the index's own.",
            valueName: "profile"), completion: .file(extensions: ["yaml", "yml"]))
    var profile: String?

    @Option(help: ArgumentHelp("When output is coloured: auto, always or never.", valueName: "when"))
    var color: ColorChoice?

    @Flag(name: [.short, .long], help: "Leave out progress, hints and notes.")
    var quiet = false

    /// The settings that these options give, by key.
    var flags: [String: String] {
        var flags: [String: String] = [:]
        flags[SettingCatalogue.index.key] = index
        flags[SettingCatalogue.format.key] = format?.rawValue
        flags[SettingCatalogue.profile.key] = profile
        flags[SettingCatalogue.color.key] = color?.rawValue
        if quiet { flags[SettingCatalogue.quiet.key] = "true" }
        return flags
    }
}

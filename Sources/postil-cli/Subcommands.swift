import ArgumentParser

extension PostilCommand {
    /// Every command, in the order the help shows them.
    static let subcommands: [any ParsableCommand.Type] = [
        IndexCommand.self,
        WatchCommand.self,
        SearchCommand.self,
        ShowCommand.self,
        SimilarCommand.self,
        RelatedCommand.self,
        CiteCommand.self,
        OpenCommand.self,
        SQLCommand.self,
        AttachCommand.self,
        DetachCommand.self,
        NewCommand.self,
        SavedCommand.self,
        ListCommand.self,
        ExplainCommand.self,
        DuplicatesCommand.self,
        SourcesCommand.self,
        RemoveCommand.self,
        InfoCommand.self,
        CheckCommand.self,
        OptimizeCommand.self,
        ConfigCommand.self,
        EvalCommand.self,
        JudgeCommand.self,
        TuneCommand.self,
        BenchCommand.self,
    ]
}

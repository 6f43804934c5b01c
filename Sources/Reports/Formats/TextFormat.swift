extension OutputFormat {
    /// For people. May change between versions.
    public static let text = OutputFormat("text") { report, output in
        try report.writeText(in: output.layout, to: output.write)
    }
}

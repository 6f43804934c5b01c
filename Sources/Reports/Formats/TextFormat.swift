extension OutputFormat {
    /// For people. May change between versions.
    package static let text = OutputFormat("text", showsFacts: true) { report, output in
        try report.writeText(in: output.layout, to: output.write)
    }
}

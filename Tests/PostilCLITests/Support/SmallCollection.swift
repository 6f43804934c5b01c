import PostilTestSupport

/// Three reviews in two formats, enough to tell hits apart.
enum SmallCollection {
    static let goodhart = """
        ---
        title: Categorizing Variants of Goodhart's Law
        author: Manheim and Garrabrant
        date: 2018-03-13
        url: https://arxiv.org/abs/1803.04585
        tags: [goodhart]
        ---
        Four ways in which optimizing a proxy goes wrong. The review finds the **regressional** kind the clearest, and
        asks whether reward hacking is the adversarial one.

        """
    static let rows = """
        {"id":"hubinger-2019","title":"Risks from Learned Optimization","author":"Hubinger","date":"2019-06-05","text":"A mesa-optimizer may pursue a goal of its own. The review doubts that reward hacking is the right frame."}
        {"id":"krakovna-2020","title":"Specification gaming","author":"Krakovna","date":"2020-04-21","text":"A list of agents that found loopholes: reward hacking, again and again."}

        """

    /// Writes it into `folder/reviews`.
    static func write(into folder: TemporaryFolder) throws {
        try folder.file("reviews/goodhart.md", goodhart)
        try folder.file("reviews/rows.jsonl", rows)
    }

    /// A folder with the collection and its index.
    static func indexed() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        try write(into: folder)
        let outcome = try PostilBinary.run(["index", "reviews"], in: folder.url)
        guard outcome.status == 0 else { throw IndexingFailed(errors: outcome.errors) }
        return folder
    }

    struct IndexingFailed: Error { var errors: String }
}

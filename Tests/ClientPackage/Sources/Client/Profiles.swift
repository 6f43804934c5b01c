import Postil

/// A profile made in code: everything that a profile can say.
func reviews() throws -> Profile {
    let source = FieldSource.path("text", markup: .markdown, separator: "\n", split: ";")
    var author: FieldSource = .joined([.path("first"), .constant(" "), .path("last")], separator: "")
    author.isFamilyFirst = true
    author.markup = source.markup ?? TextMarkup.html
    author.separator = source.separator
    author.split = source.split
    let title: TextTemplate = "{title} ({year})"
    var body = FieldRule(alternatives: [source])
    body.alternatives.append(.template(try TextTemplate(title.description), markup: .text))

    var rule = DocumentRule(
        kind: "review", needs: .body, id: ["id"], title: [.template(title)], body: body, author: [author],
        date: ["date"],
        url: ["url"], tags: ["tags"],
        metadata: .fields([DocumentRule.NamedRule(name: "venue", rule: FieldRule(alternatives: ["venue"]))]))
    rule.needs = rule.kind == nil ? DocumentRule.Need.title : .any
    rule.id = rule.url
    rule.title = rule.body
    rule.author = rule.tags
    rule.date = FieldRule(alternatives: ["year"])
    if case .fields(let fields) = rule.metadata { print(fields.map(\.name), fields.map(\.rule)) }
    rule.metadata = rule.kind == "" ? DocumentRule.Metadata.none : .others

    let path: FieldPath = "reviews"
    var mapping = RecordMapping(
        format: .json, extensions: ["review": .markdown], delimiter: nil, encoding: "koi8-r",
        records: [try FieldPath(path.description)], query: "SELECT text FROM reviews",
        documents: [rule])
    let known: [DocumentFormat] = [.text, .markdown, .html, .json, .jsonLines, .csv, .tsv]
    assert(known.allSatisfy(DocumentFormat.allCases.contains))
    mapping.format = DocumentFormat(rawValue: known[0].rawValue)
    mapping.extensions["papers"] = known.first { $0.name == $0.description }
    mapping.encoding = nil
    mapping.query = nil
    mapping.delimiter = UInt8(ascii: ";")
    mapping.records += try RecordMapping(yaml: "{}", origin: "the client").records
    mapping.documents += RecordMapping.usual.documents

    var terms = BM25Parameters(k1: 1.2, b: 0.75, titleWeight: 2, bodyWeight: 1)
    (terms.k1, terms.b, terms.titleWeight) = (0.9, 0.4, terms.bodyWeight)
    var ranking = RankingParameters(terms: terms, proximity: ProximityParameters(share: 0.2))
    ranking.proximity.share = ranking.isValid ? 0.1 : 0
    ranking.terms.k1 = 1

    var profile = Profile(
        name: "client", description: "", reading: mapping, analyzer: "english", stopWords: "english", ranking: ranking,
        compression: nil)
    profile.synonyms = Synonyms.builtInNames + ["RLHF = human feedback"]
    profile.description = "\(profile.name) \(profile.analyzer) \(profile.stopWords)"
    profile.reading.delimiter = nil
    profile.ranking = profile.compression == nil ? ranking : RankingParameters()
    let read = try Profile(yaml: profile.yaml, origin: "the client")
    return read == profile ? profile : try Profile.named("client", searching: ["profiles"])
}

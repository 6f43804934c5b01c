import Postil

func cite(_ stored: StoredDocument, _ searcher: Searcher) throws {
    let outline = DocumentOutline(stored.document)
    for heading: DocumentOutline.Heading in outline.headings { print(heading.text, heading.level, heading.address) }
    for paragraph: DocumentOutline.Paragraph in outline.paragraphs {
        print(outline.text[paragraph.range], paragraph.number, paragraph.level ?? 0)
    }
    let place = outline.paragraph(at: outline.text.startIndex).map(outline.passage(of:))
    let passage: DocumentOutline.Passage? = outline.passage(quoting: "measure") ?? outline.passage(at: "p1") ?? place
    guard let passage else { return }
    print(passage.address, passage.headings, passage.hasChanged)

    let reference = PassageReference(id: stored.document.externalID, range: passage.range, in: outline.text)
    let citation = Citation(of: stored.document, accessed: "2026-11-28", passage: reference)
    print(citation.bibtex, try citation.cslJSON, citation.ris, citation.renamed("key") == citation)
    print(citation.key, citation.id, citation.title, citation.date ?? "", citation.url ?? "", citation.accessed ?? "")
    print(citation.container ?? "", citation.doi ?? "", citation.arXivID ?? "", citation.tags, citation.link ?? "")
    print(citation.passage == reference, citation.hasMoreAuthors, Citation.Kind.allCases, tell(citation.kind))
    for author in citation.authors + citation.editors + [PersonName.literal("OpenAI")] { tell(author) }
    if let work: Citation.Work = citation.work { print(work.title, work.authors.map(\.text), work.date ?? "") }
    print(PersonName.list("Hubinger, E.; others").hasOthers, PersonName.list("A B").names.count)

    print(reference.id, reference.quote ?? "", reference.prefix, reference.suffix, reference.offset)
    let whole = PassageReference(reference.description) ?? PassageReference(id: reference.id)
    let found: PassageResolution = try searcher.resolve(whole)
    print(tell(found.status), found.reference == whole, found.document?.id ?? stored.id)
    print(found.text ?? "", found.passage?.address ?? "", found.similarity)
}

private func tell(_ kind: Citation.Kind) -> String {
    switch kind {
    case .article, .preprint, .conferencePaper, .report, .thesis: "a paper"
    case .book, .chapter: "a book, or a part of one"
    case .post, .page, .comment, .review: "on the web"
    case .video, .dataset, .software, .patent, .message, .document: "something else"
    }
}

private func tell(_ status: PassageResolution.Status) -> String {
    switch status {
    case .unchanged, .moved: "it says what it said"
    case .changed: "it says something else"
    case .gone: "it is not there any more"
    }
}

private func tell(_ name: PersonName) { print(name.given, name.particle, name.family, name.suffix, name.isLiteral) }

func findSimilar(to stored: StoredDocument, _ searcher: Searcher) throws {
    let similar: SimilarDocuments =
        try searcher.similar(to: stored.id, limit: 5)
        ?? searcher.similar(to: stored.document.body, title: stored.document.title, limit: 5)
    for word: SimilarDocuments.TellingWord in similar.words { print(word.word, word.weight) }
    for match: SimilarDocuments.Match in similar.matches { print(match.hit.title, match.shared) }
}

func complete(_ text: String, _ searcher: Searcher) throws -> [String] {
    try searcher.ids(beginningWith: text, limit: 10) + searcher.ids(near: text, limit: 3) + searcher.fieldNames
}

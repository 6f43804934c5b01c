/// Plain text: one document, taken as it is. What its first bytes do not show to be anything else is text.
struct TextFormat: PageFormat {
    var name: String { "text" }
    var extensions: [String] { ["txt", "text"] }

    func recognition(of beginning: InputBeginning) -> Recognition { beginning.isBinary ? .none : .possible }

    /// A mailbox that a list keeps as text (`2020-January.txt`), or citations that PubMed saves so (`pubmed-set.txt`).
    func refined(by beginning: InputBeginning) -> any InputFormat {
        let kept: [any InputFormat] = [MailboxFormat(), MEDLINEFormat()]
        return kept.first { $0.recognition(of: beginning) == .certain } ?? self
    }

    func page(_ bytes: UnsafeRawBufferPointer, tally: BatchTally) -> Page {
        Page(text: MarkedText(plain: TextDecoding.text(bytes, declared: nil, tally: tally)))
    }
}

extension DocumentFormat {
    /// One document, taken as it is.
    public static let text = DocumentFormat(TextFormat())
}

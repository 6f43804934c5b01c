/// A generated document as word ranks and punctuation, before it is written out. Reused from document to document.
struct Composition {
    /// What stands behind a word of the text.
    enum Mark: UInt8 {
        case space
        case comma
        /// Ends a sentence.
        case stop
        /// Joins the word to the next one: `brutan-kolis`.
        case hyphen
        /// The word carries an accent: letters beyond ASCII, as in names.
        case accent
        /// A number stands between the word and the next one.
        case number
    }

    /// Number of the document, from 0.
    private(set) var number = 0
    /// Its topic.
    private(set) var topic = 0
    /// The title's words, by rank.
    var title: [UInt32] = []
    /// The text's words, by rank.
    private(set) var body: [UInt32] = []
    /// What stands behind each word of the text.
    private(set) var marks: [Mark] = []
    /// The content words of the text so far, by rank.
    private(set) var content: [UInt32] = []
    /// Random bits for date, tags and numbers.
    private(set) var salt: UInt64 = 0

    mutating func reset(number: Int, topic: Int) {
        self.number = number
        self.topic = topic
        title.removeAll(keepingCapacity: true)
        body.removeAll(keepingCapacity: true)
        marks.removeAll(keepingCapacity: true)
        content.removeAll(keepingCapacity: true)
    }

    mutating func append(_ word: (rank: UInt32, isContent: Bool)) {
        body.append(word.rank)
        if word.isContent { content.append(word.rank) }
    }

    /// Sets the marks: sentences of 8 to 31 words; of 256 words, 16 have a comma, 4 a hyphen, 2 a number, 1 an accent.
    mutating func punctuate(_ random: inout RandomStream) {
        salt = random.next()
        var untilStop = 8 + random.below(24)
        for position in body.indices {
            untilStop -= 1
            let draw = random.next() >> 56
            if position == body.count - 1 || untilStop == 0 {
                marks.append(.stop)
                untilStop = 8 + random.below(24)
            } else if draw >= 23 {
                marks.append(.space)
            } else {
                marks.append(draw < 16 ? .comma : draw < 20 ? .hyphen : draw < 22 ? .number : .accent)
            }
        }
    }
}

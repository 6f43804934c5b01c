/// The commonest English words, in about the order of their frequency: they take the first ranks of the vocabulary, so
/// that generated queries meet posting lists as long as those of real text.
enum FunctionWords {
    // None is spelt like an invented word, for which "within" had to go.
    static let all: [String] = """
        the of and to a in is that we for with on by as are this be an from which at it can have or has their not our \
        these using between also its was show but such more than been two one new used other into both may they only \
        when where most first all some how there over use each it many do if while no will any time then so very what \
        well about under through same being were without during because however must after before since \
        against though would could should until who whose toward upon yet among less further often
        """.split(separator: " ").map(String.init).reduce(into: []) { words, word in
            if !words.contains(word) { words.append(word) }
        }
}

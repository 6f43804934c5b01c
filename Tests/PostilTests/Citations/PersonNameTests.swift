import PostilTestSupport
import Testing

@testable import Documents
@testable import Postil

struct PersonNameTests {
    /// Names as `family|given|particle|suffix`, those that are printed as they are in brackets.
    private func names(_ text: String) -> [String] {
        let list = PersonName.list(text)
        return list.names.map { name in
            if name.isLiteral { return "[\(name.family)]" }
            var parts = [name.family, name.given, name.particle, name.suffix]
            while parts.last == "" { parts.removeLast() }
            return parts.joined(separator: "|")
        } + (list.hasOthers ? ["…"] : [])
    }

    @Test(
        arguments: [
            ("Evan Hubinger", ["Hubinger|Evan"]),
            ("Evan Hubinger, Chris van Merwijk, Joar Skalse", ["Hubinger|Evan", "Merwijk|Chris|van", "Skalse|Joar"]),
            (
                "Evan Hubinger*, Chris Van Merwijk*, Scott Garrabrant",
                ["Hubinger|Evan", "Van Merwijk|Chris", "Garrabrant|Scott"]
            ),
            ("Chunyuan Li, Rosanne Liu, and Jason Yosinski", ["Li|Chunyuan", "Liu|Rosanne", "Yosinski|Jason"]),
            ("A. Turing & C. Shannon", ["Turing|A.", "Shannon|C."]),
            ("Shah, Rohin", ["Shah|Rohin"]),
            ("van Merwijk, Chris", ["Merwijk|Chris|van"]),
            ("Hubinger, E.; van Merwijk, C.", ["Hubinger|E.", "Merwijk|C.|van"]),
            ("King, Martin L., Jr.", ["King|Martin L.||Jr."]),
            ("Martin Luther King Jr., Ada Lovelace", ["King|Martin Luther||Jr.", "Lovelace|Ada"]),
            ("Martin Luther King, Jr., Ada Lovelace", ["King|Martin Luther||Jr.", "Lovelace|Ada"]),
            ("Sor Juana Inés de la Cruz", ["Cruz|Sor Juana Inés|de la"]),
            ("Rohin", ["[Rohin]"]),
            ("paulfchristiano, evhub", ["[paulfchristiano]", "[evhub]"]),
            (
                "OpenAI and Machine Intelligence Research Institute",
                ["[OpenAI]", "[Machine Intelligence Research Institute]"]
            ),
            ("Joar Skalse et al.", ["Skalse|Joar", "…"]),
            ("Joar Skalse, et al.", ["Skalse|Joar", "…"]),
            ("王小明, 李雷", ["[王小明]", "[李雷]"]),
            ("Smith, John and Roe, Jane", ["Smith|John", "Roe|Jane"]),
            ("Smith, John, Jane Roe, and Al Poe", ["Smith|John", "Roe|Jane", "Poe|Al"]),
            ("Smith J, Doe A, Lee BC", ["Smith|J.", "Doe|A.", "Lee|B. C."]),
            ("Smith J; Doe A; OpenAI", ["Smith|J.", "Doe|A.", "[OpenAI]"]),
            ("Smith, J., Doe, A., & Lee, B. C.", ["Smith|J.", "Doe|A.", "Lee|B. C."]),
            ("van der Berg, J., King, M. L., Jr., & MIRI", ["Berg|J.|van der", "King|M. L.||Jr.", "[MIRI]"]),
            ("King, Martin Luther, Jr.", ["King|Martin Luther||Jr."]),
            ("Tolkien, J.R.R.", ["Tolkien|J.R.R."]),
            ("García Márquez, Gabriel and Lloyd Webber, Andrew", ["García Márquez|Gabriel", "Lloyd Webber|Andrew"]),
            ("Ó hÉigeartaigh, Seán", ["Ó hÉigeartaigh|Seán"]),
            ("d'Alembert, Jean", ["d'Alembert|Jean"]),
            ("Иванов И. И., Петров П.", ["Иванов|И. И.", "Петров|П."]),
            ("И. И. Иванов и П. Петров", ["Иванов|И. И.", "Петров|П."]),
            ("山田 太郎、鈴木 一郎", ["山田|太郎", "鈴木|一郎"]),
            ("Dr. Jane Roe, PhD", ["Roe|Jane"]),
            ("Prof. Dr. Hans Müller und Ann Meier MD", ["Müller|Hans", "Meier|Ann"]),
            ("Smith, M.D.", ["Smith|M.D."]),
            ("MIRI, OpenAI", ["[MIRI]", "[OpenAI]"]),
            ("SMITH, John", ["SMITH|John"]),
            ("Jane Roe <jane@example.org>, Ann Bee (MIT, Boston)", ["Roe|Jane", "Bee|Ann"]),
            ("jane@example.org", ["[jane@example.org]"]),
            ("[deleted]", ["[[deleted]]"]),
            (
                "{World Health Organization} and {Barnes and Noble}",
                ["[World Health Organization]", "[Barnes and Noble]"]
            ),
            ("Food and Agriculture Organization", ["[Food and Agriculture Organization]"]),
            (
                "Center for Security and Emerging Technology, Ann Bee",
                ["[Center for Security and Emerging Technology]", "Bee|Ann"]
            ),
            ("University of Oxford and Ann Bee", ["[University of Oxford]", "Bee|Ann"]),
            ("Acme, Inc., Ann Bee", ["[Acme, Inc.]", "Bee|Ann"]),
            ("Open AI, Anthropic", ["[Open AI]", "[Anthropic]"]),
            ("By Ann Bee and 3 others", ["Bee|Ann", "…"]),
            ("Ann Bee, Zoe Dee and OpenAI", ["Bee|Ann", "Dee|Zoe", "[OpenAI]"]),
            ("von Neumann", ["Neumann||von"]),
            ("Ada Example, Bob B.", ["Example|Ada", "B.|Bob"]),
            ("Ann Lee, Bo Ek", ["Lee|Ann", "Ek|Bo"]),
            ("Malcolm X", ["X|Malcolm"]),
            ("{unbalanced, Ann Bee", ["[unbalanced]", "Bee|Ann"]),
            ("Marguerite Föhl", ["Föhl|Marguerite"]),
            ("anonymous", ["[anonymous]"]),
            ("Mill, John Stuart", ["Mill|John Stuart"]),
            ("Obama, Barack Hussein, II", ["Obama|Barack Hussein||II"]),
            ("Tolkien, John Ronald Reuel, et al.", ["Tolkien|John Ronald Reuel", "…"]),
            ("DUPONT, Jean Pierre", ["DUPONT|Jean Pierre"]),
            ("MIRI, Ann Bee", ["[MIRI]", "Bee|Ann"]),
            ("Gwern, Ann Bee, Zoe Dee", ["[Gwern]", "Bee|Ann", "Dee|Zoe"]),
            ("Le Guin, Ursula K.", ["Le Guin|Ursula K."]),
            ("De Beauvoir, Simone Lucie", ["De Beauvoir|Simone Lucie"]),
            ("Van Der Berg, Jan Piet", ["Van Der Berg|Jan Piet"]),
            ("Le Song, Hanjun Dai", ["Song|Le", "Dai|Hanjun"]),
            ("Ursula K. Le Guin and Guy Van den Broeck", ["Le Guin|Ursula K.", "Broeck|Guy Van|den"]),
            ("Humboldt, Alexander von", ["Humboldt|Alexander|von"]),
            ("Müller-Lüdenscheidt, Karl-Heinz von", ["Müller-Lüdenscheidt|Karl-Heinz|von"]),
            ("Berg, Jan van der and Beethoven, Ludwig van", ["Berg|Jan|van der", "Beethoven|Ludwig|van"]),
            ("Bengio Y", ["Bengio|Y."]),
            ("Mohammed AlQuraishi", ["AlQuraishi|Mohammed"]),
            ("Jane Doe, ed.", ["Doe|Jane"]),
            ("Doe, Jane and Roe, Richard, eds.", ["Doe|Jane", "Roe|Richard"]),
            ("Jane Doe / Richard Roe", ["Doe|Jane", "Roe|Richard"]),
            ("Doe, Jane · Roe, Richard", ["Doe|Jane", "Roe|Richard"]),
            ("Guardian, The", ["[The Guardian]"]),
            ("New York Times, The", ["[The New York Times]"]),
            ("Matt Post, Alonzo Church and Michael Bloomberg", ["Post|Matt", "Church|Alonzo", "Bloomberg|Michael"]),
            (
                "Department of Computer Science, Stanford University",
                ["[Department of Computer Science, Stanford University]"]
            ),
            ("University of California, Berkeley; Ann Bee", ["[University of California, Berkeley]", "Bee|Ann"]),
            ("University of Oxford, OpenAI, MIRI", ["[University of Oxford]", "[OpenAI]", "[MIRI]"]),
            ("", []),
            (" , ; ", []),
        ])
    func areTakenApart(list: String, expected: [String]) {
        #expect(names(list) == expected)
    }

    /// Newspapers, companies and offices, alone and beside others.
    @Test(
        arguments: [
            "The Guardian", "The New York Times", "New York Times", "BBC News", "Google DeepMind",
            "Wall Street Journal",
            "Washington Post", "World Bank", "United Nations", "European Union", "Bank of England", "Le Monde",
            "Der Spiegel", "Scientific American", "William of Ockham", "Google Brain", "Associated Press", "New Yorker",
        ])
    func ofOrganisationsStayWhole(organisation: String) {
        #expect(names(organisation) == ["[\(organisation)]"])
        #expect(names("\(organisation), Ann Bee") == ["[\(organisation)]", "Bee|Ann"])
        #expect(names("Ann Bee and \(organisation)") == ["Bee|Ann", "[\(organisation)]"])
        #expect(names("Bee, Ann; \(organisation)") == ["Bee|Ann", "[\(organisation)]"])
        #expect(PersonNames.names(in: PersonNames.text(of: [organisation, "Bee, Ann"])) == [organisation, "Ann Bee"])
    }

    /// A family name of one word and up to three given names are one person in every way that a catalogue writes them.
    @Test func ofCataloguesAreOnePersonEach() {
        let families = ["Mill", "O'Brien", "McCarthy", "Föhl", "van Merwijk", "de la Cruz", "Müller-Lüdenscheidt"]
        let given = ["John", "Stuart", "Mei-Lin", "J.", "Zoë", "Ursula"]
        let seed = UInt64.random(in: .min ... .max)
        var random = SplitMix64(seed: seed)
        for _ in 0..<300 {
            let family = families.randomElement(using: &random)!
            let names = (0..<Int.random(in: 1...3, using: &random)).map { _ in given.randomElement(using: &random)! }
            let text = family + ", " + names.joined(separator: " ")
            let found = PersonName.list(text).names
            #expect(found.map(\.catalogueText) == [text], "seed: \(seed)")
            #expect(PersonName.list(found[0].text).names == found, "seed: \(seed), \(text)")
            #expect(
                PersonName.list(PersonNames.text(of: [text, "Ann Bee"])).names.first == found[0],
                "seed: \(seed), \(text)")
        }
    }

    @Test(
        arguments: [
            "Ann Bee, Zoe Dee", "Ann Bee and Zoe Dee", "Bee, Ann; Dee, Zoe", "Bee, Ann and Dee, Zoe",
            "Ann Bee; Zoe Dee",
            "Ann Bee & Zoe Dee, PhD", "By Ann Bee, Zoe Dee, Ann Bee et al.",
        ])
    func areOneHoweverAListIsWritten(list: String) {
        #expect(PersonNames.names(in: list) == ["Ann Bee", "Zoe Dee"])
    }

    /// Lists that are read at a glance are read as all others are.
    @Test func ofPlainListsAreTheSame() {
        let words = [
            "Ann", "Bee", "van", "der", "J.", "and", "Prof", "Professor", "Müller", "Jean-Luc", "O'Brien", "OpenAI",
            "MIT", "Jr", "Smith", "of", "The", "News", "De", "Le", "ed.",
            "Department", "Services", "PhD", "Phd", "Inc", "Esq", "et", "al", "By", "Organization",
        ]
        let seed = UInt64.random(in: .min ... .max)
        var random = SplitMix64(seed: seed)
        var plain = 0
        for _ in 0..<1_500 {
            var text = ""
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                text +=
                    text.isEmpty
                    ? ""
                    : Bool.random(using: &random) ? " " : [", ", " and ", ", and ", " "].randomElement(using: &random)!
                text += words[Int.random(in: 0..<(Bool.random(using: &random) ? 2 : words.count), using: &random)]
            }
            guard let names = PersonNames.plainNames(text) else { continue }
            plain += 1
            #expect(names == PersonName.list(text).names.map(\.text), "seed: \(seed), \(text)")
        }
        #expect(plain > 100)
        for name in ["Evan Hubinger", "Rohin", "Chris van Merwijk", "John A. Smith"] {
            #expect(PersonNames.plainNames(name) == [name])
        }
    }

    /// Names that are joined at a glance are joined as all others are.
    @Test func plainOnesAreJoinedTheSame() {
        let words = [
            "Ann", "Bee", "Zoe", "J.", "Müller", "Jean-Luc", "van", "de", "García", "Research", "Institute", "News",
            "The", "Jr", "III",
            "De", "Le", "Prof", "PhD", "MIT", "of", "AI", "Li", "O'Brien", "hooks", "Post", "Washington",
        ]
        let seed = UInt64.random(in: .min ... .max)
        var random = SplitMix64(seed: seed)
        var plain = 0
        for _ in 0..<1_500 {
            let names = (0..<Int.random(in: 1...3, using: &random)).map { _ in
                let count = Bool.random(using: &random) ? 6 : words.count
                let parts = (0..<Int.random(in: 2...4, using: &random)).map { _ in
                    words[Int.random(in: 0..<count, using: &random)]
                }
                let comma = Bool.random(using: &random) ? Int.random(in: 1..<parts.count, using: &random) : parts.count
                return [parts[..<comma], parts[comma...]].filter { !$0.isEmpty }.map { $0.joined(separator: " ") }
                    .joined(separator: ", ")
            }
            let text = PersonNames.text(of: names)
            #expect(text == PersonNames.carefulText(of: names), "seed: \(seed), \(names)")
            if let said = PersonNames.plainlySaid(names), said.joined(separator: ", ") == text { plain += 1 }
        }
        #expect(plain > 100)
    }

    @Test(
        arguments: [
            (["Ann Bee", "Zoe Dee"], "Ann Bee, Zoe Dee"),
            (["Smith, John", "Roe, Jane"], "John Smith, Jane Roe"),
            (["García Márquez, Gabriel", "Lloyd Webber, Andrew"], "García Márquez, Gabriel; Lloyd Webber, Andrew"),
            (["García Márquez, Gabriel José"], "García\u{A0}Márquez, Gabriel\u{A0}José"),
            (["{Barnes and Noble}", "Bee, Ann"], "Barnes\u{A0}and\u{A0}Noble, Ann Bee"),
            (["Gwern", "Raemon"], "Gwern; Raemon"),
            (["山田, 太郎"], "山田 太郎"),
            (["Smith J", "Doe A"], "Smith J, Doe A"),
            (["Ann Bee and Zoe Dee", "Al Foe"], "Ann Bee, Zoe Dee, Al Foe"),
        ])
    func givenOneByOneAreJoinedWithoutDoubt(names: [String], expected: String) {
        #expect(PersonNames.text(of: names) == expected)
    }

    /// What is joined is taken apart into the same names, whatever stands beside what.
    @Test func joinedAreTheSameTakenApart() {
        let families = [
            "Ann Bee": "Bee", "Bee, Ann": "Bee", "García Márquez, Gabriel": "García Márquez", "Smith, J.": "Smith",
            "García Márquez, Gabriel José": "García Márquez",
            "{World Health Organization}": "World Health Organization",
            "{Barnes and Noble}": "Barnes and Noble", "MIRI": "MIRI", "OpenAI": "OpenAI", "evhub": "evhub",
            "Gwern": "Gwern",
            "Raemon": "Raemon", "van Merwijk, Chris": "Merwijk", "de Blanc, Peter": "Blanc", "Lee, B. C.": "Lee",
            "King, Jr., Martin Luther": "King", "山田, 太郎": "山田", "王小明": "王小明", "Иванов, И. И.": "Иванов",
            "Acme, Inc.": "Acme, Inc.", "Ó hÉigeartaigh, Seán": "Ó hÉigeartaigh", "hooks, bell": "hooks",
            "Food and Agriculture Organization": "Food and Agriculture Organization", "Ann Mary Bee": "Bee",
            "Department of Health and Human Services": "Department of Health and Human Services",
            "Mill, John Stuart": "Mill", "The Guardian": "The Guardian", "Le Guin, Ursula K.": "Le Guin",
            "Humboldt, Alexander von": "Humboldt", "BBC News": "BBC News", "Bengio Y": "Bengio",
            "{Department of Physics, Stanford University}": "Department of Physics, Stanford University",
        ]
        let pool = families.keys.sorted()
        let seed = UInt64.random(in: .min ... .max)
        var random = SplitMix64(seed: seed)
        for _ in 0..<300 {
            let names = (0..<Int.random(in: 1...4, using: &random)).map { _ in pool.randomElement(using: &random)! }
            let text = PersonNames.text(of: names)
            #expect(
                PersonName.list(text).names.map(\.family) == names.map { families[$0] },
                "seed: \(seed), \(names) as \(text)")
        }
    }

    @Test func takeLinearTime() {
        for text in [String(repeating: "(a ", count: 20_000), String(repeating: "a, and {", count: 20_000)] {
            _ = PersonName.list(text)
        }
    }
}

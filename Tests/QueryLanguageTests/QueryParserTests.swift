import QueryLanguage
import Testing

/// Every construct of the language, as the tree it becomes.
struct QueryParserTests {
    private static let fields: Set<String> = ["title", "body", "author", "date", "tag", "source", "Year"]

    @Test(arguments: [
        ("=word", "=word"), ("+=word", "(+=word)"), ("=word*", "=word*"), ("title:=word", "title:=word"), ("=", "="),
        ("a=b", "a=b"), ("== x", "(== x)"), ("=word^2", "=word^2.0"),
    ])
    func anEqualsSignAsksForTheWordAsItIsWritten(text: String, description: String) {
        #expect(tree(text) == description)
    }

    /// Where words have to match, those of a query with OR are required in the tree, alternative by alternative.
    @Test(arguments: [
        ("a OR b", "(a b)"), ("a b OR c", "((+a +b) c)"), ("x (a OR b)", "(+x +(a b))"),
        ("x (a b OR c) -d", "(+x +((+a +b) c) -d)"), ("tag:t a OR b", "((+tag:t +a) b)"), ("a b", "(a b)"),
        ("a (b c)", "(a b c)"), ("a AND b OR c", "((+a +b) c)"), ("title:(a OR b) c", "(+title:(a b) +c)"),
    ])
    func alternativesStayWhereWordsHaveToMatch(text: String, expected: String) {
        let parsed = parse(text, knownFields: Self.fields, requiresWords: true)
        #expect(parsed.root.description == expected)
        #expect(parsed.hints == [] && parsed.hasAlternatives == text.contains("OR"))
    }

    @Test func fieldsHaveOtherNames() {
        #expect(tree("authors:x") == "author:x" && tree("File:x") == "source:x" && tree("text:x") == "body:x")
        #expect(parse("file:x", knownFields: ["file", "source"]).root.description == "file:x")
        #expect(hints("by:x") == [] && tree("path:x") == "source:x")
        #expect(parse("file:x", knownFields: ["title"]).hints.count == 1)
    }

    /// A name with blanks stands in quotation marks, and one behind a dot within what is known.
    @Test(arguments: [
        ("\"Publication Year\":2019", "\"Publication Year\":2019"), ("a “mixed key”:x b", "(+\"Mixed Key\":x +(a b))"),
        ("-\"Mixed Key\":\"a b\"", "(+* -\"Mixed Key\":\"a b\")"), ("\"Mixed Key\":(a b)", "\"Mixed Key\":(a b)"),
        ("\"Mixed Key\":>3", "\"Mixed Key\":>3"), ("\"author\":x", "author:x"), ("\"nothing\":x", "(\"nothing\" :x)"),
        ("\"Mixed Key\": x", "(\"Mixed Key\" : x)"), ("\"Mixed Key\":", "(\"Mixed Key\" :)"),
        ("obj.k:v", "obj.k:v"), ("Obj.a.b:v", "Obj.a.b:v"), ("title.k:v", "title.k:v"), ("obj.:v", "obj.:v"),
    ])
    func namesOfFieldsMayHaveBlanksAndDots(text: String, expected: String) {
        let fields = Self.fields.union(["Publication Year", "Mixed Key", "obj"])
        #expect(parse(text, knownFields: fields).root.description == expected)
        let query = parse(text, knownFields: fields).root
        #expect(parse(query.description, knownFields: fields).root.description == expected)
    }

    private func tree(_ text: String) -> String { parse(text, knownFields: Self.fields).root.description }
    private func hints(_ text: String) -> [QueryHint] { parse(text, knownFields: Self.fields).hints }

    @Test(arguments: [
        ("", "()"),
        ("  \t\n", "()"),
        ("corrigibility", "corrigibility"),
        ("reward hacking", "(reward hacking)"),
        ("mesa-optimizer", "mesa-optimizer"),
        ("+must -not word", "(+must word -not)"),
        ("NOT a b", "(b -a)"),
        ("-a", "(+* -a)"),
        ("+a", "(+a)"),
        ("(+a) b", "((+a) b)"),
        ("+\"a b\"", "\"a b\""),
        ("*", "*"),
        ("git --force", "(git --force)"), ("-- --dry-run x", "(-- --dry-run x)"), ("-+x", "(+* -+x)"),
        ("gs(1)-Befehl", "(gs 1 Befehl)"), ("printf(3)+scanf", "(printf 3 scanf)"), ("\"a b\"-c", "(\"a b\" c)"),
        ("(-a b)", "(b -a)"),
        ("en.org/wiki/Goodhart_(law)", "en.org/wiki/Goodhart_(law)"), ("+f_(x) y", "(+f_(x) y)"),
        ("url_(a b)", "(url_ a b)"), ("a(b)", "(a b)"), ("(see a/b_(c))", "(see a/b_(c))"),
        ("CATS AND DOGS", "(CATS AND DOGS)"),
        ("RLHF NOT KL", "(RLHF NOT KL)"),
        ("RLHF AND KL", "(RLHF AND KL)"),
        ("GPT4TURBO OR LLAMA2", "(GPT4TURBO OR LLAMA2)"),
        ("INFORMATION RETRIEVAL AND INDEXING", "(INFORMATION RETRIEVAL AND INDEXING)"),
        ("CORRIGIBILITY AND ALIGNMENT", "(CORRIGIBILITY AND ALIGNMENT)"),
        ("TO BE OR NOT TO BE", "(TO BE OR NOT TO BE)"),
        ("THE CAT OR THE DOG", "(THE CAT OR THE DOG)"),
        ("\"NASA\" AND \"ESA\"", "(+\"NASA\" +\"ESA\")"),
        ("(INFORMATION AND RETRIEVAL)", "(+INFORMATION +RETRIEVAL)"),
        ("+CORRIGIBILITY AND AGENTS", "(+CORRIGIBILITY +AGENTS)"),
        ("CATS AND", "(CATS AND)"),
        ("NASA AND esa", "(+NASA +esa)"),
        ("猫 AND 犬", "(+猫 +犬)"),
        ("1 OR 2", "(1 2)"),
        ("(a b) c", "(a b c)"),
        ("(a -b) c", "((a -b) c)"),
        ("“typographic quotes”", "\"typographic quotes\""),
        ("- a & b", "(- a & b)"),
        ("C++ std::sort 10:30 https://a.b/c", "(C++ std::sort 10:30 https://a.b/c)"),
    ])
    func clauses(text: String, expected: String) {
        #expect(tree(text) == expected)
        #expect(hints(text) == [])
    }

    @Test(arguments: [
        ("a OR b", "(a b)"),
        ("a AND b", "(+a +b)"),
        ("a b AND c", "(+(a b) +c)"),
        ("a b OR c d AND e", "(a b (+(c d) +e))"),
        ("a AND b AND c", "(+a +b +c)"),
        ("a AND (b AND -c)", "(+a +b -c)"),
        ("a AND NOT b", "(+a -b)"),
        ("NOT a AND NOT b", "(+* -a -b)"),
        ("a OR NOT b", "(a (+* -b))"),
        ("(a OR b) AND (c OR d)", "(+(a b) +(c d))"),
        ("+(a b) c", "(+(a b) c)"),
        ("a and b or c not d", "(a and b or c not d)"),
        ("-(a b)", "(+* -(a b))"),
    ])
    func operators(text: String, expected: String) {
        #expect(tree(text) == expected)
        #expect(hints(text) == [])
    }

    @Test(arguments: [
        ("\"a phrase\"", "\"a phrase\""),
        ("\"a b\"~5", "\"a b\"~5"),
        ("\"a b\"~5^2", "\"a b\"~5^2.0"),
        ("opti*", "opti*"),
        ("word~", "word~"),
        ("longer~", "longer~"),
        ("word~2", "word~2"),
        ("word~0", "word"),
        ("word^2", "word^2.0"),
        ("word~1^0.5", "word~1^0.5"),
        ("(a b)^3 c", "((a b)^3.0 c)"),
        ("a\"b c\"d", "(a \"b c\" d)"),
    ])
    func suffixes(text: String, expected: String) {
        #expect(tree(text) == expected)
        #expect(hints(text) == [])
    }

    @Test(arguments: [
        ("title:reward", "title:reward"),
        ("TITLE:reward", "title:reward"),
        ("year:2019", "Year:2019"),
        ("title:\"reward hacking\"", "title:\"reward hacking\""),
        ("title:(a b)", "title:(a b)"),
        ("title:(+a -b)^2", "title:(+a -b)^2.0"),
        ("title:opti*^2", "title:opti*^2.0"),
        ("author:shah", "author:shah"),
        ("author:shah a b", "(+author:shah +(a b))"),
        ("author:shah +a b", "(+author:shah +a b)"),
        ("author:shah AND a", "(+author:shah +a)"),
        ("(author:shah OR author:ngo) a", "(+(author:shah OR author:ngo) +a)"),
        ("-author:shah a", "(a -author:shah)"),
        ("title:a b", "(title:a b)"),
    ])
    func fields(text: String, expected: String) {
        #expect(tree(text) == expected)
        #expect(hints(text) == [])
    }

    @Test(arguments: [
        ("date:2019", "date:2019"),
        ("date:2019-06", "date:2019-06"),
        ("date:2019..2021", "date:2019..2021"),
        ("date:2019..", "date:2019.."),
        ("date:..2021-06-30", "date:..2021-06-30"),
        ("date:2019-06..2019", "date:2019-06..2019"),
        ("date:\"2019..2020\"", "date:2019..2020"),
        ("date:2019 a b", "(+date:2019 +(a b))"),
        ("date:>2020", "date:2021.."), ("date:<2020", "date:..2019"), ("date:=2020", "date:2020"),
        ("date:>=2020-06", "date:2020-06.."), ("date:<=2020", "date:..2020"),
        ("date:>2019-12", "date:2020-01.."), ("date:<2020-01", "date:..2019-12"),
        ("date:>2020-02-29", "date:2020-03-01.."), ("date:<2021-03-01", "date:..2021-02-28"),
        ("date:>2019-12-31", "date:2020-01-01.."), ("date:<2020-01-01", "date:..2019-12-31"),
        ("date:2020-6", "date:2020-06"), ("date:2020/06/5", "date:2020-06-05"), ("date:31.12.2020", "date:2020-12-31"),
        ("date:12/25/2020..25/12/2021", "date:2020-12-25..2021-12-25"), ("date:1.2.2020..", "date:2020-02-01.."),
    ])
    func dates(text: String, expected: String) {
        #expect(tree(text) == expected)
        #expect(hints(text) == [])
    }

    /// What cannot be parsed is taken as plain words, with a hint at its column.
    @Test(arguments: [
        ("a \"b c", "(a b c)", 3),
        ("a (b c", "(a b c)", 3),
        ("a ) b", "(a b)", 3),
        ("a () b", "(a b)", 3),
        ("a \"\" b", "(a b)", 3),
        ("title:\"a b", "(a b)", 7),
        ("a title:() b", "(a b)", 9),
        ("AND a", "(AND a)", 1),
        ("a OR", "(a OR)", 3),
        ("a NOT", "(a NOT)", 3),
        ("(a AND) b", "(a AND b)", 4),
        ("+a OR b", "(a b)", 1),
        ("*foo", "*foo", 1),
        ("fo*o", "fo*o", 3),
        ("wo~rd", "wo~rd", 3),
        ("word~7", "word~2", 5),
        ("word^x", "word^x", 5),
        ("word^1000", "word^100.0", 5),
        ("word^0", "word^0.01", 5),
        ("\"a b\"~x", "(\"a b\" x)", 6),
        ("\"a b\"~99999999999999999999", "\"a b\"~1000", 6),
        ("\"a b*\"", "\"a b*\"", 5),
        ("\"a b\"^x", "(\"a b\" x)", 6),
        ("foo:bar", "foo:bar", 1),
        ("é foo:bar", "(é foo:bar)", 3),
        ("foo:\"b\"", "(foo: \"b\")", 1),
        ("title: a", "(title: a)", 1),
        ("title:(author:x)", "title:author:x", 8),
        ("date:soon", "soon", 6), ("a/(b", "(a/ b)", 3), ("date:>", ">", 6), ("date:>9999", ">9999", 6),
        ("date:<0000", "<0000", 6),
        ("date:5/6/2020", "5/6/2020", 6), ("date:20-06-05", "20-06-05", 6),
        ("a NEAR/3 b", "(a NEAR/3 b)", 3), ("a NEAR b", "(a NEAR b)", 3), ("NEAR(a b)", "(NEAR a b)", 1),
        ("date:2019-13", "2019-13", 6),
        ("date:..", "..", 6),
        ("date:(2019)", "2019", 1),
        ("date:2021..2019", "date:2019..2021", 6),
    ])
    func oddities(text: String, expected: String, column: Int) {
        #expect(tree(text) == expected)
        #expect(hints(text).map(\.column) == [column])
    }

    @Test func rangesAreUTF8Offsets() {
        let query = parse("é title:schön~ \"ä b\"", knownFields: Self.fields).root
        let expected: Query = .boolean(
            must: [],
            should: [
                .word(.init(text: "é", kind: .plain, range: .init(lowerBound: 0, upperBound: 2))),
                .field(
                    "title",
                    .word(
                        .init(
                            text: "schön", kind: .fuzzy(distance: nil), range: .init(lowerBound: 9, upperBound: 15))),
                    .init(lowerBound: 3, upperBound: 16)),
                .phrase(.init(text: "ä b", slop: nil, range: .init(lowerBound: 18, upperBound: 22))),
            ],
            mustNot: [])
        #expect(query == expected)
    }

    /// Beyond the limit parentheses are ignored, their words are not.
    @Test func deepNestingIsBounded() {
        let depth = 10_000
        let text = String(repeating: "(", count: depth) + "a" + String(repeating: ")", count: depth) + " b"
        let parsed = parse(text, knownFields: Self.fields)
        #expect(parsed.root.description == "(a b)")
        #expect(parsed.hints.first?.column == Query.maximumDepth + 1)
        let open = String(repeating: "-(", count: depth) + "a"
        #expect(parse(open, knownFields: Self.fields).root.description.contains("a"))
    }

    @Test func unknownFieldNamesTheKnownOnes() {
        #expect(hints("colour:red")[0].message.contains("author, body, date"))
        #expect(hints("auther:shah")[0].message.hasSuffix("Did you mean author:?"))
        #expect(hints("tga:x")[0].message.hasSuffix("Did you mean tag:?"))
        #expect(hints("arXiv:1906.01820 doi:10.1/2 mailto:a@b.org") == [])
    }
}

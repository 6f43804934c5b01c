import Foundation
import PostilTestSupport
import Testing

/// `postil cite` and the formats of bibliographies, end to end.
struct CiteCommandTests {
    private static let rows = """
        {"id":"fohl","title":"There is no harmless proxy & more {sic} 100%","author":"Marguerite Föhl, Chris van Merwijk","date":"2022-11-28","url":"https://example.org/fohl_1","tags":["a_b"],"text":"A proxy stands in for a goal.\\n\\nNo proxy is harmless.\\n\\nThe end."}
        {"id":"opinion","title":"Corrigibility","author":"Rohin","date":"2018","url":"https://example.org/c","kind":"opinion","issue":"AN #35","work_authors":"Paul Christiano, OpenAI","text":"I really like this."}
        {"id":"paper","title":"Risks from Learned Optimization","author":"Evan Hubinger et al.","date":"2019-06","url":"https://arxiv.org/abs/1906.01820","text":"We analyse a proxy."}

        """

    private func indexed() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        try folder.file("rows.jsonl", Self.rows)
        let outcome = try PostilBinary.run(["index", "rows.jsonl"], in: folder.url)
        #expect(outcome.status == 0, "\(outcome.errors)")
        return folder
    }

    @Test func passagesAreCitedAndFoundAgain() throws {
        let folder = try indexed()
        func cite(_ arguments: String...) throws -> PostilBinary.Outcome {
            try PostilBinary.run(["cite"] + arguments, in: folder.url)
        }
        let whole = try cite("fohl")
        #expect(
            whole.output
                == "Marguerite Föhl, Chris van Merwijk, 2022. There is no harmless proxy & more {sic} 100%. https://example.org/fohl_1 [fohl]\n"
        )
        let lines = try cite("fohl#p2").lines
        #expect(lines.count == 4 && lines[0].hasSuffix("]") && lines[0].contains("[fohl#p2-"))
        #expect(lines[1] == "    No proxy is harmless.")
        #expect(lines[2] == "https://example.org/fohl_1#:~:text=No%20proxy%20is%20harmless.")
        let quoted = try cite("fohl", "--quote", "proxy is", "--format", "json").json()
        let citation = try #require((quoted["citations"] as? [[String: Any]])?.first)
        #expect(citation["quote"] as? String == "proxy is" && citation["accessed"] as? String != nil)
        let unchanged = try cite("--resolve", lines[3])
        #expect(unchanged.status == 0 && unchanged.output.hasPrefix("unchanged  fohl#p2-"), "\(unchanged)")
        try folder.file("rows.jsonl", Self.rows.replacing("is harmless", with: "is quite harmless"))
        #expect(try PostilBinary.run(["index", "rows.jsonl"], in: folder.url).status == 0)
        let changed = try cite("--resolve", lines[3])
        #expect(
            changed.status == 0
                && changed.lines == [
                    "changed  fohl#p2-\(changed.lines[0].suffix(4))", "  - No proxy is harmless.",
                    "  + No proxy is quite harmless.",
                ])
        try folder.file("rows.jsonl", Self.rows.replacing("No proxy is harmless", with: "Silence"))
        #expect(try PostilBinary.run(["index", "rows.jsonl"], in: folder.url).status == 0)
        let gone = try cite("--resolve", lines[3], "--format", "jsonl")
        #expect(gone.status == 1 && gone.output.hasPrefix(#"{"status":"gone","id":null"#), "\(gone)")
    }

    @Test func whatCannotBeCitedIsNamed() throws {
        let folder = try indexed()
        for (arguments, status, message) in [
            (["nobody"], 1, "no document has the id “nobody”"), (["fohl#p9"], 1, "it has p1 to p3"),
            (["fohl", "--quote", "never"], 1, "does not say “never”"), (["--resolve", "fohl"], 2, "is no reference"),
            (["fohl", "--accessed", "today"], 2, "must be a day"),
            (["--resolve", "postil:x", "--format", "bibtex"], 2, "has the formats"),
        ] {
            let outcome = try PostilBinary.run(["cite"] + arguments, in: folder.url)
            #expect(outcome.status == status && outcome.errors.contains(message), "\(arguments): \(outcome)")
        }
    }

    /// A line that is none does not take the answers of the others away.
    @Test func badReferencesAreNamedAndPassedOver() throws {
        let folder = try indexed()
        let reference = try PostilBinary.run(["cite", "fohl#p2"], in: folder.url).lines[3]
        let outcome = try PostilBinary.run(
            ["cite", "--resolve", "-"], in: folder.url, input: "nonsense\n\(reference)\n\npostil:opinion\n")
        #expect(outcome.status == 2 && outcome.errors.contains("line 1: “nonsense” is no reference"), "\(outcome)")
        #expect(outcome.output.hasPrefix("unchanged  fohl#p2-") && outcome.output.contains("unchanged  opinion"))
        let quoted = try PostilBinary.run(["cite", "fohl", "--quote", "no PROXY is"], in: folder.url)
        #expect(quoted.status == 0 && quoted.output.contains("    No proxy is\n"), "\(quoted)")
    }

    @Test func searchAndShowWriteBibliographies() throws {
        let folder = try indexed()
        let found = try PostilBinary.run(["search", "proxy", "--format", "bibtex"], in: folder.url).output
        #expect(found.components(separatedBy: "\n@").count == 2 && found.hasPrefix("@"), "\(found)")
        let shown = try PostilBinary.run(["show", "opinion", "--format", "ris"], in: folder.url).output
        #expect(shown.hasPrefix("TY  - ELEC\r\nID  - rohin2018corrigibility-"))
        let cited = try PostilBinary.run(
            ["cite", "opinion", "opinion", "fohl", "--format", "csl-json"], in: folder.url)
        let items = try #require(try JSONSerialization.jsonObject(with: Data(cited.output.utf8)) as? [[String: Any]])
        #expect(items.map { $0["type"] as? String } == ["review", "webpage"])
        #expect(items[0]["reviewed-title"] as? String == "Corrigibility")
    }

    // MARK: Other programs

    /// Whether Python has a module; `Scripts/test` installs these.
    private static func has(_ module: String) -> Bool {
        do { return try Python.run("import \(module); print('installed')")?.contains("installed") == true } catch {
            return false
        }
    }
    private static let hasPybtex: Bool = {
        if has("pybtex") { return true }
        print("pybtex is not installed: its test is passed over")
        return false
    }()
    private static let hasCiteproc: Bool = {
        if has("citeproc") { return true }
        print("citeproc-py is not installed: its test is passed over")
        return false
    }()

    @Test(.enabled(if: hasPybtex)) func pybtexReadsBibTeX() throws {
        let folder = try indexed()
        let text = try PostilBinary.run(["cite", "fohl", "opinion", "paper", "--format", "bibtex"], in: folder.url)
            .output
        try folder.file("out.bib", text)
        let script = """
            import sys
            from pybtex.database import parse_file
            for key, entry in parse_file(sys.argv[1]).entries.items():
                for person in entry.persons['author']:
                    print([str(part) for part in person.first_names + person.prelast_names + person.last_names])
                print(entry.type, entry.fields['title'], entry.fields['year'], entry.fields['url'])
            """
        let output = try #require(try Python.run(script, [folder.url.appending(path: "out.bib").path]))
        #expect(
            output == """
                ['Marguerite', 'Föhl']
                ['Chris', 'van', 'Merwijk']
                misc There is no harmless proxy \\& more \\textbraceleft{}sic\\textbraceright{} 100\\% 2022 https://example.org/fohl_1
                ['{Rohin}']
                misc Opinion on “Corrigibility” 2018 https://example.org/c
                ['Evan', 'Hubinger']
                ['others']
                misc Risks from Learned Optimization 2019 https://arxiv.org/abs/1906.01820

                """)
    }

    @Test(.enabled(if: hasCiteproc)) func citeprocFormatsCSL() throws {
        let folder = try indexed()
        let text = try PostilBinary.run(["cite", "fohl", "opinion", "paper", "--format", "csl-json"], in: folder.url)
            .output
        try folder.file("out.json", text)
        let script = """
            import glob, json, os, sys, warnings
            warnings.simplefilter('ignore')
            import citeproc
            from citeproc import CitationStylesStyle, CitationStylesBibliography, Citation, CitationItem, formatter
            from citeproc.source.json import CiteProcJSON
            items = json.load(open(sys.argv[1]))
            styles = glob.glob(os.path.join(os.path.dirname(citeproc.__file__), 'data', 'styles', 'harvard*.csl'))
            style = CitationStylesStyle(styles[0], validate=False)
            bibliography = CitationStylesBibliography(style, CiteProcJSON(items), formatter.plain)
            for item in items: bibliography.register(Citation([CitationItem(item['id'])]))
            for item in bibliography.bibliography(): print(str(item))
            """
        let output = try #require(try Python.run(script, [folder.url.appending(path: "out.json").path]))
        #expect(output.contains("Föhl, M. and van Merwijk, C. (2022)"), "\(output)")
        #expect(output.contains("Rohin (2018) ") && output.contains("Hubinger, E."), "\(output)")
    }
}

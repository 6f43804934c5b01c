import Testing

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
                ["Hubinger|Evan", "Merwijk|Chris Van", "Garrabrant|Scott"]
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
            ("Marguerite Föhl", ["Föhl|Marguerite"]),
            ("anonymous", ["[anonymous]"]),
            ("", []),
            (" , ; ", []),
        ])
    func areTakenApart(list: String, expected: [String]) {
        #expect(names(list) == expected)
    }
}

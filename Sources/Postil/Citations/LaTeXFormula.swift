/// Formulas of TeX within a text: `Primes of the form $x^2 + 1$`.
///
/// A text may come from anywhere, and a formula is written as it is, so that it must not hold anything that does more than print:
/// only commands that are known as those of formulas, and no characters with which LaTeX begins something else.
enum LaTeXFormula {
    /// A text cut into formulas, with their dollar signs, and what stands between them.
    ///
    /// As in pandoc's Markdown, no blank stands behind the first sign and before the last, and no digit behind that: `from $5 to $6` has
    /// none.
    ///
    /// - Complexity: O(n).
    static func parts(of text: String) -> [(text: Substring, isFormula: Bool)] {
        var parts: [(text: Substring, isFormula: Bool)] = []
        var start = text.startIndex
        var place = start
        while let open = text[place...].firstIndex(of: "$") {
            let inside = text.index(after: open)
            guard let close = text[inside...].firstIndex(of: "$") else { break }
            let end = text.index(after: close)
            let isFollowed = end < text.endIndex && text[end].isNumber
            guard isSafe(text[inside..<close]), !isFollowed else {
                place = close
                continue
            }
            if start < open { parts.append((text[start..<open], false)) }
            parts.append((text[open..<end], true))
            (start, place) = (end, end)
        }
        if start < text.endIndex || parts.isEmpty { parts.append((text[start...], false)) }
        return parts
    }

    private static func isSafe(_ formula: Substring) -> Bool {
        guard let first = formula.first, let last = formula.last, !first.isWhitespace, !last.isWhitespace else {
            return false
        }
        var depth = 0
        var rest = formula
        while let character = rest.popFirst() {
            switch character {
            case "{": depth += 1
            case "}":
                depth -= 1
                if depth < 0 { return false }
            case "\\":
                let name = rest.prefix { $0.isASCII && $0.isLetter }
                guard commands.contains(name) || name.isEmpty && rest.first.map(",;!: ".contains) == true else {
                    return false
                }
                rest = rest.dropFirst(max(1, name.count))
            default:
                guard character.isASCII,
                    character.isLetter || character.isNumber || " ^_+-=()[],.<>/*'|!:".contains(character)
                else { return false }
            }
        }
        return depth == 0
    }

    private static let commands = Set(
        """
        alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi \
        varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega mathbb mathcal mathrm mathbf mathit mathsf \
        mathfrak frac sqrt log ln exp sin cos tan max min sup inf lim det dim ker deg gcd Pr ell infty le leq ge geq ne neq approx \
        equiv sim simeq propto to rightarrow leftarrow Rightarrow mapsto times cdot div pm mp circ star ast dagger prime partial \
        nabla sum prod int in notin subset subseteq supset cup cap setminus emptyset forall exists neg land lor mid ll gg ldots \
        cdots dots langle rangle lfloor rfloor lceil rceil hat bar tilde vec dot overline underline left right
        """.split(whereSeparator: \.isWhitespace))
}

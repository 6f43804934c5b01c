/// Source code: one document, taken as it is, with its comments. Words are told from joined names by the analyzer.
struct SourceCodeFormat: PageFormat {
    var name: String { "code" }

    /// Extensions by the languages that have them.
    static let languages: [String: [String]] = [
        "Ada": ["ada", "adb", "ads"], "C": ["c", "h"], "C#": ["cs"], "C++": ["cc", "cpp", "cxx", "hh", "hpp", "hxx"],
        "Clojure": ["clj", "cljs"], "CSS": ["css", "scss", "less"], "CUDA": ["cu"], "D": ["d"], "Dart": ["dart"],
        "Elixir": ["ex", "exs"], "Elm": ["elm"], "Emacs Lisp": ["el"], "Erlang": ["erl"], "F#": ["fs", "fsx"],
        "Fortran": ["f", "f90", "for"], "Go": ["go"], "GraphQL": ["graphql"], "Groovy": ["groovy"],
        "Haskell": ["hs", "lhs"], "Java": ["java"], "JavaScript": ["js", "jsx", "mjs", "cjs"], "Julia": ["jl"],
        "Kotlin": ["kt", "kts"], "Lean": ["lean"], "Lisp": ["lisp", "lsp", "cl"], "Lua": ["lua"], "Nim": ["nim"],
        "Nix": ["nix"], "Objective-C": ["m", "mm"], "OCaml": ["ml", "mli"], "Pascal": ["pas"], "Perl": ["pl", "pm"],
        "PHP": ["php"], "Prolog": ["prolog"], "Protocol Buffers": ["proto"], "Python": ["py", "pyi"],
        "R": ["r", "rmd"],
        "Racket": ["rkt"], "Ruby": ["rb"], "Rust": ["rs"], "Scala": ["scala", "sc"], "Scheme": ["scm", "ss"],
        "Shell": ["sh", "bash", "zsh", "fish"], "SQL": ["sql"], "Swift": ["swift"], "Tcl": ["tcl"],
        "TypeScript": ["ts", "tsx"], "Verilog": ["sv"], "VHDL": ["vhd", "vhdl"], "Vim script": ["vim"],
        "Visual Basic": ["vb", "bas"], "Zig": ["zig"],
    ]

    var extensions: [String] { Self.languages.values.flatMap(\.self).sorted() }

    func page(_ bytes: UnsafeRawBufferPointer, tally: BatchTally) -> Page {
        Page(text: MarkedText(plain: TextDecoding.text(bytes, declared: nil, tally: tally)))
    }
}

/// Names in a zip that do not say to be UTF-8: in the set of whoever packed it, which on Windows is that of DOS.
enum ZipName {
    /// The text of a name; nil where nothing speaks for another set than Windows-1252.
    static func text(_ bytes: UnsafeRawBufferPointer) -> String? {
        if let guess = CharacterSetGuess.set(ofAll: bytes), let (text, damages) = CharacterSet.text(bytes, in: guess),
            damages == 0
        {
            return text
        }
        guard let text = CharacterSet.text(bytes, in: "cp850")?.text, isName(text) else { return nil }
        return text
    }

    /// Whether what is not ASCII in a text is letters, none of them a capital behind a small one: `caf\u{E9}` in Windows-1252 is
    /// `cafÚ` in the set of DOS.
    private static func isName(_ text: String) -> Bool {
        var isLower = false
        for scalar in text.unicodeScalars {
            let properties = scalar.properties
            if !scalar.isASCII, !properties.isAlphabetic || isLower && properties.isUppercase { return false }
            isLower = properties.isLowercase
        }
        return true
    }
}

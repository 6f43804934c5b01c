/// The author that a file's properties name, which may be that of the program or of the computer.
enum AuthorField {
    /// Whether it is likely a person's or an organisation's name.
    static func isPlausible(_ author: String) -> Bool {
        author.count > 2 && author.contains(where: \.isLetter) && !names.contains(author.lowercased())
    }

    /// What programs put there where nobody told them a name.
    private static let names: Set = [
        "user", "admin", "administrator", "unknown", "author", "owner", "root", "anonymous", "default", "windows user",
        "office",
        "microsoft office user", "microsoft account", "python-docx", "un-named", "apache poi", "docx4j", "openpyxl",
    ]
}

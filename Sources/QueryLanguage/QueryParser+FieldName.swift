extension QueryParser {
    /// The known field that `written` names: in that very case, or else in any.
    func fieldName(_ written: String) -> String? {
        if knownFields.contains(written) { return written }
        let folded = written.lowercased()
        if knownFields.contains(folded) { return folded }
        return knownFields.sorted().first { $0.lowercased() == folded }
    }

    /// Whether a user who wrote `name:value` is likely to have meant a field. `https://…`, `std::sort`, `10:30` and
    /// a colon at the end of a word are not.
    func looksLikeField(_ name: Range<Int>, value: Range<Int>, opensValue: Bool) -> Bool {
        guard text.scalars[name.lowerBound].isASCIILetter,
            text.scalars[name].allSatisfy({ $0.isASCIILetter || $0.isASCIIDigit || "_-.".unicodeScalars.contains($0) })
        else { return false }
        return value.isEmpty ? opensValue : !"/:".unicodeScalars.contains(text.scalars[value.lowerBound])
    }

    /// A sentence that names the known fields, some of them if there are many.
    var fieldList: String {
        let names = knownFields.sorted()
        guard !names.isEmpty else { return "This index has no fields" }
        let shown = names.prefix(12).joined(separator: ", ")
        return "Fields: " + shown + (names.count > 12 ? " and \(names.count - 12) more" : "")
    }
}

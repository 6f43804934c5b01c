/// The properties of one scalar, packed as `WordBreakTable` holds them.
package struct ScalarProperties {
    private let code: UInt8

    init(code: UInt8) { self.code = code }

    /// The scalar's word-break class.
    package var wordBreakClass: WordBreakClass { WordBreakClass(rawValue: code >> 2) ?? .other }

    /// What the scalar contributes to terms.
    package var kind: ScalarKind { ScalarKind(rawValue: code & 3) ?? .none }
}

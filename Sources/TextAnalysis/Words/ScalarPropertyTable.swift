/// Reads `WordBreakTable` where it lies in the binary.
package struct ScalarPropertyTable {
    private let index: UnsafePointer<UInt8>
    private let blocks: UnsafePointer<UInt8>

    /// Costs nothing: no table is built.
    package init() {
        index = WordBreakTable.index.utf8Start
        blocks = WordBreakTable.blocks.utf8Start
    }

    /// The properties of `scalar`, which is at most U+10FFFF.
    ///
    /// - Complexity: three loads.
    @inline(__always)
    package func properties(of scalar: UInt32) -> ScalarProperties {
        assert(scalar <= 0x10FFFF, "no code point: \(scalar)")
        let zero = WordBreakTable.firstCharacter
        let entry = 2 * (Int(scalar) / WordBreakTable.blockLength)
        // Safety: scalar <= 0x10FFFF, and the index has two characters for every block up to there.
        let block = Int(index[entry] &- zero) * WordBreakTable.digitBase + Int(index[entry + 1] &- zero)
        let code = blocks[block * WordBreakTable.blockLength + Int(scalar) % WordBreakTable.blockLength] &- zero
        return ScalarProperties(code: code)
    }
}

/// The properties of one scalar, packed as `WordBreakTable` holds them.
package struct ScalarProperties {
    private let code: UInt8

    init(code: UInt8) { self.code = code }

    /// The scalar's word-break class.
    package var wordBreakClass: WordBreakClass { WordBreakClass(rawValue: code >> 2) ?? .other }

    /// What the scalar contributes to terms.
    package var kind: ScalarKind { ScalarKind(rawValue: code & 3) ?? .none }
}

/// What a scalar contributes to the terms of a text.
///
/// The order is that of `WordBreakTable`.
package enum ScalarKind: UInt8, Sendable {
    /// Nothing: punctuation, white space, marks, symbols, controls, unassigned code points.
    case none
    /// A letter or digit that UAX #29 joins into words.
    case word
    /// A letter that UAX #29 leaves to a dictionary (Han, kana, Thai, Lao, Khmer, Myanmar, Tangut …): indexed in
    /// bigrams.
    case unspaced
    /// An emoji that is no arrow, bullet or other punctuation, or half a flag: a term of its own.
    case emoji
}

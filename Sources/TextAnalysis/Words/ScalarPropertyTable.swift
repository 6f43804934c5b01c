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

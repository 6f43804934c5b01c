/// Finds word boundaries by UAX #29, rules WB1 to WB999.
///
/// Works forward from a known boundary. A boundary needs nothing from before the last one: WB15 and WB16 break only
/// between pairs of regional indicators, so that counting anew from a boundary gives the same parity.
///
/// Equivalent to: `ReferenceWordSegmenter`, which tries the rules one by one at every place.
package struct WordSegmenter {
    private let table: ScalarPropertyTable

    /// Costs nothing: the tables lie in the binary.
    package init() { table = ScalarPropertyTable() }

    /// The first word boundary behind `start`, itself a boundary and less than `text.count`.
    ///
    /// - Complexity: O(n) in the bytes up to the boundary and those that decide it (a letter, a middle mark and what
    ///   WB4 attaches to it).
    package func boundary(after start: Int, in text: UnsafeBufferPointer<UInt8>) -> Int {
        let first = DecodedScalar(in: text, at: start)
        var offset = start + first.length
        var adjacent = table.properties(of: first.value).wordBreakClass
        if adjacent.isLineBreak {
            let isPair =
                adjacent == .carriageReturn && offset < text.count && text[offset] == UInt8(ascii: "\n")
            return isPair ? offset + 1 : offset  // WB3, WB3a
        }
        // `previous` and the class before it skip what WB4 ignores; `adjacent` does not.
        var previous = adjacent
        var beforePrevious = WordBreakClass.other
        var indicators = adjacent == .regionalIndicator ? 1 : 0
        while offset < text.count {
            let scalar = DecodedScalar(in: text, at: offset)
            let next = table.properties(of: scalar.value).wordBreakClass
            let behind = offset + scalar.length
            if previous == .aLetter && next == .aLetter {
                // WB5 ahead of its turn, for it decides most of the time: no rule before it is about a letter here.
                beforePrevious = .aLetter
                adjacent = .aLetter
                offset = behind
                continue
            }
            if next.isLineBreak { return offset }  // WB3b
            if adjacent == .zeroWidthJoiner && next.isPictographic {
                // WB3c
            } else if adjacent == .whiteSpace && next == .whiteSpace {
                // WB3d
            } else if next.isIgnorable {
                adjacent = next  // WB4
                offset = behind
                continue
            } else if !joins(beforePrevious, previous, next, behind, indicators, text) {
                return offset
            }
            indicators = next == .regionalIndicator ? indicators + 1 : 0
            beforePrevious = previous
            previous = next
            adjacent = next
            offset = behind
        }
        return offset
    }

    /// Rules WB5 to WB999 between `previous` and `next`; `behind` is the offset behind `next`.
    private func joins(
        _ beforePrevious: WordBreakClass, _ previous: WordBreakClass, _ next: WordBreakClass, _ behind: Int,
        _ indicators: Int, _ text: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        if previous.isLetter {
            switch next {
            case .aLetter, .hebrewLetter, .aLetterPictographic, .numeric, .extendNumLet: return true  // WB5, 9, 13a
            case .singleQuote where previous == .hebrewLetter: return true  // WB7a
            case .midLetter, .midNumLet, .singleQuote: return following(behind, text).isLetter  // WB6
            case .doubleQuote: return previous == .hebrewLetter && following(behind, text) == .hebrewLetter  // WB7b
            default: return false
            }
        }
        switch previous {
        case .midLetter, .midNumLet, .singleQuote:
            if beforePrevious.isLetter && next.isLetter { return true }  // WB7
            return previous != .midLetter && beforePrevious == .numeric && next == .numeric  // WB11
        case .doubleQuote:
            return beforePrevious == .hebrewLetter && next == .hebrewLetter  // WB7c
        case .midNum:
            return beforePrevious == .numeric && next == .numeric  // WB11
        case .numeric:
            switch next {
            case .numeric, .extendNumLet: return true  // WB8, WB13a
            case .midNum, .midNumLet, .singleQuote: return following(behind, text) == .numeric  // WB12
            default: return next.isLetter  // WB10
            }
        case .katakana:
            return next == .katakana || next == .extendNumLet  // WB13, WB13a
        case .extendNumLet:
            return next.isLetter || next == .numeric || next == .katakana || next == .extendNumLet  // WB13a, WB13b
        case .regionalIndicator:
            return next == .regionalIndicator && indicators % 2 == 1  // WB15, WB16
        default:
            return false  // WB999
        }
    }

    /// The class of the first scalar from `offset` on that WB4 does not ignore.
    private func following(_ offset: Int, _ text: UnsafeBufferPointer<UInt8>) -> WordBreakClass {
        var offset = offset
        while offset < text.count {
            let scalar = DecodedScalar(in: text, at: offset)
            let next = table.properties(of: scalar.value).wordBreakClass
            guard next.isIgnorable else { return next }
            offset += scalar.length
        }
        return .other
    }
}

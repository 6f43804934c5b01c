import TextAnalysis

/// UAX #29 word boundaries by trying every rule at every place, in the order of the annex: the slow twin of
/// `WordSegmenter`.
public struct ReferenceWordSegmenter {
    /// A scalar of the text with its place and properties.
    package struct Scalar {
        package let value: UInt32
        package let start: Int
        package let end: Int
        package let properties: ScalarProperties
        package var wordBreakClass: WordBreakClass { properties.wordBreakClass }
    }

    /// The text's scalars.
    package let scalars: [Scalar]

    /// Decodes `text`; ill-formed bytes are U+FFFD each.
    public init(_ text: [UInt8]) {
        let table = ScalarPropertyTable()
        scalars = text.withUnsafeBufferPointer { bytes in
            var found: [Scalar] = []
            var offset = 0
            while offset < bytes.count {
                let scalar = DecodedScalar(in: bytes, at: offset)
                let end = offset + scalar.length
                let properties = table.properties(of: scalar.value)
                found.append(Scalar(value: scalar.value, start: offset, end: end, properties: properties))
                offset = end
            }
            return found
        }
    }

    /// Byte offsets of all boundaries, WB1's and WB2's included; none for an empty text.
    public var boundaries: [Int] {
        guard let last = scalars.last else { return [] }
        return scalars.indices.filter(breaks(before:)).map { scalars[$0].start } + [last.end]
    }

    /// Whether there is a boundary before scalar `index`.
    package func breaks(before index: Int) -> Bool {
        if index == 0 { return true }  // WB1
        let before = scalars[index - 1].wordBreakClass
        let after = scalars[index].wordBreakClass
        if before == .carriageReturn && after == .lineFeed { return false }  // WB3
        if before.isLineBreak { return true }  // WB3a
        if after.isLineBreak { return true }  // WB3b
        if before == .zeroWidthJoiner && after.isPictographic { return false }  // WB3c
        if before == .whiteSpace && after == .whiteSpace { return false }  // WB3d
        if after.isIgnorable { return false }  // WB4

        let leftIndex = base(of: index - 1)
        let left = scalars[leftIndex].wordBreakClass
        let leftOfLeft = leftIndex > 0 ? scalars[base(of: leftIndex - 1)].wordBreakClass : .other
        let rightOfRight = following(index)
        let middle: [WordBreakClass] = [.midNumLet, .singleQuote]
        if left.isLetter && after.isLetter { return false }  // WB5
        if left.isLetter && (middle + [.midLetter]).contains(after) && rightOfRight.isLetter { return false }  // WB6
        if leftOfLeft.isLetter && (middle + [.midLetter]).contains(left) && after.isLetter { return false }  // WB7
        if left == .hebrewLetter && after == .singleQuote { return false }  // WB7a
        if left == .hebrewLetter && after == .doubleQuote && rightOfRight == .hebrewLetter { return false }  // WB7b
        if leftOfLeft == .hebrewLetter && left == .doubleQuote && after == .hebrewLetter { return false }  // WB7c
        if left == .numeric && after == .numeric { return false }  // WB8
        if left.isLetter && after == .numeric { return false }  // WB9
        if left == .numeric && after.isLetter { return false }  // WB10
        if leftOfLeft == .numeric && (middle + [.midNum]).contains(left) && after == .numeric {
            return false  // WB11
        }
        if left == .numeric && (middle + [.midNum]).contains(after) && rightOfRight == .numeric {
            return false  // WB12
        }
        if left == .katakana && after == .katakana { return false }  // WB13
        let joined: [WordBreakClass] = [.numeric, .katakana, .extendNumLet]
        if (left.isLetter || joined.contains(left)) && after == .extendNumLet { return false }  // WB13a
        if left == .extendNumLet && (after.isLetter || joined.contains(after)) { return false }  // WB13b
        if left == .regionalIndicator && after == .regionalIndicator && indicators(upTo: leftIndex) % 2 == 1 {
            return false  // WB15, WB16
        }
        return true  // WB999
    }

    /// The scalar that WB4 attaches scalar `index` to: itself unless it is ignorable.
    private func base(of index: Int) -> Int {
        var index = index
        while scalars[index].wordBreakClass.isIgnorable && index > 0 && !scalars[index - 1].wordBreakClass.isLineBreak {
            index -= 1
        }
        return index
    }

    /// The class of the first scalar behind `index` that is not ignorable.
    private func following(_ index: Int) -> WordBreakClass {
        scalars[(index + 1)...].first { !$0.wordBreakClass.isIgnorable }?.wordBreakClass ?? .other
    }

    /// Regional indicators in a row that end with scalar `index`.
    private func indicators(upTo index: Int) -> Int {
        guard scalars[index].wordBreakClass == .regionalIndicator else { return 0 }
        return 1 + (index > 0 ? indicators(upTo: base(of: index - 1)) : 0)
    }
}

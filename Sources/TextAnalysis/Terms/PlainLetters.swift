/// Latin and Arabic letters that Unicode does not take apart, and the plain letters that people write in their place.
///
/// After Unicode's own list of Latin letters that ASCII can stand for (CLDR, Latin-ASCII), of letters that European and African
/// alphabets have; all are lower-case, since case is folded before. The Arabic ones are those that Arabic and Persian keyboards
/// and habits change for each other, after Lucene's ArabicNormalizer and PersianNormalizer.
enum PlainLetters {
    /// The one or two letters that stand for `scalar`, the second 0 when there is none; nil when it stands for itself.
    static func letters(of scalar: Int32) -> (Int32, Int32)? {
        // ASCII and letters that are taken apart, nearly all there are.
        if scalar < 0xE6 || scalar > 0x6CC { return nil }
        switch scalar {
        case 0xE6: return (0x61, 0x65)  // æ
        case 0x153: return (0x6F, 0x65)  // œ
        case 0xFE: return (0x74, 0x68)  // þ
        case 0x180, 0x183, 0x253: return (0x62, 0)  // ƀ ƃ ɓ
        case 0x188, 0x23C: return (0x63, 0)  // ƈ ȼ
        case 0xF0, 0x111, 0x18C, 0x256, 0x257: return (0x64, 0)  // ð đ ƌ ɖ ɗ
        case 0x247: return (0x65, 0)  // ɇ
        case 0x192: return (0x66, 0)  // ƒ
        case 0x1E5, 0x260: return (0x67, 0)  // ǥ ɠ
        case 0x127: return (0x68, 0)  // ħ
        case 0x131, 0x268: return (0x69, 0)  // ı ɨ
        case 0x249: return (0x6A, 0)  // ɉ
        case 0x138, 0x199: return (0x6B, 0)  // ĸ ƙ
        case 0x142, 0x19A, 0x26B: return (0x6C, 0)  // ł ƚ ɫ
        case 0x14B, 0x19E, 0x272: return (0x6E, 0)  // ŋ ƞ ɲ
        case 0xF8, 0x275: return (0x6F, 0)  // ø ɵ
        case 0x1A5: return (0x70, 0)  // ƥ
        case 0x24D: return (0x72, 0)  // ɍ
        case 0x167, 0x1AD: return (0x74, 0)  // ŧ ƭ
        case 0x289: return (0x75, 0)  // ʉ
        case 0x28B: return (0x76, 0)  // ʋ
        case 0x1B4, 0x24F: return (0x79, 0)  // ƴ ɏ
        case 0x1B6, 0x225: return (0x7A, 0)  // ƶ ȥ
        case 0x671: return (0x627, 0)  // alef wasla
        case 0x629, 0x6C1: return (0x647, 0)  // teh marbuta, heh goal
        case 0x649, 0x6CC: return (0x64A, 0)  // alef maksura, Farsi yeh
        case 0x6A9: return (0x643, 0)  // keheh
        default: return nil
        }
    }
}

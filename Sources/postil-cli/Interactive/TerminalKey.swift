/// A key, or what was pasted at once.
enum TerminalKey: Equatable {
    /// Letters as they were typed, several where they came together.
    case text(String)
    /// What was pasted: never taken for keys.
    case paste(String)
    /// A letter with Ctrl.
    case control(Character)
    case enter, tab, escape, backspace, delete
    case left, right, up, down, home, end, pageUp, pageDown
}

/// Makes keys of the bytes that a terminal sends: UTF-8, control characters, and the sequences of ECMA-48 and xterm.
///
/// Total: whatever comes becomes keys or is passed over. A sequence or letter whose end is still to come waits for it.
struct KeyDecoder {
    private var bytes: [UInt8] = []

    private static let escape: UInt8 = 0x1B
    private static let pasteBegins: [UInt8] = [0x1B, 0x5B] + Array("200~".utf8)
    private static let pasteEnds: [UInt8] = [0x1B, 0x5B] + Array("201~".utf8)

    /// Whether the beginning of something is left, which may be the whole of it: the escape key is the beginning of every sequence.
    var isWaiting: Bool { !bytes.isEmpty }
    /// Whether that is something pasted, of which a slow line brings the rest late.
    var isPasting: Bool { bytes.starts(with: Self.pasteBegins) }

    /// The keys that are complete with these bytes.
    mutating func keys(_ new: some Sequence<UInt8>) -> [TerminalKey] {
        bytes += new
        var keys: [TerminalKey] = []
        while let key = next(isLast: false) { key.map { Self.append($0, to: &keys) } }
        return keys
    }

    /// What is left, now that nothing more has come for a while.
    mutating func flush() -> [TerminalKey] {
        var keys: [TerminalKey] = []
        while let key = next(isLast: true) { key.map { Self.append($0, to: &keys) } }
        bytes = []
        return keys
    }

    private static func append(_ key: TerminalKey, to keys: inout [TerminalKey]) {
        if case .text(let text) = key, case .text(let before)? = keys.last {
            keys[keys.count - 1] = .text(before + text)
        } else {
            keys.append(key)
        }
    }

    /// Takes the next key: nil where there is none, and nil in it for what is no key.
    private mutating func next(isLast: Bool) -> TerminalKey?? {
        guard let first = bytes.first else { return nil }
        switch first {
        case Self.escape: return sequence(isLast: isLast)
        case 0x0D, 0x0A: return take(1, .enter)
        case 0x09: return take(1, .tab)
        case 0x7F, 0x08: return take(1, .backspace)
        case 1...26: return take(1, .control(Character(Unicode.Scalar(first + 0x60))))
        case 0..<0x20: return take(1, nil)
        default: return letter(isLast: isLast)
        }
    }

    private mutating func take(_ count: Int, _ key: TerminalKey?) -> TerminalKey?? {
        bytes.removeFirst(count)
        return .some(key)
    }

    private mutating func letter(isLast: Bool) -> TerminalKey?? {
        let length =
            switch bytes[0] {
            case 0xC2...0xDF: 2
            case 0xE0...0xEF: 3
            case 0xF0...0xF4: 4
            default: 1
            }
        if bytes.count < length, !isLast, bytes.dropFirst().allSatisfy({ $0 & 0xC0 == 0x80 }) { return nil }
        guard let text = String(validating: bytes.prefix(length), as: UTF8.self) else { return take(1, nil) }
        return take(length, .text(text))
    }

    private mutating func sequence(isLast: Bool) -> TerminalKey?? {
        if bytes.starts(with: Self.pasteBegins) {
            let rest = bytes.dropFirst(Self.pasteBegins.count)
            guard let end = rest.indices.first(where: { rest[$0...].starts(with: Self.pasteEnds) }) else {
                return isLast ? take(bytes.count, .paste(String(decoding: rest, as: UTF8.self))) : nil
            }
            let text = String(decoding: rest[..<end], as: UTF8.self)
            return take(end + Self.pasteEnds.count, .paste(text))
        }
        guard bytes.count > 1 else { return isLast ? take(1, .escape) : nil }
        guard bytes[1] == 0x5B || bytes[1] == 0x4F else {
            // Alt with a key, which stands for nothing; two escapes are two keys.
            return bytes[1] == Self.escape ? take(1, .escape) : take(2, nil)
        }
        // Parameters, and the letter that says what it is.
        guard let end = bytes.indices.dropFirst(2).first(where: { (0x40...0x7E).contains(bytes[$0]) }) else {
            return isLast ? take(bytes.count, nil) : nil
        }
        let number = Int(String(decoding: bytes[2..<end].prefix { $0 != 0x3B }, as: UTF8.self))
        let key: TerminalKey? =
            switch (bytes[end], number) {
            case (0x41, _): .up
            case (0x42, _): .down
            case (0x43, _): .right
            case (0x44, _): .left
            case (0x48, _), (0x7E, 1), (0x7E, 7): .home
            case (0x46, _), (0x7E, 4), (0x7E, 8): .end
            case (0x7E, 3): .delete
            case (0x7E, 5): .pageUp
            case (0x7E, 6): .pageDown
            default: nil
            }
        return take(end + 1, key)
    }
}

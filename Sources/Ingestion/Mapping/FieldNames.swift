/// The names of the fields that a mapping reads, numbered, so that one pass over a record finds all that it has.
///
/// A class, so that handing it on counts one reference and not one for each array.
final class FieldNames: Sendable {
    let names: [FieldPath.FieldName]
    /// Length and first bytes of each name.
    private let keys: [UInt64]
    private let numbers: [String: Int]

    /// Numbers the first names of `paths`.
    init(_ paths: [FieldPath]) {
        var names: [FieldPath.FieldName] = []
        var numbers: [String: Int] = [:]
        for case .name(let name) in paths.compactMap(\.steps.first) where numbers[name.text] == nil {
            numbers[name.text] = names.count
            names.append(name)
        }
        self.names = names
        self.numbers = numbers
        keys = names.map { name in name.bytes.withUnsafeBytes(Self.key) }
    }

    /// How many names there are.
    var count: Int { names.count }

    /// The number of a name; nil when no path begins with it.
    func number(of name: String) -> Int? { numbers[name] }

    /// The number of the name with these bytes; nil when no path begins with it.
    @inline(__always)
    func number(of bytes: UnsafeRawBufferPointer) -> Int? {
        let key = Self.key(bytes)
        for number in keys.indices where keys[number] == key {
            if bytes.count <= Self.prefixLength || bytes.elementsEqual(names[number].bytes) { return number }
        }
        return nil
    }

    /// Marks the fields that a name is of, letter case aside; whether there are any.
    func mark(_ name: String, in marks: inout [Bool]) -> Bool {
        var isKnown = false
        for number in names.indices where names[number].isName(name) {
            marks[number] = true
            isKnown = true
        }
        return isKnown
    }

    /// First bytes in a key.
    private static let prefixLength = 7

    /// The length, as far as a byte holds it, and the first bytes: all there is to know of a name of up to seven bytes.
    @inline(__always)
    private static func key(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
        var key: UInt64 = 0
        for byte in bytes.prefix(prefixLength) { key = (key | UInt64(byte)) << 8 }
        return key | UInt64(min(bytes.count, 255))
    }
}

/// The structure of one JSON text: its values in order, as places in the bytes.
///
/// Nothing is copied out of the bytes until a field is asked for, and the array of nodes is used again for the next text,
/// so that scanning a line of JSONL allocates nothing. Foundation's JSONSerialization makes an object of every value: on
/// 40,000 paper abstracts it reads 290 MB/s where a scan takes 2,500 and a scan with five fields taken out 1,180. It also
/// refuses a text with one damaged byte, and rewrites numbers (`1.10` becomes 1.1), which may be ids.
///
/// A container's children follow it; `next` leads past them. An object's children are its keys and values in turn:
/// ```
/// {"a":[1,true]}  ->  object next 5 | string "a" | array next 5 | number 1 | literal true
/// ```
struct JSONTape {
    enum Kind: UInt8 { case object, array, string, escapedString, number, trueLiteral, falseLiteral, null }

    struct Node {
        /// First byte of the value; of a string, the byte after the quote.
        var start: UInt32
        /// The byte after the value; of a string, its closing quote.
        var end: UInt32
        /// The node after this one and all its children.
        var next: UInt32
        var kind: Kind
        /// Whether a string is known to hold ASCII only.
        var isASCII = false
    }

    /// How deep containers may nest; RFC 8259 leaves the limit to the reader.
    static let maximumDepth = 512

    /// What is wrong where a value ends and a text goes on.
    static let surplus = "more text after the end of the value"

    var nodes: [Node] = []
    private var open: [UInt32] = []
    /// Whether numbers of the last text are none of JSON's, and stand as null: Python writes `NaN` and `Infinity`.
    private(set) var hasOddNumbers = false

    /// Scans a text that holds one value and white space around it. Throws a `JSONError` with the place.
    mutating func scan(_ bytes: UnsafeRawBufferPointer) throws(JSONError) {
        nodes.removeAll(keepingCapacity: true)
        open.removeAll(keepingCapacity: true)
        guard bytes.count < Int(UInt32.max) else { throw JSONError(offset: 0, reason: "longer than 4 GiB") }
        var scanner = JSONScanner(bytes: bytes)
        // RFC 7464 has a separator before each text of a sequence.
        if scanner.current == 0x1E { scanner.offset += 1 }
        try scanner.skipSpace(beforeValue: true)
        while true {
            try scanValue(&scanner)
            guard try scanSeparators(&scanner) else { break }
        }
        scanner.skipSpace()
        hasOddNumbers = scanner.hasOddNumbers
        if scanner.offset < bytes.count {
            throw JSONError(offset: scanner.offset, reason: Self.surplus)
        }
    }

    /// Scans, and gives the error instead of throwing it.
    mutating func failure(scanning bytes: UnsafeRawBufferPointer) -> JSONError? {
        do throws(JSONError) {
            try scan(bytes)
            return nil
        } catch {
            return error
        }
    }

    /// Keeps of an array that is damaged or cut the elements before that; false where there are none, or no array.
    mutating func keepWholeElements() -> Bool {
        guard let first = nodes.first, first.kind == .array, open.first == 0 else { return false }
        // The element in which the damage is.
        if open.count > 1 { nodes.removeSubrange(Int(open[1])...) }
        guard let last = nodes.indices.last, last > 0 else { return false }
        nodes[0].next = UInt32(nodes.count)
        nodes[0].end = nodes[last].end
        return true
    }

    /// Whether bytes are one JSON value.
    static func isJSON(_ bytes: some Sequence<UInt8>) -> Bool {
        var tape = JSONTape()
        return Array(bytes).withUnsafeBytes { tape.failure(scanning: $0) == nil }
    }

    /// Scans a scalar, or the opening of a container; then the next thing is a separator or the end.
    private mutating func scanValue(_ scanner: inout JSONScanner) throws(JSONError) {
        while true {
            let start = UInt32(scanner.offset)
            switch scanner.current {
            case UInt8(ascii: "{"):
                try push(.object, at: start)
                scanner.offset += 1
                scanner.skipSpace()
                if scanner.current == UInt8(ascii: "}") { return }
                try scanKey(&scanner)
            case UInt8(ascii: "["):
                try push(.array, at: start)
                scanner.offset += 1
                scanner.skipSpace()
                if scanner.current == UInt8(ascii: "]") { return }
            case UInt8(ascii: "\""):
                return try scanString(&scanner)
            default:
                let kind = try scanner.scanScalar()
                return append(kind, start, UInt32(scanner.offset))
            }
        }
    }

    /// Takes closings and one comma after a value; false at the end of the outermost value.
    private mutating func scanSeparators(_ scanner: inout JSONScanner) throws(JSONError) -> Bool {
        while let container = open.last {
            scanner.skipSpace()
            let isObject = nodes[Int(container)].kind == .object
            let byte = scanner.current
            if byte == UInt8(ascii: ",") {
                scanner.offset += 1
                try scanner.skipSpace(beforeValue: true)
                if isObject { try scanKey(&scanner) }
                return true
            }
            guard byte == (isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) else {
                throw JSONError(
                    offset: scanner.offset,
                    reason: isObject ? "expected , or } in an object" : "expected , or ] in an array")
            }
            scanner.offset += 1
            nodes[Int(container)].end = UInt32(scanner.offset)
            nodes[Int(container)].next = UInt32(nodes.count)
            open.removeLast()
        }
        return false
    }

    private mutating func scanKey(_ scanner: inout JSONScanner) throws(JSONError) {
        guard scanner.current == UInt8(ascii: "\"") else {
            throw JSONError(offset: scanner.offset, reason: "expected a key in double quotes")
        }
        try scanString(&scanner)
        scanner.skipSpace()
        guard scanner.current == UInt8(ascii: ":") else {
            throw JSONError(offset: scanner.offset, reason: "expected : after a key")
        }
        scanner.offset += 1
        try scanner.skipSpace(beforeValue: true)
    }

    private mutating func scanString(_ scanner: inout JSONScanner) throws(JSONError) {
        let start = UInt32(scanner.offset + 1)
        let (isEscaped, isASCII) = try scanner.scanString()
        append(isEscaped ? .escapedString : .string, start, UInt32(scanner.offset - 1), isASCII: isASCII)
    }

    @inline(__always)
    private mutating func append(_ kind: Kind, _ start: UInt32, _ end: UInt32, isASCII: Bool = false) {
        nodes.append(Node(start: start, end: end, next: UInt32(nodes.count + 1), kind: kind, isASCII: isASCII))
    }

    private mutating func push(_ kind: Kind, at start: UInt32) throws(JSONError) {
        guard open.count < Self.maximumDepth else {
            throw JSONError(offset: Int(start), reason: "nested deeper than \(Self.maximumDepth) levels")
        }
        open.append(UInt32(nodes.count))
        append(kind, start, start)
    }
}

extension BatchTally {
    /// Says that numbers of a text are none of JSON's, if so.
    func note(oddNumbersOf tape: JSONTape, line: Int?) {
        guard tape.hasOddNumbers else { return }
        note(.leftOut(reason: "NaN and Infinity are no numbers of JSON; they were read as no value"), line: line)
    }
}

/// Where and why text is not JSON.
struct JSONError: Error, Equatable {
    /// Bytes before the place.
    var offset: Int
    var reason: String
}

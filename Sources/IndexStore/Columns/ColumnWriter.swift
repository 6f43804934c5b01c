import Documents
import TextAnalysis

/// Collects the values of one field in the documents of a chunk; see ``ColumnChunkFormat``.
struct ColumnWriter {
    private let field: ColumnField
    /// The values in the order in which they came, and the number of each.
    private var values: [String] = []
    /// What each is sorted by, taken while it is at hand.
    private var texts: [BeginningOrder.Text] = []
    private var numbers = ValueNumbers()
    /// The place of each value's last document.
    private var lastPlaces: [Int] = []
    /// Values and places as they came.
    private var entries: [(number: UInt32, place: UInt16)] = []

    init(_ field: ColumnField) { self.field = field }

    /// The words of the authors that `authors` has collected.
    init(wordsOf authors: ColumnWriter, by analyzer: AuthorWords) {
        field = .authorWord
        var words: [TermID: Int] = [:]
        let ofValue = authors.values.map { author in
            analyzer.words(of: author).map { term in
                if let known = words[term] { return known }
                let number = words.count
                words[term] = number
                append(new: analyzer.text(of: term))
                return number
            }
        }
        lastPlaces = [Int](repeating: -1, count: values.count)
        for entry in authors.entries {
            for number in ofValue[Int(entry.number)] where lastPlaces[number] != Int(entry.place) {
                lastPlaces[number] = Int(entry.place)
                entries.append((UInt32(number), entry.place))
            }
        }
    }

    /// The people whom the authors that `authors` has collected name.
    init(namesIn authors: ColumnWriter) {
        field = .authorName
        let names = authors.values.map(PersonNames.names)
        for entry in authors.entries {
            for name in names[Int(entry.number)] { append(name, at: Int(entry.place)) }
        }
    }

    /// Whether the values are just those of another one.
    func hasValues(of other: ColumnWriter) -> Bool {
        values.count == other.values.count && Set(values.map(ExactText.init)) == Set(other.values.map(ExactText.init))
    }

    /// Adds a value of a document. Places must not descend; a value that a document has twice counts once.
    mutating func append(_ value: String, at place: Int) {
        let number = number(of: value)
        guard lastPlaces[number] != place else { return }
        lastPlaces[number] = place
        entries.append((UInt32(number), UInt16(place)))
    }

    /// The number of a value, a new one for one that is not known.
    private mutating func number(of value: String) -> Int {
        let next = values.count
        // Of titles it is of no use to know.
        if !field.keepsOrderAlone {
            // Documents that follow each other often have the same value; comparing it is cheaper than finding it.
            if let last = entries.last.map({ Int($0.number) }), ExactText(values[last]) == ExactText(value) {
                return last
            }
            if let known = numbers.number(of: value, in: values) { return known }
        }
        append(new: value)
        lastPlaces.append(-1)
        return next
    }

    private mutating func append(new value: String) {
        texts.append(text(of: value, number: values.count))
        values.append(value)
    }

    /// What a value is sorted by, from its first byte on or behind what all values have in front.
    private func text(of value: String, number: Int, behind shared: Int = 0) -> BeginningOrder.Text {
        let (beginning, further) = field.order.beginning(of: value, behind: shared)
        return BeginningOrder.Text(beginning: beginning, further: further, number: UInt32(number))
    }

    /// The stored form, nil if there is no value; then it is empty again.
    mutating func finish() -> [UInt8]? {
        defer {
            numbers.removeAll()
            values.removeAll(keepingCapacity: true)
            texts.removeAll(keepingCapacity: true)
            lastPlaces.removeAll(keepingCapacity: true)
            entries.removeAll(keepingCapacity: true)
        }
        return entries.isEmpty ? nil : encoded(longest: ColumnChunkFormat.longest)
    }

    /// What tells whether a word may be among those of the values, by the words of a value; nil if there is none.
    func filter(_ words: (String) -> [[UInt8]] = { [Array($0.utf8)] }) -> WordFilter? {
        values.isEmpty ? nil : WordFilter(Set(values.flatMap(words)))
    }

    /// The stored form of values of any length.
    func encodedWhole() -> [UInt8]? { entries.isEmpty ? nil : encoded(longest: .max) }

    private func encoded(longest: Int) -> [UInt8] {
        if !field.keepsOrderAlone, values.contains(where: { $0.utf8.count > longest }) {
            return [ColumnChunkFormat.long]
        }
        let order = sortedNumbers()
        // Where the places of each value begin.
        var counts = [Int](repeating: 0, count: values.count)
        for entry in entries { counts[Int(entry.number)] += 1 }
        var next = [Int](repeating: 0, count: values.count)
        var total = 0
        for number in order {
            next[number] = total
            total += counts[number]
        }
        var places = [UInt16](repeating: 0, count: total)
        for entry in entries {
            places[next[Int(entry.number)]] = entry.place
            next[Int(entry.number)] += 1
        }
        guard !field.keepsOrderAlone else {
            return ColumnChunk(ends: [], starts: [], text: [], places: places).stored
        }
        var ends: [UInt32] = [], text: [UInt8] = []
        ends.reserveCapacity(order.count)
        for number in order {
            text.append(contentsOf: values[number].utf8)
            ends.append(UInt32(text.count))
        }
        return ColumnChunk(ends: ends, starts: order.map { UInt32(next[$0]) }, text: text, places: places).stored
    }

    /// The values' numbers in the values' order; equal ones, which only an order has, as they came.
    private func sortedNumbers() -> [Int] {
        // The beginnings of keys nearly always decide, behind what all of them have; the others are made when they are first needed.
        let shared = field.order.sharedLength(of: values)
        let texts = shared == 0 ? texts : values.enumerated().map { text(of: $1, number: $0, behind: shared) }
        var keys = [[UInt8]?](repeating: nil, count: values.count)
        func key(_ number: Int) -> [UInt8] {
            if let known = keys[number] { return known }
            let made = field.order.key(of: values[number])
            keys[number] = made
            return made
        }
        return BeginningOrder(of: texts) { left, right in
            let (left, right) = (Int(left), Int(right))
            if let isInOrder = field.order.areInOrderByASCII(values[left], values[right]) { return isInOrder }
            let (one, other) = (key(left), key(right))
            if one != other { return one.lexicographicallyPrecedes(other) }
            return values[left].utf8.lexicographicallyPrecedes(values[right].utf8)
        }.texts.map { Int($0.number) }
    }
}

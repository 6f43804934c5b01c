import Postings
import Ranking

/// Which documents meet a condition.
extension DocumentColumns {
    /// The documents for which a condition holds, paths in it as they are stored.
    ///
    /// - Parameter scan: Answers a part of the condition that is about no column.
    func documents(
        where filter: DocumentFilter, _ scan: (DocumentFilter) throws -> DocumentBitmap
    ) throws -> DocumentBitmap {
        if let known = answers.documents(where: filter) { return known }
        let documents = try find(filter, scan)
        answers.keep(documents, where: filter)
        return documents
    }

    private func find(
        _ filter: DocumentFilter, _ scan: (DocumentFilter) throws -> DocumentBitmap
    ) throws -> DocumentBitmap {
        switch filter {
        case .id, .named, .words(.url, _, _): return try scan(filter)
        case .words(.author, let text, let isBeginning):
            return try documents(ofAuthor: text, isBeginning: isBeginning)
        case .words(.tag, let text, let isBeginning):
            let wanted = words.tagWords(of: text)
            let probe = WordProbe(wanted)
            let chunks = try chunks(of: .tag, having: isBeginning ? wanted.dropLast() : wanted[...])
            return try documents(of: .tag, in: chunks) { [words] value in
                probe.mayMatch(value)
                    && words.matchesTag(String(decoding: value, as: UTF8.self), text, isBeginning: isBeginning)
            }
        case .words(.metadata(let name), let text, let isBeginning):
            var found = try documents(with: metadataFields(named: name), text, isBeginning: isBeginning)
            for (field, path) in try nestedFields(named: name) {
                found.formUnion(
                    try documents(of: field) { [words] value in
                        NestedValue.texts(at: path, in: String(decoding: value, as: UTF8.self)).contains {
                            words.matches($0, text, isBeginning: isBeginning)
                        }
                    })
            }
            return found
        case .words(.source, let text, let isBeginning):
            let ids = try sources(text, isBeginning: isBeginning)
            return try documents(of: .source) { ids.contains(String(decoding: $0, as: UTF8.self)) }
        case .date(let lower, let upper):
            return try documents(of: .date, from: lower, through: upper)
        case .number(let name, let range):
            var found = DocumentBitmap()
            for field in try metadataFields(named: name) { found.formUnion(try documents(of: field, in: range)) }
            for (field, path) in try nestedFields(named: name) {
                found.formUnion(
                    try documents(of: field) { value in
                        NestedValue.texts(at: path, in: String(decoding: value, as: UTF8.self)).contains {
                            range.has($0)
                        }
                    })
            }
            return found
        case .all(let parts):
            return try parts.reduce(into: liveDocuments()) { $0.formIntersection(try documents(where: $1, scan)) }
        case .any(let parts):
            return try parts.reduce(into: DocumentBitmap()) { $0.formUnion(try documents(where: $1, scan)) }
        case .not(let part):
            var rest = try liveDocuments()
            rest.subtract(try documents(where: part, scan))
            return rest
        }
    }

    /// The documents of authors with all words of a text; the last one may be the beginning of a word.
    ///
    /// Equivalent to: ``documents(with:_:isBeginning:)`` of the authors, which answers where an index of an earlier version
    /// has not their words.
    ///
    /// - Complexity: O(chunks), and the words of the chunks that seem to have all that is asked for.
    private func documents(ofAuthor text: String, isBeginning: Bool) throws -> DocumentBitmap {
        let wanted = words.words(of: text)
        guard !wanted.isEmpty, isStored else { return try documents(with: [.author], text, isBeginning: isBeginning) }
        var found = DocumentBitmap(capacity: Int64(chunkCount * DocumentChunkFormat.length))
        for number in try chunks(of: .authorWord, having: isBeginning ? wanted.dropLast() : wanted[...]) {
            guard let chunk = try chunk(number, of: .authorWord) else {
                guard try hasAuthors(inChunk: number) else { continue }
                return try documents(with: [.author], text, isBeginning: isBeginning)
            }
            var places: Set<UInt16>?
            for (index, word) in wanted.enumerated() {
                let mayGoOn = isBeginning && index == wanted.count - 1
                let first = chunk.firstValue { !$0.lexicographicallyPrecedes(word) }
                var end = first
                while end < chunk.valueCount,
                    chunk.withBytes(of: end, { mayGoOn ? $0.starts(with: word) : $0.elementsEqual(word) })
                {
                    end += 1
                }
                let having = first < end ? chunk.places[chunk.places(ofValues: first..<end)] : []
                places = places?.intersection(having) ?? Set(having)
            }
            for place in places ?? [] { found.insert(Int64(number * DocumentChunkFormat.length) + Int64(place)) }
        }
        return found
    }

    /// The chunks that may have all of some words in a field that has filters.
    private func chunks(of field: ColumnField, having words: ArraySlice<[UInt8]>) throws -> [Int] {
        guard isStored, !words.isEmpty else { return Array(0..<chunkCount) }
        let hashes = words.map(WordFilter.hash)
        let filters = try filters(of: field)
        return filters.indices.filter { number in filters[number].map { hashes.allSatisfy($0.mayContain) } ?? true }
    }

    private func documents(with fields: [ColumnField], _ text: String, isBeginning: Bool) throws -> DocumentBitmap {
        // A number may be written in other digits.
        let probe = isBeginning || ValueOrder.number(text) == nil ? WordProbe(words.words(of: text)) : nil
        var found = DocumentBitmap()
        for field in fields {
            found.formUnion(
                try documents(of: field) { [words] value in
                    probe?.mayMatch(value) ?? true
                        && words.matches(String(decoding: value, as: UTF8.self), text, isBeginning: isBeginning)
                })
        }
        return found
    }

    /// The documents with a value for which `isWanted` holds.
    func documents(
        of field: ColumnField, in chunks: [Int]? = nil, where isWanted: (UnsafeBufferPointer<UInt8>) -> Bool
    ) throws -> DocumentBitmap {
        try documents(of: field, in: chunks) { chunk, add in
            var value = 0
            while value < chunk.valueCount {
                let first = value
                while value < chunk.valueCount, chunk.withBytes(of: value, isWanted) { value += 1 }
                add(first..<value)
                value += 1
            }
        }
    }

    private func documents(of field: ColumnField, from lower: String?, through upper: String?) throws -> DocumentBitmap
    {
        // U+10FFFF sorts behind everything that can continue the bound.
        let least = lower.map { Array($0.utf8) }
        let greatest = upper.map { Array(($0 + "\u{10FFFF}").utf8) }
        return try documents(of: field) { chunk, add in
            let first = least.map { least in chunk.firstValue { !$0.lexicographicallyPrecedes(least) } } ?? 0
            let end =
                greatest.map { greatest in chunk.firstValue { greatest.lexicographicallyPrecedes($0) } }
                ?? chunk.valueCount
            add(first..<max(first, end))
        }
    }

    private func documents(of field: ColumnField, in range: NumberRange) throws -> DocumentBitmap {
        try documents(of: field) { chunk, add in
            // Numbers come before all that is none.
            func number(_ value: UnsafeBufferPointer<UInt8>) -> Double? {
                ValueOrder.number(String(decoding: value, as: UTF8.self))
            }
            let first = chunk.firstValue { value in number(value).map { !range.isAbove($0) } ?? true }
            let end = chunk.firstValue { value in number(value).map { range.isBelow($0) } ?? true }
            add(first..<max(first, end))
        }
    }

    /// The documents of the values that `select` adds, chunk by chunk; in the chunks `numbers`, or in all.
    private func documents(
        of field: ColumnField, in numbers: [Int]? = nil, select: (ColumnChunk, (Range<Int>) -> Void) -> Void
    ) throws -> DocumentBitmap {
        var found = DocumentBitmap(capacity: Int64(chunkCount * DocumentChunkFormat.length))
        func add(_ number: Int, _ chunk: ColumnChunk?) {
            guard let chunk else { return }
            select(chunk) { values in
                guard !values.isEmpty else { return }
                found.insert(
                    chunk.places[chunk.places(ofValues: values)],
                    from: Int64(number * DocumentChunkFormat.length), span: DocumentChunkFormat.length)
            }
        }
        if let numbers {
            for number in numbers { add(number, try chunk(number, of: field)) }
        } else {
            for (number, chunk) in try chunks(of: field).enumerated() { add(number, chunk) }
        }
        return found
    }

    /// The row ids of the sources whose path has the words, as the column has them.
    private func sources(_ text: String, isBeginning: Bool) throws -> Set<String> {
        let select = try SQLiteStatement("SELECT id, path FROM sources", on: db.handle)
        var found: Set<String> = []
        while try select.step() {
            guard let path = select.text(1), words.matches(path, text, isBeginning: isBeginning) else { continue }
            found.insert(String(select.integer(0)))
        }
        return found
    }
}

import Postings

extension BlockScorer {
    /// Scores a block for a plan of any shape: condition first, as bits, then the leaves of the documents that can match.
    func visitAny(block: Int, firstDocument: Int64, _ documents: DocumentBlock, _ program: inout MatchProgram) throws {
        let readers = views.map { view -> PostingBlockReader? in
            guard let view else { return nil }
            let index = view.index(ofBlock: block)
            return index < 0 ? nil : view.postings(at: index)
        }
        var possible = [UInt64](repeating: 0, count: leaves.count)
        var certain = possible
        var hasPositions = false
        for (number, leaf) in plan.leaves.enumerated() {
            var mask = UInt64.max
            for term in leaf.pattern.terms { mask &= readers[term]?.mask ?? 0 }
            guard mask != 0 else { continue }
            if case .term(let term) = leaf.pattern {
                if leaf.fields != .all, let reader = readers[term] { mask = occurrences(of: reader, in: leaf.fields) }
                certain[number] = mask
            } else {
                hasPositions = true
            }
            possible[number] = mask
        }
        let filters = plan.filters
        var candidates = documents.live
        candidates &= program.run(
            leaf: { (possible[$0], certain[$0]) },
            filter: {
                let selected = filters[$0].word(Int(firstDocument >> 6))
                return (selected, selected)
            })
        guard candidates != 0 else { return }
        if !hasPositions { countMatches(candidates.nonzeroBitCount) }

        // Single terms, by falling bound.
        var count = 0
        var positional: UInt32 = 0
        for leaf in leaves.indices where possible[leaf] & candidates != 0 {
            let bound = bound(of: leaf, block: block)
            if leaves[leaf].term < 0 {
                positional &+= bound
            } else {
                insert(Entry(bound: bound, leaf: Int32(leaf), index: 0), count: count)
                count += 1
            }
        }
        units.initialize(repeating: 0, count: PostingBlockFormat.blockLength)
        var missing = entries[..<count].reduce(positional) { $0 &+ $1.bound }
        for (place, entry) in entries[..<count].enumerated() {
            if place > 0 || missing < threshold {
                let kept = prune(candidates, missing: missing, threshold: threshold)
                if kept != candidates, hasPositions { notePruned() }
                candidates = kept
                if candidates == 0 { return }
            }
            let leaf = Int(entry.leaf)
            if let reader = readers[leaves[leaf].term] {
                score(reader, leaf: leaf, in: candidates & possible[leaf], documents.lengths)
            }
            missing &-= entry.bound
        }
        guard hasPositions else { return offer(candidates, firstDocument: firstDocument) }
        try checkPositions(
            of: candidates, possible: possible, readers: readers, firstDocument: firstDocument, documents, &program)
    }

    /// Upper bound of a leaf in a block: that of the one of its terms with the smallest.
    private func bound(of leaf: Int, block: Int) -> UInt32 {
        var least = UInt8.max
        for term in plan.leaves[leaf].pattern.terms {
            guard let view = views[term] else { return 0 }
            let index = view.index(ofBlock: block)
            guard index >= 0 else { return 0 }
            least = min(least, view.bound(at: index))
        }
        return units(ofBound: least, leaf: leaves[leaf])
    }

    /// The documents of a block in which the term occurs in the fields.
    private func occurrences(of reader: PostingBlockReader, in fields: FieldSet) -> UInt64 {
        var mask: UInt64 = 0
        reader.forEach(in: .max) { document, code, title, body in
            let frequencies = code < 15 ? PostingBlockReader.frequencies(ofCode: code) : (title, body)
            let occurs = fields.contains(.title) && frequencies.0 > 0 || fields.contains(.body) && frequencies.1 > 0
            if occurs { mask |= 1 << UInt64(document) }
        }
        return mask
    }

    /// Reads positions where phrases can still lift a document to the threshold, and offers what matches.
    private func checkPositions(
        of candidates: UInt64, possible: [UInt64], readers: [PostingBlockReader?], firstDocument: Int64,
        _ documents: DocumentBlock, _ program: inout MatchProgram
    ) throws {
        var rest = candidates
        while rest != 0 {
            let document = rest.trailingZeroBitCount
            let bit = rest & (0 &- rest)
            rest ^= bit
            var best = units[document]
            for leaf in leaves.indices where leaves[leaf].term < 0 && possible[leaf] & bit != 0 {
                best &+= mostUnits(of: leaf, bit: bit, readers: readers, length: documents.lengths[document])
            }
            guard best >= threshold else {
                notePruned()
                continue
            }
            var occurring = possible.map { $0 & bit != 0 ? UInt64.max : 0 }
            var score = units[document]
            countPositionCheck()
            for leaf in leaves.indices where leaves[leaf].term < 0 && possible[leaf] & bit != 0 {
                let frequencies = try frequencies(of: leaf, document: firstDocument + Int64(document))
                if frequencies.isZero {
                    occurring[leaf] = 0
                } else {
                    score &+= units(of: leaf, frequencies, length: documents.lengths[document])
                }
            }
            let filters = plan.filters
            let matches = program.run(
                leaf: { (occurring[$0], occurring[$0]) },
                filter: { filters[$0].contains(firstDocument + Int64(document)) ? (.max, .max) : (0, 0) })
            guard matches != 0 else { continue }
            countMatches(1)
            offer(document: firstDocument + Int64(document), units: score)
        }
    }

    /// What a phrase would add if it occurred as often as the rarest of its terms does in the document.
    private func mostUnits(of leaf: Int, bit: UInt64, readers: [PostingBlockReader?], length: UInt32) -> UInt32 {
        var most = PositionMatching.Frequencies(title: .max, body: .max)
        for term in plan.leaves[leaf].pattern.terms {
            readers[term]?.forEach(in: bit) { _, code, title, body in
                let frequencies = code < 15 ? PostingBlockReader.frequencies(ofCode: code) : (title, body)
                most.title = min(most.title, frequencies.0)
                most.body = min(most.body, frequencies.1)
            }
        }
        return units(of: leaf, most, length: length)
    }

    private func units(of leaf: Int, _ frequencies: PositionMatching.Frequencies, length: UInt32) -> UInt32 {
        let leaf = leaves[leaf]
        return formula.contribution(
            weightedFrequency: Float(frequencies.title) * leaf.titleWeight + Float(frequencies.body) * leaf.bodyWeight,
            length: length, weight: leaf.weight)
    }

    private func frequencies(of leaf: Int, document: Int64) throws -> PositionMatching.Frequencies {
        guard let source else { preconditionFailure("no segment entered") }
        let lists = try plan.leaves[leaf].pattern.terms.map { term in
            try source.occurrences(of: plan.terms[term], inSegment: segment, document: document)[...]
        }
        return plan.leaves[leaf].frequencies(of: lists)
    }
}

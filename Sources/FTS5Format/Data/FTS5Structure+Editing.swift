extension FTS5Structure {
    /// Adds a segment that is newer than all others on its level and counts its pages as written.
    ///
    /// FTS5 merges a level once it has `automerge` (4) segments, into one segment of the next level. A large segment
    /// therefore goes on a higher level, so that small ones written later are not merged with it each time. A segment
    /// below which no segment may know the same rows can go on any level.
    public mutating func add(_ segment: Segment, level: Int = 0) {
        precondition((0..<Self.maximumLevels).contains(level))
        while levels.count <= level { levels.append(Level(segments: [])) }
        levels[level].segments.append(segment)
        writeCounter += UInt64(segment.lastPage)
    }

    /// Puts `segment`, into which all segments of levels 0 to `level` have been merged, on the next level as its newest.
    ///
    /// No merge may be under way that reads from a level above; one that reads from these levels is thereby done.
    /// Pass nil when nothing was left.
    public mutating func replace(through level: Int, with segment: Segment?) {
        precondition(levels.indices.contains(level) && levels[level].mergeInputs == 0)
        for index in 0...level { levels[index] = Level(segments: []) }
        guard let segment else { return }
        let target = min(level + 1, Self.maximumLevels - 1)
        while levels.count <= target { levels.append(Level(segments: [])) }
        levels[target].segments.append(segment)
    }
}

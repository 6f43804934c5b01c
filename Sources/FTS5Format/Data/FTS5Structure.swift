/// Which segments make up an FTS5 index: the record ``FTS5DataID/structure``.
///
/// ```
/// structure := cookie:u32be [V2] levels:varint segments:varint writeCounter:varint level*
/// V2        := FF 00 00 01
/// level     := mergeInputs:varint count:varint segment*            (oldest segment first)
/// segment   := id:varint firstPage:varint lastPage:varint [origin] (origin only in V2)
/// origin    := lowerOrigin:varint upperOrigin:varint tombstonePages:varint tombstones:varint rows:varint
/// ```
///
/// Worked example, one segment with id 1 and pages 1 to 2 on level 0, two leaf pages written so far:
/// `00000000 01 01 02 00 01 01 01 02`.
///
/// Level 0 takes the newest segments; a merge reads all segments of a level and appends one to the next level. While
/// it is under way in steps, `mergeInputs` counts its inputs (they come first in their level), the next level's last
/// segment is its output, and each input's `firstPage` moves up with what has been merged; it is 0 for an input that
/// was consumed to its end.
///
/// The cookie is the number of `%_config`'s state. FTS5 compares it with the one under which it loaded the
/// configuration, each time it reads this record, and loads the configuration again when they differ; setting an
/// option by `INSERT INTO t(t, rank) VALUES('pgsz', 1000)` counts it up. So a writer keeps the cookie it found.
///
/// FTS5 keeps its decoded copy until `PRAGMA data_version` tells it that *another* connection has written, so this
/// record must not be replaced on a connection on which FTS5 has already read it and will read it again.
public struct FTS5Structure: Equatable, Sendable {
    /// One b-tree of postings.
    public struct Segment: Equatable, Sendable {
        /// Its number, part of the record ids of its pages.
        public var id: SegmentID
        /// Its first leaf page; 0 when an unfinished merge has consumed all of it.
        public var firstPage: Int
        /// Its last leaf page.
        public var lastPage: Int
        /// What only `contentless_delete=1` tables record.
        public var origin: Origin?

        /// Names a segment of leaf pages `firstPage` to `lastPage`.
        public init(id: SegmentID, firstPage: Int = 1, lastPage: Int, origin: Origin? = nil) {
            self.id = id
            self.firstPage = firstPage
            self.lastPage = lastPage
            self.origin = origin
        }

        /// Whether it has any pages left.
        public var isEmpty: Bool { firstPage == 0 }
    }

    /// The V2 part of a segment.
    public struct Origin: Equatable, Sendable {
        /// The range of transactions that the segment's rows come from.
        public var lower: UInt64
        /// See ``lower``.
        public var upper: UInt64
        /// Pages of deleted row ids.
        public var tombstonePages: Int
        /// Deleted row ids.
        public var tombstones: UInt64
        /// Rows in the segment.
        public var rows: UInt64

        /// Sets all parts.
        public init(lower: UInt64, upper: UInt64, tombstonePages: Int, tombstones: UInt64, rows: UInt64) {
            self.lower = lower
            self.upper = upper
            self.tombstonePages = tombstonePages
            self.tombstones = tombstones
            self.rows = rows
        }
    }

    /// Segments of about the same size.
    public struct Level: Equatable, Sendable {
        /// How many of the segments, counted from the oldest, an unfinished merge reads.
        public var mergeInputs: Int
        /// The segments, oldest first.
        public var segments: [Segment]

        /// A level of finished segments, unless `mergeInputs` says otherwise.
        public init(mergeInputs: Int = 0, segments: [Segment]) {
            self.mergeInputs = mergeInputs
            self.segments = segments
        }
    }

    /// The most levels.
    public static let maximumLevels = 64

    /// The state of `%_config`, to be kept.
    public var cookie: UInt32
    /// Leaf pages ever written to level 0; FTS5 paces its automatic merges by it.
    public var writeCounter: UInt64
    /// The levels, newest segments first.
    public var levels: [Level]
    /// Whether the record has the V2 layout, as in `contentless_delete=1` tables.
    public var isV2: Bool

    /// An index of `levels`.
    public init(cookie: UInt32 = 0, writeCounter: UInt64 = 0, levels: [Level] = [], isV2: Bool = false) {
        self.cookie = cookie
        self.writeCounter = writeCounter
        self.levels = levels
        self.isV2 = isV2
    }

    /// Number of segments on all levels.
    public var segmentCount: Int { levels.reduce(0) { $0 + $1.segments.count } }

    /// All segments that have pages, the newest first: of two that know a row, the first is right.
    public var segmentsNewestFirst: [Segment] {
        levels.flatMap { $0.segments.reversed() }.filter { !$0.isEmpty }
    }

    /// An id that no segment has, or nil when all ``SegmentID/maximumCount`` are taken.
    public func unusedSegmentID() -> SegmentID? {
        let used = Set(levels.flatMap { $0.segments.map(\.id.rawValue) })
        guard used.count < SegmentID.maximumCount else { return nil }
        return (1...SegmentID.maximumCount).first { !used.contains($0) }.map(SegmentID.init(rawValue:))
    }
}

extension FTS5Structure: CustomStringConvertible {
    /// One line for the whole, one a level, one a segment.
    public var description: String {
        var lines = ["structure\(isV2 ? " V2" : ""): cookie \(cookie), \(writeCounter) leaf pages written"]
        for (number, level) in levels.enumerated() {
            let merge = level.mergeInputs == 0 ? "" : ", merging the first \(level.mergeInputs)"
            lines.append("  level \(number): \(level.segments.count) segments\(merge)")
            for segment in level.segments {
                var line = "    segment \(segment.id): pages \(segment.firstPage)...\(segment.lastPage)"
                if let origin = segment.origin {
                    line += ", origins \(origin.lower)...\(origin.upper), \(origin.rows) rows"
                    line += ", \(origin.tombstones) tombstones on \(origin.tombstonePages) pages"
                }
                lines.append(line)
            }
        }
        return lines.joined(separator: "\n")
    }
}

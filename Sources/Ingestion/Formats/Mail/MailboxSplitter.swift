/// Cuts a mailbox into messages.
///
/// A message ends where its `Content-Length` says, if the next one or the file's end is there: programs that write it escape
/// nothing. Else it ends behind an empty line, where a line begins with `From ` and either has a date and is followed by a
/// header, or is followed by a header that has what messages have. A paragraph that begins with the word does not end it.
struct MailboxSplitter: RecordSplitter {
    let limit: Int
    private(set) var line = 1
    private var row = 0
    /// Hashes of the ids so far, and how often those came that came before.
    private var ids: Set<Int> = []
    private var counts: [Int: Int] = [:]
    /// Which of several messages with one id some are, by their rows.
    private var repeats: [Int: Int] = [:]

    private static let mark = Array("\nFrom ".utf8)
    /// Bytes in which a header ends.
    private static let longestHeader = 1 << 16

    init(limit: Int) { self.limit = limit }

    /// Where a message ends.
    private enum End {
        case at(Int)
        /// The bytes so far do not show it.
        case later
    }

    mutating func split(_ bytes: UnsafeRawBufferPointer, isEnd: Bool, into spans: inout [RecordSpan]) -> Int {
        repeats = [:]
        var place = 0
        while place < bytes.count, spans.count < RecordSpan.maximumCount {
            var end = bytes.count
            switch self.end(of: place, in: bytes, isEnd: isEnd) {
            case .at(let found): end = found
            case .later: if bytes.count - place <= limit { return place }
            }
            row += 1
            var span = RecordSpan(range: place..<end, line: line, row: row)
            if end - place > limit {
                span = RecordSpan(
                    range: place..<place, line: line, row: row,
                    problem: "is longer than the limit of \(limit) bytes; " + ReadingLimits.wayOut)
            }
            if !bytes[place..<end].allSatisfy({ $0 <= 0x20 }) {
                spans.append(span)
                if span.problem == nil { countID(UnsafeRawBufferPointer(rebasing: bytes[place..<end])) }
            }
            var lineFeed = place
            while let next = bytes.firstLineFeed(from: lineFeed), next < end {
                line += 1
                lineFeed = next + 1
            }
            place = end
        }
        return place
    }

    func contents(_ spans: [RecordSpan]) -> any BatchContents { MailMessages(spans: spans, repeats: repeats) }

    private mutating func countID(_ message: UnsafeRawBufferPointer) {
        guard let id = Self.field("message-id:", of: message, upTo: Self.headerEnd(message, 0) ?? 0)?.hashValue else {
            return
        }
        if ids.insert(id).inserted { return }
        let number = counts[id, default: 1] + 1
        counts[id] = number
        repeats[row] = number
    }

    // MARK: Ends

    private func end(of place: Int, in bytes: UnsafeRawBufferPointer, isEnd: Bool) -> End {
        if let end = declaredEnd(of: place, in: bytes, isEnd: isEnd) { return end }
        var search = place
        while let found = bytes.firstRange(of: Self.mark, from: search) {
            search = found + 1
            let before = found > 0 && bytes[found - 1] == 0x0D ? found - 1 : found
            guard before == 0 || bytes[before - 1] == 0x0A else { continue }
            // All that decides has to be there.
            if !isEnd, bytes.count - found < 2 * ByteStream.prefixLength { return .later }
            let next = bytes.firstLineFeed(from: found + 1).map { $0 + 1 }
            if Self.isBeginning(bytes, at: found + 1, next: next ?? bytes.count) { return .at(found + 1) }
        }
        return isEnd ? .at(bytes.count) : .later
    }

    /// The end that a message says; nil when it says none, or none that is one.
    private func declaredEnd(of place: Int, in bytes: UnsafeRawBufferPointer, isEnd: Bool) -> End? {
        guard let body = Self.headerEnd(bytes, place) else {
            return !isEnd && bytes.count - place < Self.longestHeader ? .later : nil
        }
        let header = UnsafeRawBufferPointer(rebasing: bytes[place..<body])
        guard let length = Self.field("content-length:", of: header, upTo: header.count).flatMap(Int.init),
            (0...limit).contains(length)
        else { return nil }
        var end = body + length
        if end > bytes.count { return isEnd ? nil : .later }
        // It is the length of the text without the empty line behind it.
        while end < bytes.count, bytes[end] == 0x0A || bytes[end] == 0x0D { end += 1 }
        if bytes.count - end < Self.mark.count, !isEnd { return .later }
        let isWhole = end == bytes.count || bytes[end...].starts(with: Self.mark.dropFirst()) && bytes[end - 1] == 0x0A
        return isWhole ? .at(end) : nil
    }

    /// Where the header of the message at a place ends, behind the empty line.
    private static func headerEnd(_ bytes: UnsafeRawBufferPointer, _ place: Int) -> Int? {
        var lineStart = place
        while let lineFeed = bytes.firstLineFeed(from: lineStart), lineFeed - place < longestHeader {
            if lineFeed == lineStart || lineFeed == lineStart + 1 && bytes[lineStart] == 0x0D { return lineFeed + 1 }
            lineStart = lineFeed + 1
        }
        return nil
    }

    /// The value of the first field of a name, which is in lower case and has its colon, without blanks around it.
    private static func field(_ name: String, of header: UnsafeRawBufferPointer, upTo end: Int) -> String? {
        let name = Array(name.utf8)
        var lineStart = 0
        while lineStart < end {
            var lineEnd = header.firstLineFeed(from: lineStart) ?? end
            let line = header[lineStart..<lineEnd]
            if line.count >= name.count,
                zip(line, name).allSatisfy({ ((0x41...0x5A).contains($0) ? $0 | 0x20 : $0) == $1 })
            {
                // A long value stands on the next line.
                if line.dropFirst(name.count).allSatisfy({ $0 <= 0x20 }), lineEnd + 1 < end,
                    header[lineEnd + 1] == 0x20 || header[lineEnd + 1] == 0x09
                {
                    lineEnd = header.firstLineFeed(from: lineEnd + 1) ?? end
                }
                let value = String(decoding: header[(lineStart + name.count)..<lineEnd], as: UTF8.self).trimmed
                return value.isEmpty ? nil : value
            }
            lineStart = lineEnd + 1
        }
        return nil
    }

    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// Whether a line that begins with `From ` begins a message; the next one begins at `next`.
    private static func isBeginning(_ bytes: UnsafeRawBufferPointer, at start: Int, next: Int) -> Bool {
        let line = String(decoding: bytes[start..<next].prefix(1000), as: UTF8.self)
        let words = line.split(whereSeparator: \.isWhitespace)
        let hasDate =
            words.contains { months.contains(String($0)) }
            && words.contains { $0.contains(":") && $0.first?.isNumber ?? false }
        let rest = Array(bytes[next...].prefix(ByteStream.prefixLength))[...]
        return hasDate
            ? rest.hasPrefix(">From ") || MailHeader.endOfName(rest.prefix { $0 != 0x0A }) != nil
            : MailMessage.isMessage(rest)
    }
}

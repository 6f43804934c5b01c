#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Memory in pages of two megabytes, where the system has them for the asking (Linux; see madvise(2)): tables that are read here and
/// there wait less for addresses to be found, and large ones are given out in fewer pieces.
package enum LargePages {
    private static let size = 2 << 20

    /// Asks for them in memory that was just allocated. Its first two megabytes are left out, so that what is hardly filled takes no
    /// more memory than it needs.
    package static func prefer(_ start: UnsafeMutableRawPointer, byteCount: Int) {
        #if os(Linux)
            guard byteCount >= 2 * size else { return }
            let mask = UInt(size - 1)
            let first = (UInt(bitPattern: start) + UInt(size) + mask) & ~mask
            let end = (UInt(bitPattern: start) + UInt(byteCount)) & ~mask
            // Safety: first and end lie in the memory; the advice changes nothing of what it holds. A refusal is as good as an assent.
            if first < end { madvise(UnsafeMutableRawPointer(bitPattern: first), Int(end - first), MADV_HUGEPAGE) }
        #endif
    }
}

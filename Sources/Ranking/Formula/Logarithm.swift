#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The natural logarithm, from the C library so that this target needs no Foundation.
func logarithm(_ value: Double) -> Double { log(value) }

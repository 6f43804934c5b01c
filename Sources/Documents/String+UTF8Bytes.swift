extension String {
    /// Hands the text's UTF-8 to `body`, where it lies.
    ///
    /// As `withUTF8`, which is for variables: a constant has to be copied into one, which counts a reference to it.
    @inlinable
    @inline(__always)
    package func withUTF8Bytes<Value>(_ body: (UnsafeBufferPointer<UInt8>) throws -> Value) rethrows -> Value {
        if let value = try utf8.withContiguousStorageIfAvailable(body) { return value }
        // One that Foundation of macOS has handed on in another form.
        var text = self
        return try text.withUTF8(body)
    }
}

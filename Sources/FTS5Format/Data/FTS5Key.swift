/// How a token becomes the key of a term: a byte that names the index, and the token.
public enum FTS5Key {
    /// The first byte of every term in the main index; prefix index `i`, from 1, has `mainIndex + i`.
    public static let mainIndex = UInt8(ascii: "0")

    /// The key of `token` in the main index.
    public static func main(_ token: some Sequence<UInt8>) -> [UInt8] { [mainIndex] + token }
}

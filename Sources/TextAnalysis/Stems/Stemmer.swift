import CLibstemmer

/// One of libstemmer's Snowball stemmers (Porter 1980; Porter 2001, <https://snowballstem.org>) for UTF-8.
///
/// Words of ASCII go through the same algorithm as the library has it for ISO 8859-1, where it has: each character is a byte there,
/// which takes two thirds of the instructions.
package final class Stemmer {
    private let handle: OpaquePointer
    private let singleByteHandle: OpaquePointer?

    /// The stemmer of `algorithm`, a name in `algorithms`; nil when the library has none of that name.
    package init?(algorithm: String) {
        guard let handle = sb_stemmer_new(algorithm, nil) else { return nil }
        self.handle = handle
        singleByteHandle = sb_stemmer_new(algorithm, "ISO_8859_1")
    }

    deinit {
        sb_stemmer_delete(handle)
        if let singleByteHandle { sb_stemmer_delete(singleByteHandle) }
    }

    /// The names of the library's algorithms, sorted.
    package static let algorithms: [String] = {
        var names: [String] = []
        guard var next = sb_stemmer_list() else { return names }
        while let name = next.pointee {
            names.append(String(cString: name))
            next += 1
        }
        return names.sorted()
    }()

    /// The stem of `word`, lower-case UTF-8; valid until the next call. Empty when memory ran out.
    package func stem(of word: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        guard let singleByteHandle, Self.isASCII(word) else { return Self.stem(of: word, by: handle) }
        let stem = Self.stem(of: word, by: singleByteHandle)
        // Some algorithms put letters with diacritics in the place of others.
        return Self.isASCII(stem) ? stem : Self.stem(of: word, by: handle)
    }

    private static func isASCII(_ word: UnsafeBufferPointer<UInt8>) -> Bool { word.reduce(0, |) < 0x80 }

    private static func stem(
        of word: UnsafeBufferPointer<UInt8>, by handle: OpaquePointer
    ) -> UnsafeBufferPointer<UInt8> {
        let stem = sb_stemmer_stem(handle, word.baseAddress, Int32(clamping: word.count))
        // Safety: libstemmer owns `stem` and keeps sb_stemmer_length bytes there until it is called again.
        return UnsafeBufferPointer(start: stem, count: stem == nil ? 0 : Int(sb_stemmer_length(handle)))
    }

    /// A number that differs when two editions of the library give different stems for the probe words.
    ///
    /// libstemmer does not tell its version, so an index that was built with another edition is known by its stems.
    package var fingerprint: UInt32 {
        var hash: UInt32 = 0x811C_9DC5  // FNV-1a, 32 bits
        for word in Self.probes {
            var word = word
            word.withUTF8 { bytes in
                for byte in stem(of: bytes) { hash = (hash ^ UInt32(byte)) &* 0x0100_0193 }
            }
            hash = (hash ^ 0xFF) &* 0x0100_0193
        }
        return hash
    }

    /// Words of several languages, among them the English ones whose stems differ between editions of Snowball.
    private static let probes = [
        "alignment", "optimizer", "generously", "communism", "university", "skis", "dying", "evening", "past",
        "added", "catalog", "analogy", "emergency", "interesting", "übersetzungen", "häuser", "évaluations",
        "nationalité", "alineación", "naciones", "avaliações", "valutazione", "обучение", "моделями", "beräkningarna",
        "forståelsen", "oppimisen", "eğitimleri", "értékelések", "evaluaties", "învățarea", "avaluacions",
        "pembelajaran", "bhfoghlaim", "mokymosi", "učenicima", "hizkuntzaren", "εκπαιδευσεις", "والتعليمات",
        "लड़कियों", "केटाहरूलाई", "மாணவர்களுக்கு", "געטראכטע", "ուսումնասիրություններ",
    ]
}

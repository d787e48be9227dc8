import CICU

/// The writing systems that words are written in. UTS 39 §5
public enum Script {
    /// The first word of Latin letters among which are letters of another alphabet; `nil` when there is none, or ICU is not there to say. The mixtures that Chinese,
    /// Japanese and Korean are written in are none.
    public static func mixedWord(in text: String) -> String? {
        guard !text.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
        for word in text.unicodeScalars.split(whereSeparator: { !isInWord($0) }).prefix(200) {
            // The library is slow, and few words have both.
            guard word.contains(where: { $0.isASCII }), word.contains(where: { $0.value >= 0x370 }) else { continue }
            let word = String(String.UnicodeScalarView(word.prefix(64)))
            if backstamp_mixes_scripts(word, -1) == 1 { return word }
        }
        return nil
    }

    private static func isInWord(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return UInt8(ascii: scalar).isLetter }
        return scalar.properties.isAlphabetic
    }
}

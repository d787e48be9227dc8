import Crypto
import CryptoExtras
import Mail
package import Phrases

extension DKIM {
    /// A published key. RFC 6376 §3.6.1
    struct Key {
        enum Public {
            case rsa(_RSA.Signing.PublicKey)
            case ed25519(Curve25519.Signing.PublicKey)
            /// RSA with a modulus of so many bits that no library verifies by it any more.
            case tooShort(Int)
        }

        let material: Public
        let bits: Int
        let isTesting: Bool
        /// The flag `s`: the tag `i=` must be the domain itself, not one below.
        let isStrict: Bool

        struct Trouble: Error {
            let reason: Phrase
            /// Whether it is a key of another type than the algorithm's: nothing need be wrong with it.
            let isOtherType: Bool
            init(_ reason: Phrase, isOtherType: Bool = false) {
                (self.reason, self.isOtherType) = (reason, isOtherType)
            }
        }

        // key-record = tag-list of v, h, k, n, p, s, t
        init(_ record: [UInt8], for algorithm: Algorithm) throws(Trouble) {
            let source = Source(exactly: record)
            guard let tags = try? source.read(TagList.self, in: 0..<record.count).get() else {
                throw Trouble("the key record cannot be read")
            }
            func list(_ name: String) -> [String]? {
                tags[name]?.value.split(separator: ":").map { $0.filter { !$0.isWhitespace }.lowercased() }
            }
            if let version = tags["v"]?.value, version != "DKIM1" || tags.tags.first?.name != "v" {
                throw Trouble("the key record is of another version")
            }
            if let hashes = list("h"), !hashes.contains(algorithm.hash) {
                throw Trouble("the key is not for \(term: algorithm.hash)")
            }
            if let services = list("s"), !services.contains("*"), !services.contains("email") {
                throw Trouble("the key is not for mail")
            }
            let type = (tags["k"]?.value ?? "rsa").lowercased()
            guard type == algorithm.keyType else {
                throw Trouble("the key is for \(words: type), not for \(term: algorithm.keyType)", isOtherType: true)
            }
            let flags = list("t") ?? []
            (isTesting, isStrict) = (flags.contains("y"), flags.contains("s"))
            guard let text = tags["p"] else { throw Trouble("the key record holds no key") }
            let plain = source.bytes[text.range].filter { !$0.isFolding }
            guard !plain.isEmpty else { throw Trouble("the key was revoked") }
            let inner = Source(exactly: Array(plain))
            let decoded = inner.decode(0..<plain.count, from: .base64)
            guard decoded.faultCount == 0 else { throw Trouble("the key is no base64") }
            if algorithm == .ed25519SHA256 {
                guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: decoded.bytes) else {
                    throw Trouble("the key is no Ed25519 key")
                }
                (material, bits) = (.ed25519(key), 256)
            } else if let key = try? _RSA.Signing.PublicKey(unsafeDERRepresentation: decoded.bytes) {
                (material, bits) = (.rsa(key), key.keySizeInBits)
            } else if let size = Self.modulusBits(decoded.bytes), size < 1024 {
                (material, bits) = (.tooShort(size), size)
            } else {
                throw Trouble("the key is no RSA key")
            }
        }

        // RSAPublicKey ::= SEQUENCE { modulus INTEGER, publicExponent INTEGER }, alone or inside SubjectPublicKeyInfo. RFC 8017 §A.1.1
        /// The size of the first integer of two bytes or more.
        private static func modulusBits(_ der: [UInt8]) -> Int? {
            var offset = 0
            while offset + 2 < der.count {
                let tag = der[offset]
                var length = Int(der[offset + 1])
                var start = offset + 2
                if length & 0x80 != 0 {
                    let count = length & 0x7F
                    guard (1...2).contains(count), start + count <= der.count else { return nil }
                    length = der[start..<start + count].reduce(0) { $0 << 8 | Int($1) }
                    start += count
                }
                guard length <= der.count - start else { return nil }
                switch tag {
                // A sequence, or a bit string with its count of unused bits, is looked into.
                case 0x30 where der[start...].prefix(2).elementsEqual([0x06, 0x09]): offset = start + length
                case 0x30: offset = start
                case 0x03: offset = start + 1
                case 0x02:
                    let number = der[start..<start + length].drop { $0 == 0 }
                    return number.first.map { number.count * 8 - $0.leadingZeroBitCount }
                default: offset = start + length
                }
            }
            return nil
        }

        /// Whether `signature` is one over `input` by this key.
        func isValid(_ signature: [UInt8], over input: [UInt8], _ algorithm: Algorithm) -> Bool {
            switch material {
            case .tooShort: return false
            case .ed25519(let key): return key.isValidSignature(signature, for: Array(SHA256.hash(data: input)))
            case .rsa(let key):
                let signature = _RSA.Signing.RSASignature(rawRepresentation: signature)
                return algorithm == .rsaSHA1
                    ? key.isValidSignature(
                        signature, for: Insecure.SHA1.hash(data: input), padding: .insecurePKCS1v1_5)
                    : key.isValidSignature(signature, for: SHA256.hash(data: input), padding: .insecurePKCS1v1_5)
            }
        }
    }
}

extension DKIM {
    /// What a published key is good for.
    package enum KeyState: Sendable {
        /// `isTesting` is the flag `t=y`. RFC 6376 §3.6.1
        case usable(bits: Int, isRSA: Bool, isTesting: Bool)
        case unusable(Phrase)
    }

    /// Looks at a key record without a signature.
    package static func state(ofKey record: [UInt8]) -> KeyState {
        var trouble = Key.Trouble("", isOtherType: true)
        for algorithm in [Algorithm.rsaSHA256, .ed25519SHA256] {
            do throws(Key.Trouble) {
                let key = try Key(record, for: algorithm)
                return .usable(
                    bits: key.bits, isRSA: algorithm != .ed25519SHA256, isTesting: key.isTesting)
            } catch {
                // What is wrong with it by its own type is what counts.
                if trouble.isOtherType { trouble = error }
            }
        }
        return .unusable(trouble.reason)
    }
}

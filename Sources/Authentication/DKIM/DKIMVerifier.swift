import Crypto
package import DNS
package import Mail
package import Phrases

extension DKIM {
    /// One signature, and what verifying it came to.
    package struct Verification: Sendable {
        package let field: HeaderField
        /// What the field says; `nil` when it cannot be read.
        package let signature: SignatureTags?
        package fileprivate(set) var result = MethodResult.neutral
        /// Why, in words that stand after the result.
        package fileprivate(set) var reason: Phrase = ""
        /// Why the key could not be had, where DNS is to blame.
        package fileprivate(set) var trouble: ResolutionFailure?
        /// Where the field breaks the rules, so that it cannot be read.
        package fileprivate(set) var fault: ByteRange?
        /// DNS holds no key today; whether there was one then is not known.
        package fileprivate(set) var isKeyGone = false
        /// It verifies, and had expired when the message was received.
        package fileprivate(set) var isExpired = false
        package fileprivate(set) var header = Part.notChecked
        package fileprivate(set) var body = Part.notChecked
        /// The size of the key, in bits.
        package fileprivate(set) var keyBits: Int?
        /// The key's owner is only testing: verifiers are not to treat signed mail otherwise. RFC 6376 §3.6.1
        package fileprivate(set) var isTesting = false
        /// It verifies, by an algorithm or a key that is no proof any more. RFC 8301 §3
        package fileprivate(set) var isWeak = false
        /// Which fields are signed, and which are not.
        package fileprivate(set) var coverage = Coverage()
        /// What the signer's own copies of fields say was changed; empty where it made none, or nothing was.
        package fileprivate(set) var changes: [ChangedField] = []
        /// The end of the body that the signature does not cover, by its tag `l=`.
        package fileprivate(set) var uncovered: ByteRange?

        /// Whether the signature itself is right: no more is needed to know who signed.
        package var isVerified: Bool { header == .intact && body == .intact }
    }

    /// Verifies the signatures of one message; what several of them need is made once.
    struct Verifier {
        let message: Message
        let resolver: any Resolver
        let moment: DateTime
        private let form: CanonicalForm
        private var bodies: [BodyKind: BodyHash] = [:]
        /// The fields by name in lower case, from the last of each name to the first.
        private let fields: [String: [HeaderField]]

        private struct BodyKind: Hashable {
            let form: Canonicalization
            let isSHA1: Bool
            let length: Int?
        }

        private struct BodyHash {
            let digest: [UInt8]
            /// Where the covered bytes end in the source, when some are not covered.
            let end: Int?
            /// Whether there are as many bytes as `l=` says.
            let isLongEnough: Bool
        }

        init(_ message: Message, _ resolver: any Resolver, _ moment: DateTime) {
            (self.message, self.resolver, self.moment) = (message, resolver, moment)
            form = CanonicalForm(source: message.source)
            var fields: [String: [HeaderField]] = [:]
            for field in message.fields.reversed() {
                fields[message.source.lowered(field.name), default: []].append(field)
            }
            self.fields = fields
        }

        /// - Parameter kind: `.arc` for an ARC-Message-Signature, which is made in the same way. RFC 8617 §4.1.2
        mutating func verify(_ field: HeaderField, kind: SignatureTags.Kind = .dkim) async -> Verification {
            let tags: SignatureTags
            do throws(SignatureTags.Trouble) { tags = try SignatureTags(field, message.source, kind: kind) } catch {
                var result = Verification(field: field, signature: nil)
                (result.result, result.reason, result.fault) = (.permerror, error.reason, error.range ?? field.value)
                return result
            }
            var result = Verification(field: field, signature: tags)
            result.coverage = coverage(tags, field)
            check(body: tags, &result)
            let key: Key
            switch await Self.key(tags, resolver) {
            case .success(let found): key = found
            case .failure(let trouble):
                (result.result, result.reason) = (trouble.result, trouble.reason)
                (result.trouble, result.isKeyGone) = (trouble.failure, trouble.isKeyGone)
                return result
            }
            result.keyBits = key.bits
            result.isTesting = key.isTesting
            if case .tooShort(let bits) = key.material {
                (result.result, result.reason, result.isWeak) = (
                    .policy, "the key has \(bits) bits, and 1024 are the least", true
                )
                return result
            }
            let input = input(tags, field)
            result.header = key.isValid(tags.signature, over: input, tags.algorithm) ? .intact : .changed
            judge(tags, key, &result)
            return result
        }

        // MARK: Judging

        /// Fields of which there is one at the most: a second one is what a reader may be shown. RFC 5322 §3.6, RFC 6376 §8.15
        private static let single: Set<String> = [
            "from", "sender", "reply-to", "to", "cc", "subject", "date", "message-id",
        ]

        private func judge(_ tags: SignatureTags, _ key: Key, _ result: inout Verification) {
            let source = message.source
            if result.header == .changed || result.body == .changed {
                guard source.isByteExact else {
                    (result.result, result.reason) = (.neutral, "could not check: pasting changes bytes")
                    return
                }
                result.result = .fail
                if result.header == .changed, let copies = tags.copiedFields {
                    result.changes = DKIM.changes(copies, in: message)
                }
                result.reason =
                    switch (result.header, result.body) {
                    case (.changed, .intact):
                        "the body is intact, the header was changed, or the key is another one now"
                    case (.changed, .notChecked): "the header was changed, or the key is another one now"
                    case (.changed, _): "header and body were changed, or the key is another one now"
                    default: "the header is intact, the body was changed"
                    }
                if !result.changes.isEmpty {
                    let changes = result.changes.prefix(4).map { change -> Phrase in
                        "\(words: change.name) was \"\(words: String(change.was.prefix(80)))\""
                    }
                    result.reason = "\(result.reason); when it was signed \(list: changes)"
                }
                return
            }
            if result.body == .notChecked {
                (result.result, result.reason) = (
                    .neutral, "the header's signature is right; the body is not here to be checked"
                )
                return
            }
            if key.isStrict, !tags.identity.value.hasSuffix("@\(tags.domain.value)") {
                (result.result, result.reason) = (.permerror, "the key allows no identity below \(tags.domain.value)")
                return
            }
            if tags.algorithm == .rsaSHA1 || (tags.algorithm == .rsaSHA256 && key.bits < 1024) {
                (result.result, result.isWeak) = (.policy, true)
                result.reason =
                    "the signature is right, and by \(term: tags.algorithm.rawValue), which proves nothing any more"
                return
            }
            if let expires = tags.expires, expires.value < moment.seconds {
                (result.result, result.isExpired) = (.policy, true)
                result.reason = "the signature is right, and expired at \(DateTime(seconds: expires.value))"
                return
            }
            if let added = result.coverage.partly.first(where: Self.single.contains) {
                (result.result, result.reason) = (
                    .policy, "the signature is right, and over one of several \(words: added) fields only"
                )
                return
            }
            result.result = .pass
            result.reason = "the signature of \(tags.domain.value) is right"
        }

        private func coverage(_ tags: SignatureTags, _ own: HeaderField) -> Coverage {
            var counts: [String: Int] = [:]
            for name in tags.names { counts[name.lowercased(), default: 0] += 1 }
            var coverage = Coverage()
            for (name, signed) in counts.sorted(by: { $0.key < $1.key }) {
                let present = fields[name]?.count(where: { $0 != own }) ?? 0
                if present > 0 { coverage.signed.append(name) }
                if signed < present { coverage.partly.append(name) }
                if signed > present { coverage.oversigned.append(name) }
            }
            coverage.unsigned = fields.keys.filter { counts[$0] == nil }.sorted()
            return coverage
        }

        // MARK: Hashing

        /// What is signed: the named fields, each from the last one up, then the signature's own field. RFC 6376 §3.7, §5.4.2
        func input(_ tags: SignatureTags, _ own: HeaderField) -> [UInt8] {
            var input: [UInt8] = []
            input.reserveCapacity(4096)
            var used: [String: Int] = [:]
            for name in tags.names {
                let name = name.lowercased()
                let index = used[name, default: 0]
                used[name] = index + 1
                let all = (fields[name] ?? []).filter { $0 != own }
                guard index < all.count else { continue }
                form.append(all[index], tags.headerForm, to: &input)
                input += [.carriageReturn, .lineFeed]
            }
            form.append(own, tags.headerForm, to: &input, without: tags.signatureRange)
            return input
        }

        private mutating func check(body tags: SignatureTags, _ result: inout Verification) {
            // Where the empty line is missing too, only the header was handed over.
            guard !message.isHeaderOnly || tags.bodyHash == hash(tags).digest else { return }
            let hash = hash(tags)
            result.body = hash.isLongEnough && hash.digest == tags.bodyHash ? .intact : .changed
            if let end = hash.end, end < message.body.upperBound { result.uncovered = end..<message.body.upperBound }
        }

        private mutating func hash(_ tags: SignatureTags) -> BodyHash {
            let kind = BodyKind(form: tags.bodyForm, isSHA1: tags.algorithm == .rsaSHA1, length: tags.length)
            if let known = bodies[kind] { return known }
            var sha256 = SHA256()
            var sha1 = Insecure.SHA1()
            var left = tags.length ?? .max
            var end: Int?
            form.body(message.body, tags.bodyForm) { piece, offset in
                let covered = piece.prefix(left)
                covered.withUnsafeBytes { bytes in
                    if kind.isSHA1 { sha1.update(bufferPointer: bytes) } else { sha256.update(bufferPointer: bytes) }
                }
                if covered.count < piece.count, end == nil {
                    end = max(message.body.lowerBound, offset - (piece.count - covered.count))
                }
                left -= covered.count
            }
            let digest = kind.isSHA1 ? Array(sha1.finalize()) : Array(sha256.finalize())
            let hash = BodyHash(digest: digest, end: end, isLongEnough: tags.length == nil || left == 0)
            bodies[kind] = hash
            return hash
        }

        // MARK: Keys

        struct KeyTrouble: Error {
            let result: MethodResult
            let reason: Phrase
            var failure: ResolutionFailure?
            var isKeyGone = false
        }

        /// Asks for the key of a signature. RFC 6376 §6.1.2
        static func key(_ tags: SignatureTags, _ resolver: any Resolver) async -> Result<Key, KeyTrouble> {
            let name = tags.key.name
            let answer: Answer
            do throws(ResolutionFailure) { answer = try await resolver.answer(tags.key) } catch {
                let result: MethodResult = error == .notAName ? .permerror : .temperror
                return .failure(
                    KeyTrouble(
                        result: result, reason: "the key \(name): \(error.reason)",
                        failure: error == .notAName ? nil : error))
            }
            guard !answer.texts.isEmpty else {
                return .failure(
                    KeyTrouble(result: .permerror, reason: "there is no key \(name) today", isKeyGone: true))
            }
            var first: Key.Trouble?
            for text in answer.texts.prefix(4) {
                do throws(Key.Trouble) { return .success(try Key(text, for: tags.algorithm)) } catch {
                    first = first ?? error
                }
            }
            return .failure(KeyTrouble(result: .permerror, reason: "\(first?.reason ?? "there is no key"): \(name)"))
        }
    }
}

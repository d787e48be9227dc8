import DNS
package import Mail
import Phrases

extension DKIM {
    /// What a signature field says, checked as RFC 6376 §6.1.1 wants.
    package struct SignatureTags: Sendable {
        package let domain: Located<Domain>
        package let selector: Located<String>
        /// Tag `i=`, or `@` and the domain.
        package let identity: Located<String>
        package let algorithm: Algorithm
        package let headerForm: Canonicalization
        package let bodyForm: Canonicalization
        /// Names of the signed fields, as written.
        package let names: [String]
        let bodyHash: [UInt8]
        let signature: [UInt8]
        /// The bytes of the value of `b=`, which are not signed.
        let signatureRange: ByteRange
        /// Tag `l=`: how many bytes of the canonical body are signed.
        package let length: Int?
        /// Tags `t=` and `x=`, in seconds since 1970.
        package let signed: Located<Int>?
        package let expires: Located<Int>?
        /// Tags `i=` and `cv=` of ARC: which set it is of, and what the sealer found the chain before it to be. RFC 8617 §4.1
        package let instance: Int?
        package let chain: String?
        /// Tag `z=`: fields as they were when signed, for finding out what changed.
        package let copiedFields: Located<String>?

        struct Trouble: Error {
            let reason: Phrase
            /// The tag's value that is to blame, if it is one.
            let range: ByteRange?
            init(_ reason: Phrase, at range: ByteRange? = nil) { (self.reason, self.range) = (reason, range) }
        }

        /// - Parameter isSeal: an ARC-Seal, which has no body hash and no list of fields. RFC 8617 §4.1.3
        init(_ field: HeaderField, _ source: Source, kind: Kind = .dkim) throws(Trouble) {
            let tags: TagList
            do throws(SyntaxError) { tags = try source.read(TagList.self, in: field.value).get() } catch {
                throw Trouble("the field cannot be read: \(term: error.expected) is expected", at: error.range)
            }
            var names: Set<String> = []
            for tag in tags.tags where !names.insert(tag.name).inserted {
                throw Trouble("the tag \(words: tag.name)= stands twice", at: tag.value.range)
            }
            func need(_ name: String) throws(Trouble) -> Located<String> {
                guard let value = tags[name], !value.value.isEmpty else {
                    throw Trouble("the tag \(term: name)= is missing")
                }
                return value
            }
            if kind == .dkim, case let version = try need("v"), version.value != "1" {
                throw Trouble("the version is not 1", at: version.range)
            }
            let algorithm = try need("a")
            guard let known = Algorithm(rawValue: algorithm.value), kind == .dkim || known != .rsaSHA1
            else {
                throw Trouble("the algorithm \(words: algorithm.value) is not known", at: algorithm.range)
            }
            self.algorithm = known
            let name = try need("d")
            domain = Located(Domain(name.value), at: name.range)
            guard domain.value.isHostName else { throw Trouble("the tag d= holds no domain", at: name.range) }
            selector = try need("s")
            guard Self.isSelector(selector.value) else {
                throw Trouble("the tag s= holds no selector", at: selector.range)
            }
            let b = try need("b")
            signatureRange = b.range
            signature = try Self.base64(b, source, "b")
            if kind == .seal {
                guard tags["h"] == nil else { throw Trouble("a seal lists no fields") }
                (headerForm, bodyForm, self.names, bodyHash, length) = (.relaxed, .relaxed, [], [], nil)
            } else {
                bodyHash = try Self.base64(try need("bh"), source, "bh")
                // sig-c-tag-alg = ("simple" / "relaxed") [ "/" ("simple" / "relaxed") ]
                let forms = (tags["c"]?.value ?? "simple/simple").split(separator: "/", maxSplits: 1)
                guard let first = forms.first.flatMap({ Canonicalization(rawValue: String($0)) }),
                    let second = forms.count == 1 ? .simple : Canonicalization(rawValue: String(forms[1]))
                else { throw Trouble("the canonicalisation is not known", at: tags["c"]?.range) }
                (headerForm, bodyForm) = (first, second)
                // sig-h-tag = %x68 [FWS] "=" [FWS] hdr-name *( [FWS] ":" [FWS] hdr-name )
                self.names = try need("h").value.split(separator: ":", omittingEmptySubsequences: false).map { part in
                    String(part.filter { !$0.isWhitespace })
                }
                if let text = tags["l"]?.value {
                    guard text.utf8.allSatisfy(\.isDigit), let number = Int(text.prefix(18)) else {
                        throw Trouble("the tag l= holds no number", at: tags["l"]?.range)
                    }
                    length = number
                } else {
                    length = nil
                }
                if kind == .arc, self.names.contains(where: { $0.lowercased() == "arc-seal" }) {
                    throw Trouble("a seal may not be signed")
                }
                guard kind == .arc || self.names.contains(where: { $0.lowercased() == "from" }) else {
                    throw Trouble("the field From is not signed", at: tags["h"]?.range)
                }
            }
            instance = kind == .dkim ? nil : try Self.instance(try need("i"))
            chain = tags["cv"]?.value
            let identity = tags["i"]
            if let identity, kind == .dkim {
                let at = identity.value.lastIndex(of: "@").map { identity.value.index(after: $0) }
                let host = Domain(String(identity.value[(at ?? identity.value.startIndex)...]))
                guard at != nil, host.isWithin(domain.value) else {
                    throw Trouble("the tag i= is not within the domain \(domain.value)", at: identity.range)
                }
                self.identity = identity
            } else {
                self.identity = Located("@\(domain.value)", at: domain.range)
            }
            if let query = tags["q"]?.value,
                !query.lowercased().split(separator: ":").contains(where: { $0.hasPrefix("dns/txt") })
            {
                throw Trouble("the key is not in DNS: q=\(words: query)", at: tags["q"]?.range)
            }
            signed = try Self.number(tags["t"], "t")
            expires = try Self.number(tags["x"], "x")
            if let signed, let expires, expires.value <= signed.value {
                throw Trouble("it expires before it was made", at: expires.range)
            }
            copiedFields = tags["z"]
        }

        // instance = [CFWS] %s"i" [CFWS] "=" [CFWS] 1*2DIGIT [CFWS] ";"
        static func instance(_ tag: Located<String>) throws(Trouble) -> Int {
            guard (1...2).contains(tag.value.utf8.count), tag.value.utf8.allSatisfy(\.isDigit),
                let number = Int(tag.value),
                (1...ARC.limit).contains(number)
            else { throw Trouble("the tag i= is not from 1 to \(ARC.limit)") }
            return number
        }

        enum Kind { case dkim, arc, seal }

        // selector   = sub-domain *( "." sub-domain )
        // sub-domain = Let-dig [Ldh-str], with the underscores that real ones have, or a U-label. RFC 6376 §3.1, RFC 8616 §5
        private static func isSelector(_ text: String) -> Bool {
            text.utf8.count <= 253
                && text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { label in
                    !label.isEmpty
                        && label.allSatisfy {
                            $0.isLetter || $0.isDigit || $0 >= 0x80 || $0 == UInt8(ascii: "-")
                                || $0 == UInt8(ascii: "_")
                        }
                }
        }

        /// Where the key is. U-labels become A-labels. RFC 6376 §3.6.2.1, RFC 8616 §5
        var key: Question { Question(Domain("\(selector.value)._domainkey.\(domain.value)"), .txt) }

        private static func number(_ tag: Located<String>?, _ name: String) throws(Trouble) -> Located<Int>? {
            guard let tag else { return nil }
            guard (1...12).contains(tag.value.utf8.count), tag.value.utf8.allSatisfy(\.isDigit),
                let value = Int(tag.value)
            else { throw Trouble("the tag \(term: name)= holds no time", at: tag.range) }
            return Located(value, at: tag.range)
        }

        // base64string = ALPHADIGITPS *([FWS] ALPHADIGITPS) [ [FWS] "=" [ [FWS] "=" ] ]
        private static func base64(_ tag: Located<String>, _ source: Source, _ name: String) throws(Trouble) -> [UInt8]
        {
            let plain = source.bytes[tag.range].filter { !$0.isFolding }
            let digits = plain.prefix {
                $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "/")
            }
            guard plain[digits.endIndex...].allSatisfy({ $0 == UInt8(ascii: "=") }), plain.count - digits.count <= 2,
                digits.count % 4 != 1
            else { throw Trouble("the tag \(term: name)= is no base64", at: tag.range) }
            let inner = Source(exactly: Array(plain))
            return inner.decode(0..<inner.bytes.count, from: .base64).bytes
        }
    }
}

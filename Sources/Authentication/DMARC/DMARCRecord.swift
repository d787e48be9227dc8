import Mail

extension DMARC {
    /// A published policy. RFC 9989 §4.7
    package struct Record: Sendable {
        package enum SuffixDomain: String, Sendable { case yes = "y", no = "n", unknown = "u" }

        /// As published, the strings of the TXT record joined.
        package let text: String
        /// Names in lower case, values as written.
        package let tags: [(name: String, value: String)]
        package let policy: Policy
        package let subdomains: Policy?
        package let nonexistent: Policy?
        package let suffix: SuffixDomain
        package let isTest: Bool
        package let isStrictDKIM: Bool
        package let isStrictSPF: Bool

        package subscript(name: String) -> String? { tags.first { $0.name == name }?.value }

        // dmarc-record = dmarc-version *(dmarc-sep dmarc-tag) [dmarc-sep] *WSP
        // dmarc-version = %s"v" *WSP "=" *WSP %s"DMARC1"
        /// - Returns: `nil` when it is no DMARC record, or one that asks for no processing: without a usable policy and without `rua`.
        package init?(_ bytes: [UInt8]) {
            let text = String(decoding: bytes, as: UTF8.self)
            var tags: [(name: String, value: String)] = []
            for part in bytes.split(separator: UInt8(ascii: ";")) {
                guard let equals = part.firstIndex(of: UInt8(ascii: "=")) else { continue }
                let name = Self.trimmed(part[..<equals]).lowercased()
                if !name.isEmpty, !tags.contains(where: { $0.name == name }) {
                    tags.append((name, Self.trimmed(part[(equals + 1)...])))
                }
            }
            guard let version = tags.first, version.name == "v", version.value == "DMARC1" else { return nil }
            func value(_ name: String) -> String? { tags.first { $0.name == name }?.value.lowercased() }
            func policy(_ name: String) -> Policy? { value(name).flatMap { Policy(rawValue: $0) } }
            let isBroken =
                policy("p") == nil || (value("sp") != nil && policy("sp") == nil)
                || (value("np") != nil && policy("np") == nil)
            if isBroken {
                guard value("rua")?.contains("mailto:") == true else { return nil }
                (self.policy, subdomains, nonexistent) = (.none, nil, nil)
            } else {
                (self.policy, subdomains, nonexistent) = (policy("p") ?? .none, policy("sp"), policy("np"))
            }
            suffix = value("psd").flatMap { SuffixDomain(rawValue: $0) } ?? .unknown
            (isTest, isStrictDKIM, isStrictSPF) = (value("t") == "y", value("adkim") == "s", value("aspf") == "s")
            (self.text, self.tags) = (text, tags)
        }

        private static func trimmed(_ bytes: ArraySlice<UInt8>) -> String {
            let end = bytes.lastIndex { !$0.isFolding }
            guard let start = bytes.firstIndex(where: { !$0.isFolding }), let end else { return "" }
            return String(decoding: bytes[start...end], as: UTF8.self)
        }
    }
}

import Crypto
import DNS
import Mail
import Phrases
import Testing

@testable import Authentication

/// Signs messages, to have something to verify.
struct Signer {
    let key = Curve25519.Signing.PrivateKey()

    private static let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    static func base64(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let value = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
            for digit in 0..<4 {
                text.append(digit <= group.count ? digits[value >> (18 - 6 * digit) & 63] : UInt8(ascii: "="))
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    var record: String { "v=DKIM1; k=ed25519; p=\(Self.base64(Array(key.publicKey.rawRepresentation)))" }

    /// The message with a signature over what `h=` names, and more tags if wanted.
    func sign(
        _ text: String, names: String = "from:subject", tags: String = "", form: String = "relaxed/relaxed",
        length: Int? = nil
    ) throws
        -> String
    {
        let message = Message(Source(exactly: Array(text.utf8)))
        let body = form.hasSuffix("simple") ? DKIM.Canonicalization.simple : .relaxed
        var canonical: [UInt8] = []
        CanonicalForm(source: message.source).body(message.body, body) { piece, _ in canonical += piece }
        let hash = Self.base64(Array(SHA256.hash(data: canonical.prefix(length ?? .max))))
        let field =
            "DKIM-Signature: v=1; a=ed25519-sha256; c=\(form); d=example.com; s=s; \(tags)\(length.map { "l=\($0); " } ?? "")h=\(names);\r\n bh=\(hash); b="
        let unsigned = Message(Source(exactly: Array("\(field)AAAA\r\n\(text)".utf8)))
        let own = try #require(unsigned.fields.first)
        let parsed = try DKIM.SignatureTags(own, unsigned.source)
        let input = DKIM.Verifier(unsigned, try CountingResolver(), DateTime(seconds: 0)).input(parsed, own)
        let signature = try key.signature(for: Array(SHA256.hash(data: input)))
        return "\(field)\(Self.base64(Array(signature)))\r\n\(text)"
    }
}

struct DKIMTests {
    private let signer = Signer()
    private static let text = "From: Ann <ann@example.com>\r\nSubject: Hello\r\n\r\nOne line\r\nand  another\r\n\r\n"
    private static let now = DateTime(seconds: 1_795_165_200)

    private func verify(_ text: String, zone: String? = nil) async throws -> DKIM.Verification {
        try await verify(Source(exactly: Array(text.utf8)), zone: zone)
    }

    /// The signer's own copies of fields tell what was changed. RFC 6376 §3.5, tag z=
    @Test(arguments: [
        ("Subject: Hello", "Subject: Hello", []), ("Subject: Hello", "Subject: Pay now", ["subject: Hello there"]),
        ("Ann <ann@", "Eve <eve@", ["from: Ann <ann@example.com>"]),
    ])
    func copiesTellWhatWasChanged(_ from: String, _ to: String, _ expected: [String]) async throws {
        let text = Self.text.replacing("Subject: Hello", with: "Subject: Hello there")
        let copies = "z=From:Ann=20<ann@example.com>|\r\n Subject:Hello=20there|X-Gone:=7C; "
        let signed = try signer.sign(
            text.replacing("\r\n\r\n", with: "\r\nX-Gone: |\r\n\r\n", maxReplacements: 1), tags: copies)
        let zone = "s._domainkey.example.com. IN TXT \"\(signer.record)\""
        let changed = signed.replacing(
            from == to ? "\u{0}" : "\(from == "Subject: Hello" ? "Subject: Hello there" : from)", with: to)
        let found = try await verify(changed, zone: zone)
        #expect(found.changes.map { "\($0.name): \($0.was)" } == expected)
        #expect((found.result == .pass) == expected.isEmpty)
        #expect(
            expected.isEmpty
                || found.reason.description.contains("when it was signed \(found.changes.first?.name ?? "") was"))
    }

    private func verify(_ source: Source, zone: String? = nil) async throws -> DKIM.Verification {
        let resolver = try CountingResolver(zone ?? "s._domainkey.example.com. IN TXT \"\(signer.record)\"")
        return try #require(await DKIM.verify(Message(source), asking: resolver, at: Self.now).first)
    }

    /// What changes on the way and what a signature makes of it, header and body apart.
    @Test(
        arguments: [
            ("", "", MethodResult.pass, DKIM.Part.intact, DKIM.Part.intact),
            ("Hello", "Hallo", .fail, .changed, .intact),
            ("One line", "Two lines", .fail, .intact, .changed),
            ("and  another", "and another", .pass, .intact, .intact),
            ("and  another\r\n\r\n", "and  another \t\r\n\r\n\r\n", .pass, .intact, .intact),
            ("Subject: Hello", "SUBJECT:\r\n  Hello", .pass, .intact, .intact),
            ("From: Ann", "X-New: field\r\nFrom: Ann", .pass, .intact, .intact),
            ("From: Ann", "From: Eve <eve@example.org>\r\nFrom: Ann", .policy, .intact, .intact),
            ("d=example.com", "d=example.com; d=example.com", .permerror, .notChecked, .notChecked),
            ("s=s;", "s=s; t=5; x=4;", .permerror, .notChecked, .notChecked),
            ("v=1;", "v=2;", .permerror, .notChecked, .notChecked),
            ("ed25519-sha256", "rsa-md5", .permerror, .notChecked, .notChecked),
            ("h=from:subject", "h=subject", .permerror, .notChecked, .notChecked),
        ])
    func changes(_ from: String, _ to: String, _ result: MethodResult, _ header: DKIM.Part, _ body: DKIM.Part)
        async throws
    {
        let signed = try signer.sign(Self.text)
        let found = try await verify(from.isEmpty ? signed : signed.replacing(from, with: to))
        #expect(found.result == result && found.header == header && found.body == body, "\(found.reason)")
    }

    /// Line ends are CRLF for a signature, however the message is stored.
    @Test(arguments: ["relaxed/relaxed", "simple/simple", "relaxed/simple", "simple/relaxed"])
    func storedWithLineFeeds(_ form: String) async throws {
        let signed = try signer.sign(Self.text, form: form)
        #expect(try await verify(signed).result == .pass)
        #expect(try await verify(signed.replacing("\r\n", with: "\n")).result == .pass)
    }

    /// The key of today is not the key of then.
    @Test(arguments: [
        ("NXDOMAIN", MethodResult.permerror, false), ("TIMEOUT", .temperror, true), ("SERVFAIL", .temperror, true),
        ("\"v=DKIM1; p=\"", .permerror, false), ("\"v=DKIM1; k=rsa; p=AAAA\"", .permerror, false),
        ("\"p=%%%\"", .permerror, false),
        ("\"v=DKIM1; k=ed25519; s=other; p=AAAA\"", .permerror, false),
    ])
    func keys(_ record: String, _ expected: MethodResult, _ isTrouble: Bool) async throws {
        let found = try await verify(try signer.sign(Self.text), zone: "s._domainkey.example.com. IN TXT \(record)")
        #expect(found.result == expected && (found.trouble != nil) == isTrouble && found.header == .notChecked)
        #expect(found.body == .intact)
    }

    @Test func whatIsNotSigned() async throws {
        let text = Self.text + "A footer\r\n"
        let found = try await verify(try signer.sign(text, length: 10))
        #expect(found.result == .pass)
        let uncovered = try #require(found.uncovered)
        #expect(try signer.sign(text, length: 10).utf8.count == uncovered.upperBound)
        #expect(found.coverage.signed == ["from", "subject"])
        let over = try await verify(try signer.sign(Self.text, names: "from:from:subject:to"))
        #expect(over.coverage.oversigned == ["from", "to"])
    }

    /// A signature that expired after the message was received is as right as it was.
    @Test(arguments: [
        ("t=1795165000; x=1795165100; ", MethodResult.policy), ("t=1795165000; x=1795165300; ", .pass),
    ])
    func expiry(_ tags: String, _ expected: MethodResult) async throws {
        let found = try await verify(try signer.sign(Self.text, tags: tags))
        #expect(found.result == expected && found.isExpired == (expected == .policy))
    }

    @Test func aHeaderAloneAndAPastedMessage() async throws {
        let signed = try signer.sign(Self.text)
        let end = try #require(signed.firstRange(of: "\r\n\r\n"))
        let alone = try await verify(String(signed[..<end.upperBound]))
        #expect(alone.result == .neutral && alone.header == .intact && alone.body == .notChecked)
        let pasted = Source(Array(signed.replacing("One line", with: "Two lines").utf8), isPasted: true)
        #expect(try await verify(pasted).result == .neutral)
    }

    /// Each signature costs a question: there is a limit.
    @Test func signaturesAreLimited() async throws {
        let fields = (0..<500).map {
            "DKIM-Signature: v=1; a=rsa-sha256; d=h\($0).example.com; s=s; h=from; bh=AAAA; b=AAAA\r\n"
        }.joined()
        let resolver = try CountingResolver()
        let found = await DKIM.verify(
            Message(Source(exactly: Array((fields + Self.text).utf8))), asking: resolver, at: Self.now)
        #expect(found.count == DKIM.limit && resolver.questions.count == DKIM.limit)
        let sets = (1...200).map { "ARC-Seal: i=\($0 % 60); a=rsa-sha256; d=h.example; s=s; cv=none; b=AAAA\r\n" }
            .joined()
        let chain = await ARC.verify(
            Message(Source(exactly: Array((sets + Self.text).utf8))), asking: resolver, at: Self.now)
        #expect(chain.result == .fail && resolver.questions.count == DKIM.limit)
    }
}

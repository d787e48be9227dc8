import Authentication
import DNS
import Mail
import Testing

@testable import Inspection

/// What was verified, beside what receivers claim.
struct AuthenticationsTests {
    private func inspect(_ fields: String, _ zone: String) async throws -> Inspection {
        let text = """
            Authentication-Results: mx.example.net; \(fields)\r
            Return-Path: <a@example.com>\r
            Received: from x.example.com (x.example.com [192.0.2.1]) by mx.example.net; Fri, 20 Nov 2026 09:00:00 +0000\r
            DKIM-Signature: v=1; a=rsa-sha256; d=example.com; s=s; h=from; bh=AAAA; b=BBBB\r
            From: <a@example.com>\r\n\r\nText\r\n
            """
        return await Inspection(
            of: Message(Source(exactly: Array(text.utf8))), asking: RecordedResolver(try Zone(zone)), at: Example.time)
    }

    private static let policy = "_dmarc.example.com. IN TXT \"v=DMARC1; p=reject\"\n_dmarc.com. IN TXT NXDOMAIN\n"

    /// A key that is gone today says nothing about then: a DMARC fail is not what was found.
    @Test(arguments: [
        ("NXDOMAIN", true), ("TIMEOUT", true), ("\"v=DKIM1; p=\"", false),
    ])
    func aKeyThatIsGoneLeavesDMARCOpen(_ key: String, _ isOpen: Bool) async throws {
        let zone = Self.policy + "example.com. IN TXT \"v=spf1 -all\"\ns._domainkey.example.com. IN TXT \(key)"
        let found = try #require(try await inspect("dmarc=pass header.from=example.com", zone).authentications)
        #expect(found.policy?.isOpen == isOpen && found.policy?.result == (isOpen ? .temperror : .fail))
        #expect((found.sentence == nil) == isOpen)
    }

    /// Each difference has its plain reason.
    @Test(arguments: [
        ("dkim=pass header.d=example.com", "the key is gone today, which says nothing about then"),
        ("dkim=fail header.d=example.com", "there is no key s._domainkey.example.com today"),
        ("spf=pass smtp.mailfrom=example.com", "the policy was another one then"),
        ("spf=pass smtp.mailfrom=example.org", "the envelope's sender is of example.com, not of example.org"),
        ("spf=fail smtp.mailfrom=example.com", nil), ("compauth=pass reason=1", nil),
    ])
    func differencesHaveReasons(_ claim: String, _ expected: String?) async throws {
        let zone = Self.policy + "example.com. IN TXT \"v=spf1 -all\"\ns._domainkey.example.com. IN TXT NXDOMAIN"
        let found = try await inspect(claim, zone).comparisons.first?.difference
        #expect(expected.map { found?.contains($0) == true } ?? (found == nil), "\(found ?? "no difference")")
    }
}

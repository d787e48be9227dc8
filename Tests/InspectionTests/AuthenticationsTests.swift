import Authentication
import DNS
import Mail
import Testing

import Checks
import Delivery
@testable import Inspection
import Phrases

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
        let found = try await inspect(claim, zone).comparisons.first?.difference?.description
        #expect(expected.map { found?.contains($0) == true } ?? (found == nil), "\(found ?? "no difference")")
    }

    /// Whose word each field is: the receiver's own above what anyone can have written, in its own name; else anybody's.
    @Test(arguments: [
        ("Authentication-Results: mx.example.net; spf=pass", "authentication-results", "spf=pass", true),
        ("Authentication-Results: mx.examp1e.net; spf=pass", "authentication-results", "spf=pass", false),
        (
            "Authentication-Results: (mx.example.net) mx.other.example; spf=pass", "authentication-results", "spf=pass",
            false
        ),
        ("Authentication-Results: MX.example.net. /1; dkim=pass", "authentication-results", "dkim=pass", true),
        (
            "Received-SPF: Pass (mx.example.net: domain of a@example.com designates 192.0.2.1)", "received-spf",
            "spf=pass", true
        ),
        ("Received-SPF: fail (x) receiver=mx.other.example; client-ip=192.0.2.1", "received-spf", "spf=fail", false),
        (
            "ARC-Authentication-Results: i=1; mx.example.net; dmarc=pass", "arc-authentication-results", "dmarc=pass",
            false
        ),
        ("Authentication-Results-Original: mx.example.net; spf=pass", "renamed-results", "spf=pass", false),
        ("X-Google-DKIM-Signature: v=1; d=1e100.net; s=x; b=A", "private-signature", "x-google-dkim=signed", false),
    ])
    func whoseWordItIs(_ field: String, _ kind: String, _ claim: String, _ isReceivers: Bool) throws {
        let received =
            "Received: from x.example.com ([192.0.2.1]) by mx.example.net; Fri, 20 Nov 2026 09:00:00 +0000\r\n"
        let below = "Received: from a ([192.0.2.9]) by x.example.com; Fri, 20 Nov 2026 08:59:00 +0000\r\n"
        for (text, isAbove) in [("\(field)\r\n\(received)\(below)", true), ("\(received)\(below)\(field)\r\n", false)] {
            let message = Message(Source(exactly: Array("\(text)From: <a@example.com>\r\n\r\n".utf8)))
            let found = try #require(Inspection(of: message, at: Example.time).claims.first)
            #expect(found.kind.description == kind)
            #expect(found.results.claims.map { "\($0.method)=\($0.result.value)" } == [claim])
            #expect(found.standing == (isReceivers && isAbove ? .receivers : .anyones))
        }
    }

    /// The older field's keys under the names that the newer one has for them. RFC 7208 §9.1
    @Test func receivedSPFNamesTheEnvelope() throws {
        let text =
            "pass (x) identity=mailfrom; client-ip=192.0.2.1; helo=h.example; envelope-from=\"a b@example.com\"; receiver=r.example"
        let source = Source(exactly: Array(text.utf8))
        let claim = try source.read(ReceivedSPF.self, in: 0..<source.bytes.count).get().results.claims.first
        #expect(claim?["smtp.mailfrom"]?.value == "a b@example.com" && claim?["smtp.helo"] == nil)
        #expect(claim?["client-ip"]?.value == "192.0.2.1")
    }
}

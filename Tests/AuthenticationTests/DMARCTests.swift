import Authentication
import DNS
import Mail
import Testing

struct DMARCTests {
    private func evaluate(_ author: String, dkim: String, zone: String) async throws -> DMARC.Evaluation {
        await DMARC.evaluate(
            author: Domain(author), [DMARC.Identifier(.dkim, Domain(dkim), .pass)], asking: try CountingResolver(zone))
    }

    /// Organisational domains, by the examples of RFC 9989.
    @Test(
        arguments: [
            ("a.mail.d.example", "", "d.example"), ("a.mail.d.example", "psd=n", "mail.d.example"),
        ])
    func organisations(_ author: String, _ tag: String, _ expected: String) async throws {
        let found = try await evaluate(
            author, dkim: "d.example",
            zone:
                "_dmarc.mail.d.example. IN TXT \"v=DMARC1; p=none; \(tag)\"\n_dmarc.d.example. IN TXT \"v=DMARC1; p=none\""
        )
        #expect(found.organisation?.description == expected)
        #expect(found.result == (expected == "d.example" ? .pass : .fail))
    }

    @Test(arguments: [
        ("v=DMARC1; p=reject; t=y", "example.com", "quarantine"),
        ("v=DMARC1; p=reject; sp=none", "example.com", "reject"),
        ("v=DMARC1; p=reject; sp=quarantine", "sub.example.com", "quarantine"),
        ("v=DMARC1; p=none; np=reject", "none.example.com", "reject"),
        ("v=DMARC1; p=none; np=reject", "sub.example.com", "none"),
        ("v=DMARC1; p=oops; rua=mailto:a@example.com", "example.com", "none"),
    ])
    func policies(_ record: String, _ author: String, _ expected: String) async throws {
        let found = try await evaluate(
            author, dkim: "example.org",
            zone: "_dmarc.example.com. IN TXT \"\(record)\"\nsub.example.com. IN A 192.0.2.1")
        #expect(found.policy?.rawValue == expected && found.result == .fail)
    }

    /// Eight questions at the most, whatever the name; and an error is not an absent record.
    @Test func theWalkIsShort() async throws {
        let resolver = try CountingResolver()
        let found = await DMARC.evaluate(
            author: Domain("a.b.c.d.e.f.g.h.i.j.mail.example.com"), [], asking: resolver)
        #expect(found.result == .none && found.asked.count == 8)
        #expect(found.asked.dropFirst().first?.description == "g.h.i.j.mail.example.com")
        let failed = try await evaluate("example.com", dkim: "example.com", zone: "_dmarc.example.com. IN TXT TIMEOUT")
        #expect(failed.result == .temperror && failed.trouble == .timedOut)
    }

    /// Receivers that follow RFC 7489 may decide otherwise.
    @Test func theOldRulesBesideTheNew() async throws {
        let found = try await evaluate(
            "a.example.com", dkim: "example.com", zone: "_dmarc.a.example.com. IN TXT \"v=DMARC1; p=reject\"")
        #expect(found.result == .fail && found.byOldRules?.result == .pass)
    }
}

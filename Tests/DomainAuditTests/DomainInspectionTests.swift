import Checks
import DNS
import Mail
import Testing

@testable import DomainAudit
import Phrases

/// What a domain publishes, and what is said of it.
struct DomainInspectionTests {
    private static let sound = """
        example.com. IN MX 10 mail.example.com. ; secure
        mail.example.com. IN A 192.0.2.25
        mail.example.com. IN AAAA NODATA
        _25._tcp.mail.example.com. IN TLSA 3 1 1 AABBCCDD ; secure
        example.com. IN TXT "v=spf1 mx -all"
        _dmarc.example.com. IN TXT "v=DMARC1; p=reject; rua=mailto:a@example.com"
        _dmarc.com. IN TXT NXDOMAIN
        _mta-sts.example.com. IN TXT NXDOMAIN
        _smtp._tls.example.com. IN TXT "v=TLSRPTv1; rua=mailto:a@example.com"
        default._bimi.example.com. IN TXT NXDOMAIN
        """

    private func problems(_ zone: String) async throws -> [DomainInspection.Problem] {
        await DomainInspection(
            of: Domain("example.com"), selectors: ["s"], asking: RecordedResolver(try Zone(zone)), at: Example.time
        )
        .problems
    }

    @Test func aSoundDomainHasNoProblems() async throws { #expect(try await problems(Self.sound).isEmpty) }

    private static let policy = "example.com. IN TXT \"v=spf1 mx -all\""
    private static let firstPolicy =
        "_dmarc.example.com. IN TXT \"v=DMARC1; p=none; rua=mailto:dmarc@example.com\""

    @Test(
        arguments: [
            ("\"v=spf1 mx -all\"", "NXDOMAIN", Severity.warning, "there is no SPF policy", policy),
            ("v=spf1 mx -all", "v=spf1 mx", .caution, "does not say what other hosts are", policy),
            ("v=spf1 mx -all", "v=spf1 +all", .warning, "lets everybody send", policy),
            ("v=spf1 mx -all", "v=spf1 oops -all", .warning, "the SPF policy is broken: \"oops\"", nil),
            (
                "\"v=DMARC1; p=reject; rua=mailto:a@example.com\"", "NXDOMAIN", .warning, "there is no DMARC policy",
                firstPolicy
            ),
            (
                "; rua=mailto:a@example.com\"\n_dmarc.com", "\"\n_dmarc.com", .note, "wants no reports",
                "_dmarc.example.com. IN TXT \"v=DMARC1; p=reject; rua=mailto:dmarc@example.com\""
            ),
            (
                "p=reject; rua", "p=reject; pct=50; rua", .note, "the tag pct= means nothing any more",
                "_dmarc.example.com. IN TXT \"v=DMARC1; p=reject; rua=mailto:a@example.com\""
            ),
            ("IN A 192.0.2.25", "IN A NODATA", .warning, "mail.example.com, which takes its mail, has no address", nil),
            ("AABBCCDD ; secure", "AABBCCDD ; insecure", .caution, "the TLSA record of mail.example.com", nil),
            (
                "example.com. IN MX 10", "example.com. IN MX 0 .\nexample.com. IN MX 10", .warning,
                "it says that it takes no mail", nil
            ),
            ("MX 10 mail.example.com.", "MX 10 192.0.2.25.", .warning, "where the name of a host belongs", nil),
            (
                "_mta-sts.example.com. IN TXT NXDOMAIN", "_mta-sts.example.com. IN TXT \"v=STSv1; id=a-b\"", .warning,
                "lacks an id", "_mta-sts.example.com. IN TXT \"v=STSv1; id=1\""
            ),
            (
                "_mta-sts.example.com. IN TXT NXDOMAIN",
                "_mta-sts.example.com. IN TXT \"v=STSv1; id=1\"\n_mta-sts.example.com. IN TXT \"v=STSv1; id=2\"",
                .warning, "there are 2 MTA-STS records", nil
            ),
            (
                "_mta-sts.example.com. IN TXT NXDOMAIN",
                "s._domainkey.example.com. IN TXT \"v=DKIM1; p=\"\ns._domainkey.example.com. IN TXT \"v=DKIM1; p=A\"",
                .warning, "s._domainkey.example.com has 2 records", nil
            ),
            (
                "_mta-sts.example.com. IN TXT NXDOMAIN", "s._domainkey.example.com. IN TXT \"v=DKIM1; p=\"", .caution,
                "the key was revoked", nil
            ),
            (
                "_mta-sts.example.com. IN TXT NXDOMAIN",
                "s._domainkey.example.com. IN TXT \"v=DKIM1; k=ed25519; t=y; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\"",
                .note, "is marked as a test", nil
            ),
            ("MX 10 mail.example.com. ; secure", "MX NODATA", .caution, "no MX record", "example.com. IN MX 0 ."),
        ] as [(String, String, Severity, String, String?)])
    func whatIsWrongIsNamed(_ from: String, _ to: String, _ severity: Severity, _ words: String, _ record: String?)
        async throws
    {
        let found = try await problems(Self.sound.replacing(from, with: to))
        #expect(
            found.contains {
                $0.severity == severity && $0.sentence.description.contains(words) && $0.record == record
            }, "\(found)"
        )
    }

    /// What could not be asked is no problem of the domain.
    @Test(arguments: ["TIMEOUT", "SERVFAIL", "BOGUS"])
    func silenceIsNoProblem(_ outcome: String) async throws {
        let names = [
            "example.com. IN MX", "example.com. IN TXT", "_dmarc.example.com. IN TXT", "_mta-sts.example.com. IN TXT",
        ]
        #expect(try await problems(names.map { "\($0) \(outcome)" }.joined(separator: "\n")).isEmpty)
    }

    @Test func aDomainThatTakesNoMail() async throws {
        let zone = try Zone("example.com. IN MX 0 .\nexample.com. IN TXT \"v=spf1 -all\"")
        let inspection = await DomainInspection(
            of: Domain("example.com"), asking: RecordedResolver(zone), at: Example.time)
        #expect(inspection.takesNoMail && inspection.problems.isEmpty)
    }
}

import DNS
import Mail
import Testing

@testable import Inspection

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

    private func problems(_ zone: String) async throws -> [String] {
        await DomainInspection(of: Domain("example.com"), selectors: ["s"], asking: RecordedResolver(try Zone(zone)))
            .problems.map { "\($0.severity): \($0.sentence.prefix(34)) → \($0.record ?? "")" }
    }

    @Test func aSoundDomainHasNoProblems() async throws { #expect(try await problems(Self.sound).isEmpty) }

    @Test(
        arguments: [
            (
                "\"v=spf1 mx -all\"", "NXDOMAIN",
                "warning: there is no SPF policy: anyone may → example.com. IN TXT \"v=spf1 mx -all\""
            ),
            (
                "v=spf1 mx -all", "v=spf1 mx",
                "caution: the SPF policy does not say what  → example.com. IN TXT \"v=spf1 mx -all\""
            ),
            (
                "v=spf1 mx -all", "v=spf1 +all",
                "warning: the SPF policy lets everybody sen → example.com. IN TXT \"v=spf1 mx -all\""
            ),
            ("v=spf1 mx -all", "v=spf1 oops -all", "warning: the SPF policy is broken: \"oops\"  → "),
            (
                "\"v=DMARC1; p=reject; rua=mailto:a@example.com\"", "NXDOMAIN",
                "warning: there is no DMARC policy: nobody  → _dmarc.example.com. IN TXT \"v=DMARC1; p=none; rua=mailto:dmarc@example.com\""
            ),
            (
                "; rua=mailto:a@example.com\"\n_dmarc.com", "\"\n_dmarc.com",
                "note: the DMARC policy wants no reports: → "
            ),
            ("IN A 192.0.2.25", "IN A NODATA", "warning: mail.example.com, which takes its  → "),
            ("AABBCCDD ; secure", "AABBCCDD ; insecure", "caution: the TLSA record of mail.example. → "),
            (
                "MX 10 mail.example.com. ; secure", "MX NODATA",
                "caution: there is no MX record; if it takes → example.com. IN MX 0 ."
            ),
        ])
    func whatIsWrongIsNamed(_ from: String, _ to: String, _ expected: String) async throws {
        let found = try await problems(Self.sound.replacing(from, with: to))
        let start = expected.prefix { $0 != "→" }.prefix(40)
        #expect(
            found.contains {
                $0.hasPrefix(start)
                    && $0.hasSuffix(expected.split(separator: "→").last.map { String($0.dropFirst()) } ?? "")
            }, "\(found)")
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
        let inspection = await DomainInspection(of: Domain("example.com"), asking: RecordedResolver(zone))
        #expect(inspection.takesNoMail && inspection.problems.isEmpty)
    }
}

import Foundation
import Testing

/// Which message of an input a report is about, whom it protects, and what it lists for elsewhere.
@Suite(.enabled(if: Command.binary != nil, "skipped: BACKSTAMP_BINARY is not set; scripts/test sets it"))
struct SubjectTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardized
        .path

    private static let forward = """
        From: Ann <ann@example.com>
        Subject: Fwd: odd
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary=b

        --b

        Is this real?
        --b
        Content-Type: message/rfc822

        From: "security@example.com" <x@example.net>
        Subject: Pay now

        Pay at https://example.net/pay
        --b--
        """

    private func report(_ options: [String], _ input: String) throws -> [String: Any] {
        let output = try Command(["inspect", "--offline", "--format", "json"] + options, input: input).output
        return try #require(JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any])
    }

    private func subject(_ report: [String: Any]) -> String? {
        ((report["identities"] as? [String: Any])?["subject"] as? [String: Any])?["value"] as? String
    }

    @Test(arguments: [
        ([], "part 2", "Pay now"), (["--inner"], "part 2", "Pay now"), (["--outer"], "whole", "Fwd: odd"),
    ])
    func forwardsAreAboutWhatTheyCarry(_ options: [String], _ subject: String, _ title: String) throws {
        let report = try report(options, Self.forward)
        #expect(report["subject"] as? String == subject)
        #expect(self.subject(report) == title)
        let others = try #require(report["others"] as? [[String: Any]])
        #expect(others.count == 1)
        let json = try JSONSerialization.data(withJSONObject: report)
        let validated = try Command(
            [Self.root + "/scripts/validate-reports", Self.root + "/docs/report-1.schema.json"],
            program: "/usr/bin/python3", input: String(decoding: json, as: UTF8.self))
        #expect(validated.status == 0, "\(validated.errors)")
    }

    /// An innocent message around it hides nothing: its warning is on the first screen, and counts for the status.
    @Test func warningsInsideAreToldFirst() throws {
        let told = try Command(["inspect", "--offline", "--outer", "--fail-on", "warning"], input: Self.forward)
        #expect(told.status == 1)
        let first = told.output.prefix { $0 != "…" }.components(separatedBy: "What to do")[0]
        #expect(first.contains("The message inside (part 2)") && first.contains("reads like an address at"))
    }

    @Test func pastedHeadersAreRecovered() throws {
        let text =
            "Subject: help\n\nI got this:\n\n> From: <x@example.net>\n> Subject: Pay\n> Date: Fri, 20 Nov 2026 09:00:00 +0000\n>\n> now\n"
        let report = try report(["--from-body"], text)
        #expect(report["subject"] as? String == "pasted" && subject(report) == "Pay")
        let none = try Command(["inspect", "--offline", "--from-body"], input: "Subject: x\n\nnothing here\n")
        #expect(none.status == 3 && none.errors.contains("--from-body"))
        let two = try Command(["inspect", "--inner", "--outer"], input: Self.forward)
        #expect(two.status == 2 && two.errors.contains("exclude"))
    }

    @Test func protectedDomainsAreGuarded() throws {
        let text = "From: <a@contoso-pay.com>\n\nhello\n"
        let report = try report(["--protect", "contoso.com,example.com"], text)
        #expect(report["protected"] as? [String] == ["contoso.com", "example.com"])
        #expect(
            (report["findings"] as? [[String: Any]])?.contains { $0["check"] as? String == "cousin-domain" } == true)
        #expect(try Command(["inspect", "--protect", "not a domain"], input: text).status == 2)
    }

    /// As text nothing can be clicked; in the bundle everything is raw.
    @Test func indicatorsAreDefanged() throws {
        let text = try Command(["inspect", "--offline", "--format", "ioc"], input: Self.forward).output
        #expect(text.contains("url         hxxps://example[.]net/pay  (link)"))
        #expect(!text.contains("https://") && !text.contains("example.net"))
        let bundle = try Command(["inspect", "--offline", "--format", "stix"], input: Self.forward).output
        let json = try #require(JSONSerialization.jsonObject(with: Data(bundle.utf8)) as? [String: Any])
        let objects = try #require(json["objects"] as? [[String: Any]])
        #expect(
            objects.contains { $0["type"] as? String == "url" && $0["value"] as? String == "https://example.net/pay" })
        #expect(objects.contains { $0["type"] as? String == "observed-data" })
    }
}

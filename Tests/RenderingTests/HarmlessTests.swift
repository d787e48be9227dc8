import Authentication
import Checks
import DNS
import DomainAudit
import Inspection
import Mail
import Phrases
import Testing

@testable import Rendering

/// Whatever stands in a message, in DNS or in the name of a file: no output holds a byte that steers a terminal or an eye.
struct HarmlessTests {
    /// What a sender may try: each control character as it is and as UTF-8 has those of its second page, marks that turn text
    /// around, characters without a width, bytes that are no UTF-8, and the sequences that terminals obey.
    static let tries: [[UInt8]] = {
        var tries = (1...31).filter { $0 != 10 && $0 != 13 }.map { [UInt8($0)] } + [[0x7F]]
        tries += (0x80...0x9F).map { [0xC2, UInt8($0)] } + (0x80...0x9F).map { [UInt8($0)] }
        tries += ["\u{AD}", "\u{200B}", "\u{200E}", "\u{202A}", "\u{202E}", "\u{2066}", "\u{2069}", "\u{FEFF}"]
            .map { Array($0.utf8) }
        tries += ["\u{2028}", "\u{2029}", "\u{FE0F}", "\u{E0041}", "\u{E000}", "\u{FFFE}"].map { Array($0.utf8) }
        tries += [[0xC0, 0x9B], [0xED, 0xA0, 0x80], [0xF8], [0xE2, 0x80]]
        tries += ["\u{1B}c", "\u{1B}[8m", "\u{1B}]8;;http://a.test\u{7}x", "\u{1B}P0$q\u{1B}\\"].map { Array($0.utf8) }
        return tries
    }()

    /// A message in which every field and every part has the bytes in it, `@@` standing for them.
    private static let message = """
        Return-Path: <bounce@@@bounce@@.example>
        Received: from hello@@.example (name@@.example [192.0.2.1]) (Auth@@ user=u@@) by mx@@.example.net
         (Post@@fix) with ESMTP@@S id 4@@7 for <b@@@example.net>; Fri, 20 Nov 2026 09:00:00 +0000 (@@)
        Received: from x by relay@@.example (using TLSv1.3 with cipher A@@B); Fri, 20 Nov 2026 08:00:00 +0000
        Authentication-Results: mx@@.example.net; spf=pa@@ss smtp.mailfrom=a@b@@.example; dkim=pass header.d=d@@.example
        Received-SPF: fail (mx.example.net: a@@b) client-ip=192.0.2.1; envelope-from="a@@@b.example"
        DKIM-Signature: v=1; a=rsa-sha256; d=signer@@.example; s=sel@@; h=from@@:to; bh=AAAA; b=BBBB; z=Subject:a@@b
        ARC-Seal: i=1; a=rsa-sha256; cv=n@@; d=seal@@.example; s=s; b=AAAA
        ARC-Message-Signature: i=1; a=rsa-sha256; d=seal@@.example; s=s@@; h=from; bh=AAAA; b=AAAA
        ARC-Authentication-Results: i=1; mx@@.example; spf=pass
        X-Greylist: delayed @@ seconds
        X-Spam-Flag: YES@@
        X-Forefront-Antispam-Report: CIP:1@@;SFV:SPM@@;SCL:9
        X-Originating-IP: [192@@.0.2.1]
        List-Id: list@@ <list.li@@st.example>
        From: "Na@@me@@" <loc@@al@dom@@ain.example>, =?utf-8?Q?a@@b?= <x@two@@.example>
        Sender: s@@ <s@send@@er.example>
        Reply-To: r@@ <r@re@@ply.example>
        To: t@@ <t@@@to@@.example>
        Disposition-Notification-To: <q@re@@ceipt.example>
        Subject: Sub@@ject
        Date: Fri, 20 Nov 2026 @@ 09:00:00 +0000
        Message-ID: <le@@ft@ri@@ght.example>
        X-@@-Field: x
        MIME-Version: 1.0@@
        Content-Type: multipart/mixed; boundary="b"; x@@y=1

        pre@@amble
        --b
        Content-Type: text/html; charset=utf-8@@

        <p style="display:none">hid@@den</p><a href="http://li@@nk.example/a@@b">www.sho@@wn.example</a>
        <form action="http://form@@.example/"><input type="password" name="p@@"></form><script>eval(@@)</script>
        --b
        Content-Type: application/x-@@; name="na@@me.exe"
        Content-Disposition: attachment; filename*=utf-8''b%1Bc@@.pdf.exe

        MZ@@
        --b
        Content-Type: text/calendar; method=REQUEST

        BEGIN:VCALENDAR
        METHOD:RE@@QUEST
        BEGIN:VEVENT
        SUMMARY:Sum@@mary
        ORGANIZER:mailto:o@@@org.example
        ATTENDEE:mailto:a@@@b.example
        END:VEVENT
        END:VCALENDAR
        --b
        Content-Type: text/plain; charset=k@@lingon
        Content-Transfer-Encoding: ba@@se64

        Received: from a@@
        --b--
        epi@@logue

        """

    private static func filled(_ text: String, with bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let mark = rest.firstIndex(of: UInt8(ascii: "@")) {
            result += rest[..<mark]
            let isMark = rest[mark...].starts(with: "@@".utf8)
            if isMark { result += bytes } else { result.append(rest[mark]) }
            rest = rest[(mark + (isMark ? 2 : 1))...]
        }
        return result + rest
    }

    /// Lines end, and pages keep tabs; nothing else steers.
    static func isHarmless(_ text: String, tabs: Bool = false) -> Bool {
        text.unicodeScalars.allSatisfy { !$0.steers || $0 == "\n" || (tabs && $0 == "\t") }
    }

    @Test(arguments: Language.all)
    func nothingSteers(_ language: Language) async throws {
        let zone = try Zone(
            """
            $TIME 2026-11-20T10:00:00Z
            domain.example. IN TXT "v=spf1 exists:a\u{1B}b -all"
            sel._domainkey.signer.example. IN TXT "v=DKIM1; k=r\u{1B}sa; p=AAAA"
            """)
        // Several at a time, apart from one another: each report looks at everything.
        let groups = stride(from: 0, to: Self.tries.count, by: 8).map { start in
            Array(Self.tries[start..<min(start + 8, Self.tries.count)].joined(separator: Array("x".utf8)))
        }
        for bytes in groups {
            let name = String(decoding: bytes, as: UTF8.self)
            let message = Message(Source(Self.filled(Self.message, with: bytes)))
            let inspection = await Inspection(
                of: message, asking: RecordedResolver(zone), at: Example.time,
                protecting: [Domain("prot\(name)ected.example")], blocklists: Blocklist.standard)
            let report = Report(inspection)
            var appearance = Appearance()
            appearance.language = language
            appearance.isVerbose = true
            appearance.showsAllHops = true
            appearance.inputName = "in\(name)put.eml"
            for format in Format.allCases {
                let text = report.written(as: format, appearance)
                #expect(Self.isHarmless(text, tabs: format == .html), "\(format) of \(bytes)")
            }
            let found = try #require(inspection.authentications)
            let outcomes: [Verification.Outcome] =
                [.dkim(found.signatures), .arc(found.chain)] + found.policies.map { .dmarc($0) }
            for outcome in outcomes {
                for format in [ResultFormat.plain, .json] {
                    let text = Verification(outcome, inspection.transcript).written(as: format, width: 80, in: language)
                    #expect(Self.isHarmless(text), "\(outcome) as \(format)")
                }
            }
        }
    }

    @Test(arguments: Language.all)
    func nothingInDNSSteers(_ language: Language) async throws {
        for bytes in Self.tries where String(validating: bytes, as: UTF8.self) != nil && !bytes.contains(0x22) {
            let text = String(decoding: bytes, as: UTF8.self)
            guard
                let zone = try? Zone(
                    """
                    $TIME 2026-11-20T10:00:00Z
                    example.com. IN MX 10 m\(text)x.example.com.
                    example.com. IN TXT "v=spf1 include:a\(text)b.example exp=e\(text).example -all"
                    s._domainkey.example.com. IN TXT "v=DKIM1; k=r\(text)sa; p=AA\(text)AA"
                    _dmarc.example.com. IN TXT "v=DMARC1; p=rej\(text)ect; rua=mailto:a\(text)@b"
                    """)
            else { continue }
            let resolver = RecordedResolver(zone)
            let domain = await DomainInspection(
                of: Domain("example.com"), selectors: ["s", "t\(text)"], asking: resolver, at: Example.time)
            let spf = await SPF.evaluate(
                SPF.Request(
                    client: try #require(IPAddress("192.0.2.1")), mailFrom: "a\(text)@example.com", hello: "h\(text)"),
                asking: resolver)
            for format in ResultFormat.allCases {
                let report = DomainReport(domain, in: language).written(as: format, width: 80)
                #expect(Self.isHarmless(report), "domain as \(format), \(bytes)")
                let result = Verification(.spf(spf), []).written(as: format, width: 80, in: language)
                #expect(Self.isHarmless(result), "spf as \(format), \(bytes)")
            }
        }
    }
}

import Content
import Delivery
import Glibc
import Inspection
import Mail
import Redaction

/// Inputs made to exhaust a parser, each growing with `n`; the names are those of the catalogue of such traps.
enum Linear {
    struct Trap: Sendable {
        let name: String
        let input: @Sendable (_ n: Int) -> String
        /// Whether the message is redacted, not reported on.
        var isRedacted = false

        init(name: String, input: @escaping @Sendable (_ n: Int) -> String) { (self.name, self.input) = (name, input) }

        init(redacting name: String, input: @escaping @Sendable (_ n: Int) -> String) {
            self.init(name: name, input: input)
            isRedacted = true
        }

        func run(_ bytes: [UInt8]) {
            if isRedacted { _ = Redaction(of: Source(bytes)).bytes } else { _ = Linear.read(bytes) }
        }
    }

    private static let base = "From: a@example.com\nMIME-Version: 1.0\n"

    private static let html = base + "Content-Type: text/html\n\n"

    private static let card = base + "Content-Type: text/calendar\n\nBEGIN:VCALENDAR\nBEGIN:VEVENT\n"

    private static func file(_ name: String, _ body: String) -> String {
        base + "Content-Type: application/octet-stream; name=\(name)\n\n" + body
    }

    private static func file(_ name: String, _ bytes: [UInt8]) -> String {
        base + "Content-Type: application/octet-stream; name=\(name)\nContent-Transfer-Encoding: base64\n\n"
            + Archive.base64(bytes)
    }

    private static func repeated(_ n: Int, _ piece: (Int) -> String) -> String {
        var text = ""
        for index in 0..<n { text += piece(index) }
        return text
    }

    static let traps: [Trap] = [
        Trap(name: "R01-multiparts") { n in
            repeated(n) { "Content-Type: multipart/mixed; boundary=b\($0)\n\n--b\($0)\n" } + "\nx\n"
        },
        Trap(name: "R01-messages") { n in repeated(n) { _ in "Content-Type: message/rfc822\n\n" } + "\nx\n" },
        Trap(name: "R01-alternating") { n in
            repeated(n) {
                "Content-Type: multipart/mixed; boundary=b\($0)\n\n--b\($0)\nContent-Type: message/rfc822\n\n"
            }
        },
        Trap(name: "R02-parts") { n in
            base + "Content-Type: multipart/mixed; boundary=b\n\n" + repeated(n) { _ in "--b\n" }
        },
        Trap(name: "R02-inner-boundaries") { n in
            base + "Content-Type: multipart/mixed; boundary=b\n\n"
                + repeated(n) { "--b\nContent-Type: multipart/mixed; boundary=c\($0)\n\nx\n" }
        },
        Trap(name: "R03-candidates") { n in
            repeated(50) { "Content-Type: multipart/mixed; boundary=b\($0)\n\n--b\($0)\n" } + "\n"
                + repeated(n) { "--bX\($0)\n--b\($0 % 50)x\n" }
        },
        Trap(name: "R03-long-boundary") { n in
            let boundary = String(repeating: "b", count: 2000)
            return base + "Content-Type: multipart/mixed; boundary=\(boundary)\n\n"
                + repeated(n) { _ in "--\(boundary.dropLast())x\n" }
        },
        Trap(name: "R03-dashes") { n in
            base + "Content-Type: multipart/mixed; boundary=b\n\n--b\n\n" + repeated(n) { _ in "--\n" }
        },
        Trap(name: "style-rules") { n in
            html + "<style>" + repeated(n) { ".a\($0){display:none}" } + "</style>"
                + repeated(n) { "<p class=a\($0)>x" }
        },
        Trap(name: "style-selectors") { n in
            html + "<style>" + repeated(n) { ".a\($0)," } + "p{display:none}</style><p>x"
        },
        Trap(name: "style-comments") { n in html + "<style>" + repeated(n) { _ in "/*" } + "</style><p>x" },
        Trap(name: "style-braces") { n in html + "<style>" + repeated(n) { _ in "p{" } + "</style><p>x" },
        Trap(name: "style-elements") { n in html + repeated(n) { ".a\($0)<style>p{display:none}</style>" } },
        Trap(name: "R17-open-elements") { n in html + repeated(n) { _ in "<div>" } + repeated(n) { _ in "</i>" } },
        Trap(name: "R17-open-tags") { n in html + repeated(n) { _ in "<a " } },
        Trap(name: "R17-open-quotes") { n in html + repeated(n) { _ in "<a b='" } },
        Trap(name: "R17-open-comments") { n in html + repeated(n) { _ in "<!--" } },
        Trap(name: "R17-open-scripts") { n in html + repeated(n) { _ in "<script><!--<script>" } },
        Trap(name: "R17-conditional-comments") { n in html + repeated(n) { _ in "<!--[if mso]><b><![endif]-->" } },
        Trap(name: "R18-attributes") { n in html + "<p" + repeated(n) { " a\($0)=1" } + ">" },
        Trap(name: "R18-entities") { n in html + "<a href='" + repeated(n) { _ in "&amp;&#x41;&notit;" } + "'>x</a>" },
        Trap(name: "R18-styles") { n in html + "<style>" + repeated(n) { _ in "p{a:url(x);@import 'y'}/*" } },
        Trap(name: "R18-hidden-texts") { n in html + repeated(n) { _ in "<p style='font-size:0'>x</p>y" } },
        Trap(name: "R18-srcdoc") { n in html + repeated(n) { _ in "<iframe srcdoc='<a href=x>y</a>'></iframe>" } },
        Trap(name: "R20-entries") { n in file("a.zip", Archive.zip(entries: n)) },
        Trap(name: "R20-members") { n in file("a.gz", Archive.gzip(members: n)) },
        Trap(name: "pdf-names") { n in
            file("a.pdf", "%PDF-1.4\n" + repeated(n) { _ in "/U#52I(http://a)/ObjStm stream\n" })
        },
        Trap(name: "calendar-lines") { n in card + repeated(n) { _ in "URL:http://a.example\n" } },
        Trap(name: "calendar-folds") { n in card + "X:" + repeated(n) { _ in "http://a\n " } },
        Trap(name: "R31-pictures") { n in
            html + repeated(n) { _ in "<img src='data:image/png;base64,\(Archive.picture)'>" }
        },
        Trap(name: "R31-text-codes") { n in
            base + "Content-Type: text/plain; charset=utf-8\n\n" + repeated(n) { _ in "▀▄█▀▄█▀▄█▀▄\n" }
        },
        Trap(name: "R28-candidates") { n in html + "<img srcset='" + repeated(n) { _ in "a 1x, " } + "'>" },
        Trap(name: "R28-text-links") { n in base + "\n" + repeated(n) { _ in "http://a " } },
        Trap(name: "R28-brackets") { n in base + "\nhttp://" + repeated(n) { _ in "(]" } + repeated(n) { _ in ")." } },
        Trap(name: "R28-almost-links") { n in base + "\n" + repeated(n) { _ in "x://www.@www." } },
        Trap(name: "R04-addresses") { n in repeated(n) { "To: a\($0)@example.com\n" } + "\n" },
        Trap(name: "received-hops") { n in
            repeated(n) {
                "Received: from h\($0).example.com (h [192.0.2.1]) by h\($0 + 1).example.com (Postfix) with ESMTPS id 4jX2ZJ2C5Sz23; Fri, 20 Nov 2026 0\($0 % 10):00:00 +0000\n"
            } + "\n"
        },
        Trap(name: "received-marks") { n in
            "Received: from a (" + repeated(n) { _ in "cipher tls helo= envelope-from auth [" }
                + ") by b; Fri, 20 Nov 2026 09:00:00 +0000\n\n"
        },
        Trap(name: "R05-long-field") { n in "Subject: " + repeated(n) { _ in "word " } + "\n\n" },
        Trap(name: "R05-folds") { n in "Subject: x" + repeated(n) { _ in "\n " } + "\n\n" },
        Trap(name: "R06-comments") { n in "From: " + repeated(n) { _ in "(" } + "\n\n" },
        Trap(name: "R06-closed-comments") { n in "From: " + repeated(n) { _ in "(\\()" } + " a@example.com\n\n" },
        Trap(name: "R07-literal") { n in "From: <a@[" + repeated(n) { _ in "1" } + "\n\n" },
        Trap(name: "R08-phrase") { n in "From: " + repeated(n) { _ in "a " } + "<x@example.com>\n\n" },
        Trap(name: "R09-list") { n in "From: " + repeated(n) { "a\($0)@example.com," } + "\n\n" },
        Trap(name: "R10-groups") { n in "From: " + repeated(n) { "a\($0):" } + repeated(n) { _ in ";" } + "\n\n" },
        Trap(name: "R11-continuations") { n in
            "Content-Disposition: attachment" + repeated(n) { "; filename*\($0)=a" } + "\n\n"
        },
        Trap(name: "R11-parameters") { n in "Content-Type: text/plain" + repeated(n) { "; p\($0)=v" } + "\n\n" },
        Trap(name: "R11-duplicates") { n in
            "Content-Type: multipart/mixed" + repeated(n) { "; boundary=b\($0)" } + "\n\n--b1\n\nx\n"
        },
        Trap(name: "R12-encoded-words") { n in "Subject: " + repeated(n) { _ in "=?utf-8?q?a?= " } + "\n\n" },
        Trap(name: "R12-charsets") { n in
            let charsets = ["koi8-r", "utf-8", "windows-1251", "big5"]
            return "Subject: " + repeated(n) { "=?\(charsets[$0 % 4])?b?4eLj?=" } + "\n\n"
        },
        Trap(name: "R12-open-words") { n in "Subject: " + repeated(n) { _ in "=?utf-8?B?" } + "\n\n" },
        Trap(name: "R13-quotes") { n in "From: " + repeated(n) { _ in "\"a\\\"" } + "\n\n" },
        Trap(name: "R14-received") { n in "Received: " + repeated(n) { _ in "from a (b [1.2.3.4]) by " } + "\n\n" },
        Trap(name: "R15-fields") { n in repeated(n) { _ in "a:\n" } + "\n" },
        Trap(name: "R16-base64-line") { n in
            base + "Content-Transfer-Encoding: base64\n\n" + repeated(n) { _ in "QUJD" } + "\n"
        },
        Trap(name: "R16-padding") { n in base + "Content-Transfer-Encoding: base64\n\nQUJD" + repeated(n) { _ in "=" }
        },
        Trap(name: "R16-junk") { n in base + "Content-Transfer-Encoding: base64\n\n" + repeated(n) { _ in "Q!" } },
        Trap(name: "R16-quoted-printable") { n in
            base + "Content-Transfer-Encoding: quoted-printable\n\n" + repeated(n) { _ in "=" }
        },
        Trap(name: "R16-blanks") { n in
            base + "Content-Transfer-Encoding: quoted-printable\n\n" + repeated(n) { _ in "  \n " }
        },
        Trap(name: "R19-escapes") { n in
            base + "Content-Type: text/plain; charset=iso-2022-jp\n\n" + repeated(n) { _ in "\u{1B}$B\u{1B}(B" }
        },
        Trap(name: "R27-received-fields") { n in
            repeated(n) { "Received: from a\($0) by b; Fri, 20 Nov 2026 09:00:00 +0000\n" } + "\n"
        },
        Trap(name: "R29-partials") { n in
            base + "Content-Type: multipart/digest; boundary=b\n\n"
                + repeated(n) { "--b\nContent-Type: message/partial; id=x; number=\($0)\n\n\n" }
        },
        Trap(name: "R30-uuencode") { n in base + "\n" + repeated(n) { "begin 644 f\($0)\n%:&5L;&\\\n`\nend\n" } },
        Trap(name: "R30-open-uuencode") { n in base + "\n" + repeated(n) { "begin 644 f\($0)\n%:&5L;&\\\n" } },
        Trap(name: "R34-marks") { n in "Subject: a" + repeated(n) { _ in "\u{301}" } + "\n\n" },
        Trap(name: "R34-directions") { n in "From: \"" + repeated(n) { _ in "\u{202E}" } + "\" <a@example.com>\n\n" },
        Trap(name: "almost-delimiters") { n in
            base + "Content-Type: multipart/mixed; boundary=b\n\n--b\n\n" + repeated(n) { _ in " --b\n--b x\n" }
        },
        Trap(redacting: "redact-hosts") { n in base + "\n" + repeated(n) { "a\($0).b\($0).example.com " } },
        Trap(redacting: "redact-organisations") { n in base + "\n" + repeated(n) { "x@brand\($0)name.com\n" } },
        Trap(redacting: "redact-local-parts") { n in
            base + "\n" + String(repeating: "a+b=", count: n) + "@example.com\n"
        },
        Trap(redacting: "redact-mentions") { n in base + "\n" + repeated(n) { "@name\($0) " } },
        Trap(redacting: "redact-colons") { n in base + "\n" + String(repeating: "a:", count: n) + "\n" },
        Trap(redacting: "redact-encoded-words") { n in
            "Subject: " + String(repeating: "=?utf-8?q?a?=", count: n) + "\n\n"
        },
        Trap(redacting: "redact-open-words") { n in "Subject: " + String(repeating: "=?", count: n) + "\n\n" },
        Trap(redacting: "redact-addresses") { n in
            base + "\n" + repeated(n) { "10.\($0 >> 16 & 255).\($0 >> 8 & 255).\($0 & 255) " }
        },
        Trap(redacting: "redact-urls") { n in base + "\n" + repeated(n) { "http://x.example/\($0)?a=\($0) " } },
        Trap(name: "stray-lines") { n in base + repeated(n) { _ in "no field\nX: y\n" } + "\n" },
    ]

    /// Everything that Mail has to say about the input, with no limits.
    static func read(_ bytes: [UInt8]) -> Int {
        var limits = Limits()
        // Of depth and of attributes there are limits, for libxml2 is not linear in them.
        let kept: [Limits.Name] = [.encodedMessages, .htmlDepth, .htmlAttributes]
        for name in Limits.Name.allCases where !kept.contains(name) { limits[name] = .max }
        let message = Message(Source(exactly: bytes, limits: limits))
        var count = message.ambiguities.count
        for part in message.parts {
            count += part.fields.reduce(0) { $0 + part.text(of: $1).utf8.count }
            guard part.isLeaf else { continue }
            count += part.contentType.isText ? part.decodedText().utf8.count : part.decoded().bytes.count
            count += part.fileName?.value.utf8.count ?? 0
        }
        count += message[.from].count + message[.to].count + message[.received].count + message[.subject].count
        let contents = Contents(of: message)
        count += contents.links.count + contents.attachments.reduce(0) { $0 + ($1.archive?.entries.count ?? 0) }
        return count + Trace(message).hops.count + (message.date == nil ? 0 : 1)
    }

    /// Prints how user time grows over three doublings of an input that takes 100 ms or more; whether none more than 2.2-fold.
    static func measure(_ trap: Trap) -> Bool {
        var n = 1000
        while userTime({ trap.run(Array(trap.input(n).utf8)) }) < 0.1, trap.input(n).utf8.count < 4 << 20 { n *= 2 }
        var times: [Double] = []
        var sizes: [Int] = []
        for _ in 0..<4 {
            let bytes = Array(trap.input(n).utf8)
            sizes.append(bytes.count)
            times.append((0..<3).map { _ in userTime { trap.run(bytes) } }.min() ?? 0)
            n *= 2
        }
        let ratios = zip(times.dropFirst(), times).map { $1 > 0 ? $0 / $1 : 0 }
        // Ten milliseconds are noise.
        let isLinear = zip(times, ratios).allSatisfy { $0 < 0.01 || $1 <= 2.2 * 1.1 }
        let shown = ratios.map { "\(Double(Int($0 * 100)) / 100)" }.joined(separator: " ")
        print(
            "linear \(trap.name) \(sizes.last ?? 0) bytes \(Double(Int((times.last ?? 0) * 1000)) / 1000) s, by doubling \(shown)\(isLinear ? "" : " NOT LINEAR")"
        )
        return isLinear
    }

    private static func userTime(_ work: () -> Void) -> Double {
        func now() -> Double {
            var usage = rusage()
            getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
            return Double(usage.ru_utime.tv_sec) + Double(usage.ru_utime.tv_usec) / 1e6
        }
        let start = now()
        work()
        return now() - start
    }
}

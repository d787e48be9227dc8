import Inspection
import Mail

/// Words that say nothing of a person: they stay, so that a redacted message can still be read.
enum KnownNames {
    /// Local parts that name a role or a program. RFC 2142, and what mail programs write.
    static let roles: Set<String> = [
        "abuse", "account", "accounts", "admin", "administrator", "alert", "alerts", "billing", "bounce", "bounces",
        "confirm", "contact", "daemon", "do-not-reply", "donotreply", "hello", "help", "helpdesk", "hostmaster", "info",
        "invoice", "invoices", "list", "lists", "mail", "mailer", "mailer-daemon", "mailman", "majordomo", "marketing",
        "news", "newsletter", "newsletters", "no-reply", "nobody", "noc", "noreply", "notification", "notifications",
        "notify", "office", "orders", "owner", "post", "postmaster", "prvs", "reply", "request", "return", "returns",
        "root", "sales", "sender", "service", "shop", "srs0", "srs1", "staff", "subscribe", "support", "system", "team",
        "unsubscribe", "updates", "usenet", "verp", "webmaster", "welcome", "www", "btv1", "msprvs1", "ct",
    ]

    /// Labels that name what a host does.
    private static let labels: Set<String> = [
        "bounce", "bounces", "cdn", "click", "email", "exchange", "gateway", "gw", "host", "image", "images", "img",
        "imap",
        "in", "inbound", "internal", "lists", "list", "local", "localdomain", "localhost", "lan", "corp", "mail",
        "mailer",
        "mailgw", "mailhost", "mailout", "mta", "mx", "news", "newsletter", "ns", "out", "outbound", "pop", "pop3",
        "post",
        "prod", "protection", "relay", "secure", "send", "sender", "server", "smtp", "smtpout", "static", "track",
        "web",
        "webmail", "www", "eur", "nam", "apc", "eop",
    ]

    /// Whether a label of a host's name says only what the host does: `mx1`, `smtp-out`.
    static func isGeneric(label: Substring) -> Bool {
        label.split(separator: "-").allSatisfy { piece in
            let digits = piece.reversed().prefix { $0.isNumber }.count
            let word = piece.dropLast(digits)
            return digits <= 2 && (labels.contains(String(word)) || (word.isEmpty && digits > 0))
        }
    }

    /// The part of a host's name that belongs to a service which carries everybody's mail or pages: it tells who ran the
    /// servers, not who wrote.
    static func serviceName(of host: Domain) -> String? {
        if let name = WellKnown.serviceName(of: host) { return name }
        let own = host.organisational.description
        return services.contains(own) ? own : nil
    }

    private static let services: Set<String> = [
        "amazonses.com", "aol.com", "apple.com", "barracudanetworks.com", "bounces.google.com", "constantcontact.com",
        "cloudmark.com", "exacttarget.com", "exchangelabs.com", "facebook.com", "facebookmail.com", "google.com",
        "googlegroups.com", "hubspotemail.net", "icloud.com", "instagram.com", "linkedin.com", "mailchannels.net",
        "mailchimp.com", "mailgun.org", "mailgun.net", "mandrillapp.com", "mcdlv.net", "mcsv.net", "messagelabs.com",
        "messagingengine.com", "microsoft.com", "microsoftonline.com", "mimecast.com", "mktomail.com", "office.com",
        "office365.com", "onmicrosoft.com", "oraclecloud.com", "outlook.com", "postmarkapp.com", "ppe-hosted.com",
        "pphosted.com", "rsgsv.net", "salesforce.com", "secureserver.net", "sendgrid.net", "sendinblue.com",
        "sparkpostmail.com", "spamhaus.org", "twitter.com", "w3.org", "yahoo.com", "yahoodns.net", "zoho.com",
        "googleusercontent.com", "gstatic.com", "googleapis.com", "xmlsoap.org", "openxmlformats.org", "ietf.org",
        "spamcop.net", "surbl.org", "dnswl.org", "apache.org", "mailer-daemon.org", "spamassassin.org",
        "sourceforge.net",
    ]

    /// Words that stand in display names and say nothing of a person.
    private static let words: Set<String> = [
        "and", "for", "from", "the", "via", "with", "dear", "inc", "ltd", "llc", "gmbh", "bank", "customer",
        "customers",
        "security", "department", "group", "company", "center", "centre", "alert", "notice", "member", "members",
        "user",
        "users", "recipient", "recipients", "undisclosed", "undisclosed-recipients", "message", "delivery", "subsystem",
        "email", "mail", "online", "official", "order", "payment", "payments", "the", "your", "you", "our", "this",
        "that",
        "are", "not", "new", "all", "any", "has", "have", "was", "will", "can", "but", "his", "her", "she", "who",
        "how",
        "desk", "accounting", "accounts", "service", "services", "report", "reports", "daily", "weekly", "monthly",
        "test", "html", "http", "https", "com", "net", "org", "www", "text", "plain", "part", "type", "name", "date",
        "subject", "content", "charset", "version", "mime", "multipart", "mixed", "alternative", "base64", "utf",
        "received", "by", "id", "to", "of", "in", "on", "at", "is", "it", "as", "be", "or", "if", "an", "we", "me",
        "my",
        "no", "so", "do", "up", "us", "re", "fw", "fwd", "esmtp", "smtp", "esmtps", "local", "class", "style", "font",
        "color", "size", "width", "height", "table", "href", "src", "img", "div", "span", "body", "head", "title",
        "script",
        "border", "align", "left", "right", "top", "none", "auto", "white", "black", "blue", "red", "green", "gray",
        "key",
        "sans", "serif", "arial", "normal", "bold", "true", "false", "free", "best", "win", "one", "two", "now", "get",
        "lists", "user", "users", "pass", "fail", "neutral", "softfail", "spf", "dkim", "dmarc", "arc", "auth",
        "header",
    ]

    /// Whether a word is too common to stand for a person.
    static func isCommon(_ word: String) -> Bool {
        let word = word.lowercased()
        return word.count < 3 || roles.contains(word) || words.contains(word) || brands.contains(word)
    }

    /// The names of the services above.
    private static let brands = Set(services.compactMap { $0.split(separator: ".").first.map(String.init) })
        .union(["gmail", "proton", "hotmail", "example"])

    /// `2026-11-20`, `2026-11-20T09`, or a number with a fraction.
    static func isDate(_ word: String) -> Bool {
        if word.utf8.allSatisfy({ $0.isDigit || $0 == UInt8(ascii: ".") }) {
            return word.utf8.count(where: { $0 == UInt8(ascii: ".") }) == 1
        }
        let day = word.prefix { $0 != "T" }
        let parts = day.split(separator: "-", omittingEmptySubsequences: false)
        return parts.count == 3 && parts[0].utf8.count == 4 && parts[1...].allSatisfy { $0.utf8.count == 2 }
            && parts.allSatisfy { $0.utf8.allSatisfy(\.isDigit) } && word.utf8.count <= 13
    }

    /// `TLS_AES_256_GCM_SHA384`, `ECDHE-RSA-AES256-GCM-SHA384`. IANA TLS Cipher Suites
    static func isCipher(_ word: String) -> Bool {
        word.split { $0 == "-" || $0 == "_" || $0 == "." }.allSatisfy { piece in
            let letters = piece.prefix { !$0.isNumber }.uppercased()
            return letters.isEmpty && word.contains("_")
                || [
                    "TLS", "TLSV", "AES", "GCM", "CCM", "CBC", "SHA", "ECDHE", "ECDH", "DHE", "DH", "EDH", "RSA",
                    "ECDSA", "CHACHA", "POLY",
                    "WITH", "DES", "RC", "MD", "P", "X", "CAMELLIA", "NULL", "PSK",
                ].contains(letters)
        }
    }
}

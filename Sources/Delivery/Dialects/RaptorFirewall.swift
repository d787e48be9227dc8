import Mail

/// The smtpd of the Raptor firewall.
struct RaptorFirewall: Dialect {
    let name = "Raptor firewall"
    var samples: [DialectSample] {
        [
            DialectSample(
                "from [192.0.2.68] by fw.example.com via smtpd (for mail.example.com [192.168.1.17]) with SMTP; Fri, 20 Nov 2026 09:00:00 +0000",
                hello: "[192.0.2.68]", address: "192.0.2.68")
        ]
    }

    let marks: [StaticString] = ["via smtpd"]
}

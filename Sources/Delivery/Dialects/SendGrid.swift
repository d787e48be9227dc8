import Mail

/// Twilio SendGrid.
struct SendGrid: Dialect {
    let name = "SendGrid"
    var samples: [DialectSample] {
        [
            DialectSample(
                "from MTI (192.0.2.1) by geopod-ismtpd-1.example (SG) with HTTP id USPP9abc Fri, 20 Nov 2026 09:00:00.608 +0000 (UTC)",
                hello: "MTI", address: "192.0.2.1"),
            DialectSample(
                "by recvd-7fd94c9f47-kndg4 with SMTP id recvd-7fd94c9f47-kndg4-1-663FB96B-13 2026-11-20 09:00:00.812842242 +0000 UTC m=+931202.963259588"
            ),
        ]
    }

    let marks: [StaticString] = ["(sg)", ".sendgrid.net", "by filterdrecv", "by recvd-", "by geopod-"]

    let idHoldsTime = true

    /// The last number but one of the id is the time in hexadecimal.
    func time(inID id: String, near _: DateTime?) -> DateTime? {
        id.split(separator: "-").reversed().lazy.filter { $0.utf8.count == 8 }.compactMap {
            String($0).uppercased().number(base: .base16)
        }
        .first { (1_200_000_000...4_000_000_000).contains($0) }.map { DateTime(seconds: $0) }
    }
}

import Mail

/// IBM gateways, those of z/OS among them; the second "from" is the envelope.
struct IBMGateway: Dialect {
    let name = "IBM gateway"
    var samples: [DialectSample] {
        [
            DialectSample(
                "from localhost by smtp.example.net with IBM ESMTP SMTP Gateway: Authorized Use Only! Violators will be prosecuted for <a@example.net> from <b@example.com>; Fri, 20 Nov 2026 09:00:00 +0000",
                hello: "localhost")
        ]
    }

    let marks: [StaticString] = ["ibm esmtp", "(ibm ", "collabserv.com"]
}

import Mail

/// Salesforce.
struct Salesforce: Dialect {
    let name = "Salesforce"
    var samples: [DialectSample] {
        [
            DialectSample(
                "from 127.0.0.1 (localhost. [127.0.0.1]) by eaas-12 (EaaS) id <dRkNJ0@example.net> for <a@example.net> Fri, 20 Nov 2026 09:00:00 GMT (GMT)",
                hello: "127.0.0.1", name: "localhost", address: "127.0.0.1")
        ]
    }

    let marks: [StaticString] = ["(eaas)", "salesforce.com"]
}

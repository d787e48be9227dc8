import Mail

/// Proofpoint.
struct Proofpoint: Dialect {
    let name = "Proofpoint"
    var samples: [DialectSample] {
        [
            DialectSample(
                "from pps.filterd (host.example.net [127.0.0.1]) by host.example.net (8.16.1.2/8.16.1.2) with SMTP id 27VAw7ZA028548; Fri, 20 Nov 2026 09:00:00 +0000",
                hello: "pps.filterd", name: "host.example.net", address: "127.0.0.1")
        ]
    }

    let marks: [StaticString] = ["ppe hosted", "pphosted.com"]
    var forms: [StaticString] { ["pps.filterd"] }
}

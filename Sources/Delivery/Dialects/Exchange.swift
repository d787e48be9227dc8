import Mail

/// Microsoft Exchange, Exchange Online and Outlook.com.
struct Exchange: Dialect {
    let name = "Exchange"
    var samples: [DialectSample] {
        [
            DialectSample(
                "from SERVER.example.net (2001:db8:408:e6::28) by MAIL.example.net (2001:db8:806:317::17) with Microsoft SMTP Server (version=TLS1_2, cipher=TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384) id 15.20.6792.27; Fri, 20 Nov 2026 09:00:00 +0000",
                hello: "SERVER.example.net", address: "2001:db8:408:e6::28"),
            DialectSample(
                "from hello.example (192.0.2.2) by EDGE.mail.protection.outlook.com (10.233.253.34) with Microsoft SMTP Server id 15.20.6768.30 via Frontend Transport; Fri, 20 Nov 2026 09:00:00 +0000",
                hello: "hello.example", address: "192.0.2.2"),
            DialectSample(
                "from A.example.net ([fe80::d487:484f:c8fd:f891]) by B.example.net ([fe80::d487:484f:c8fd:f891%4]) with mapi id 15.20.6678.025; Fri, 20 Nov 2026 09:00:00 +0000",
                hello: "A.example.net", address: "fe80::d487:484f:c8fd:f891"),
            DialectSample(
                "from A.namprd15.prod.outlook.com (::1) by B.namprd15.prod.outlook.com with HTTPS; Fri, 20 Nov 2026 09:00:00 +0000",
                hello: "A.namprd15.prod.outlook.com", address: "::1"),
        ]
    }

    let marks: [StaticString] = [
        "with microsoft smtp server", "with mapi id", ".prod.outlook.com", ".protection.outlook.com",
    ]

    var speaksHTTPInside: Bool { true }

    func refine(_ hop: inout HopReading, _ line: ReceivedLine) {
        // "with Microsoft SMTP Server": the protocol is not named by its keyword.
        if line.isWord("microsoft", .with) || line.isWord("mapi", .with) {
            hop.transmission = line.received.joined(.with)
        }
    }
}

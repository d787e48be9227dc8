import Mail

/// CommuniGate Pro.
struct CommuniGate: Dialect {
    let name = "CommuniGate Pro"
    var samples: [DialectSample] {
        [
            DialectSample(
                "from name.example ([192.0.2.1] verified) by mx.example.net (CommuniGate Pro SMTP 5.1.13) with ESMTPS id 9837783 for a@example.net; Fri, 20 Nov 2026 09:00:00 +0000",
                hello: "name.example", name: "name.example", address: "192.0.2.1"),
            DialectSample(
                "from [192.0.2.223] (account user@example.edu HELO [10.10.10.10]) by mx.example.edu (CommuniGate Pro SMTP 4.3.7) with ESMTPSA id 88402416 for a@example.edu; Fri, 20 Nov 2026 09:00:00 +0000",
                hello: "[10.10.10.10]", address: "192.0.2.223"),
        ]
    }

    let marks: [StaticString] = ["communigate"]

    func refine(_ hop: inout HopReading, _ line: ReceivedLine) {
        if line.has(" verified)") { hop.helloIsAlsoName() }
        // Without HELO the address in brackets is the client's, not what it said.
        if !line.has("helo "), hop.peer.hello?.value.hasPrefix("[") == true { hop.peer.hello = nil }
    }
}

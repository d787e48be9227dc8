import Mail

/// Yahoo and AOL; NNFMP is what their machines speak among themselves.
struct Yahoo: Dialect {
    let name = "Yahoo"
    var samples: [DialectSample] {
        [
            DialectSample(
                "from 192.0.2.197 (EHLO hello.example) by 10.222.142.150 with SMTPs (version=TLS1_3 cipher=TLS_AES_128_GCM_SHA256); Fri, 20 Nov 2026 09:00:00 +0000",
                hello: "hello.example", address: "192.0.2.197"),
            DialectSample(
                "from [192.0.2.184] by nm2.bullet.mail.example.yahoo.com with NNFMP; 20 Nov 2026 09:00:00 -0000",
                hello: "[192.0.2.184]", address: "192.0.2.184"),
        ]
    }

    let marks: [StaticString] = [".yahoo."]
    var forms: [StaticString] { ["(ehlo "] }

    func wrote(_ line: ReceivedLine) -> Bool {
        line.says(".yahoo.com") && (line.has("(ehlo ") || line.says("nnfmp") || line.says("pod-id"))
            || line.says("with nnfmp") && line.says(".yahoo.") || line.has("(ehlo ") && line.says("with smtps (version")
    }

    var speaksHTTPInside: Bool { true }
}

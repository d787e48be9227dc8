import Mail

/// Barracuda, Mimecast, Forcepoint, Symantec, IronPort, MailChannels, Halon, Cloudmark and other gateways that write plain lines.
struct Gateways: Dialect {
    let name = "filtering gateway"
    let samples = [
        DialectSample(
            "from hello.example (name.example [192.0.2.9]) by barracuda.example.net with ESMTP id SCo6TjhTrzELcj0f (version=TLSv1 cipher=AES128-SHA bits=128 verify=NO); Fri, 20 Nov 2026 09:00:00 +0000",
            hello: "hello.example", name: "name.example", address: "192.0.2.9"),
        DialectSample(
            "from hello.example (192.0.2.9) by host.example.net (SMTP Gateway) with SMTP id 63.58.43953.B11AC5C5; Fri, 20 Nov 2026 09:00:00 +0000",
            hello: "hello.example", address: "192.0.2.9"),
        DialectSample(
            "from hello.example (unknown [192.0.2.9]) by smtp.example.net (Halon) with ESMTPS id 539a1e90-c70a-11ee-8d57-005056a66d10; Fri, 20 Nov 2026 09:00:00 +0000",
            hello: "hello.example", address: "192.0.2.9"),
    ]

    func wrote(_ line: ReceivedLine) -> Bool {
        line.says("barracuda") || line.says("mimecast")
            || line.says("forcepoint") || line.says("(smtp gateway)") || line.says("ironport")
            || line.says("messagelabs")
            || line.says("mailsweep") || line.has("navgw") || line.says("mailchannels") || line.says("trex/")
            || line.says("with ngmta") || line.says("(halon)") || line.says("clearswift") || line.says("by cmsmtp")
    }

    func refine(_ hop: inout Hop, _ line: ReceivedLine) {
        // NAVGW puts the whole clause into brackets: "(from hello [192.0.2.1]) by …".
        guard line.has("navgw"), hop.received?["from"] == nil, let remark = line.received.remarks.first,
            remark.value.hasPrefix("from "),
            case .success(let inner) = line.source.read(Received.self, in: remark.range), let from = inner["from"]
        else { return }
        hop.peer = Peer(from, line.source)
    }
}

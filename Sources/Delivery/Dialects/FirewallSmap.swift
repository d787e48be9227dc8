import Mail

/// smap, the relay of the TIS Firewall Toolkit.
struct FirewallSmap: Dialect {
    let name = "smap"
    var samples: [DialectSample] {
        [
            DialectSample(
                "from unknown(10.0.0.13) by gw.example.net via smap (V2.0); Fri, 20 Nov 2026 09:00:00 +0000",
                hello: "unknown", address: "10.0.0.13")
        ]
    }

    let marks: [StaticString] = ["via smap"]
}

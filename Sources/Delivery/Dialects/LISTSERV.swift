import Mail

/// LISTSERV.
struct LISTSERV: Dialect {
    let name = "LISTSERV"
    var samples: [DialectSample] {
        [
            DialectSample(
                "from LISTS.EXAMPLE.COM by LISTS.EXAMPLE.COM (LISTSERV-TCP/IP release 1.8d) with spool id 102380 for A@LISTS.EXAMPLE.COM; Fri, 20 Nov 2026 09:00:00 +0000",
                hello: "LISTS.EXAMPLE.COM")
        ]
    }

    let marks: [StaticString] = ["(listserv"]
}

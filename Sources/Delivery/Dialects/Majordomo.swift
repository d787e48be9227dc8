import Mail

/// Majordomo, and the listexpand of lists.
struct Majordomo: Dialect {
    let name = "Majordomo"
    var samples: [DialectSample] {
        [
            DialectSample(
                "majordomo@lists.example.org by lists.example.org via listexpand id S230171AbhFJIbY ORCPT <rfc822;a@example.net>; Fri, 20 Nov 2026 09:00:00 +0000"
            )
        ]
    }

    let marks: [StaticString] = ["via listexpand"]
}

package import Mail

/// Providers where anybody can open a mailbox for nothing.
package enum FreeMail {
    private static let domains: Set<String> = [
        "gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "msn.com", "yahoo.com", "ymail.com",
        "rocketmail.com",
        "aol.com", "icloud.com", "me.com", "mac.com", "gmx.de", "gmx.net", "gmx.com", "gmx.at", "gmx.ch", "web.de",
        "freenet.de",
        "t-online.de", "mail.ru", "bk.ru", "list.ru", "inbox.ru", "yandex.ru", "yandex.com", "ya.ru", "rambler.ru",
        "proton.me",
        "protonmail.com", "pm.me", "tutanota.com", "tuta.io", "tuta.com", "zoho.com", "zohomail.com", "fastmail.com",
        "hey.com",
        "mail.com", "email.com", "usa.com", "consultant.com", "qq.com", "foxmail.com", "163.com", "126.com", "sina.com",
        "sina.cn",
        "sohu.com", "aliyun.com", "naver.com", "hanmail.net", "daum.net", "libero.it", "virgilio.it", "tiscali.it",
        "alice.it",
        "orange.fr", "wanadoo.fr", "laposte.net", "free.fr", "sfr.fr", "seznam.cz", "centrum.cz", "wp.pl", "o2.pl",
        "onet.pl",
        "interia.pl", "uol.com.br", "bol.com.br", "terra.com.br", "rediffmail.com", "ukr.net", "i.ua", "abv.bg",
        "mynet.com",
        "inbox.lv", "mail.ee", "bigpond.com", "comcast.net", "att.net", "verizon.net", "sbcglobal.net", "duck.com",
        "mailinator.com",
    ]

    package static func isProvider(_ domain: Domain) -> Bool {
        let name = domain.organisational.description
        if domains.contains(name) { return true }
        // Countries have their own: yahoo.co.uk, hotmail.fr, outlook.de, live.nl.
        let label = name.utf8.prefix { $0 != UInt8(ascii: ".") }
        guard label.count <= 7 else { return false }
        return ["yahoo", "hotmail", "outlook", "live", "gmx", "yandex"].contains(String(Substring(label)))
    }
}

package import Mail

/// Services that lend their name to anybody's pages.
package enum HostingService {
    /// Registered domains of services that make short addresses of long ones, lower case.
    package static let shorteners: Set<String> = [
        "adf.ly", "bit.do", "bit.ly", "bitly.com", "bl.ink", "buff.ly", "clck.ru", "cutt.ly", "cutt.us", "dlvr.it",
        "goo.gl",
        "goo.su", "ht.ly", "is.gd", "j.mp", "kutt.it", "lnkd.in", "lnkiy.in", "n9.cl", "ow.ly", "qrco.de", "rb.gy",
        "rebrand.ly",
        "s.id", "short.gy", "shorturl.at", "shorturl.gg", "snip.ly", "soo.gd", "t.co", "t.ly", "t2m.io", "tiny.cc",
        "tinyurl.com",
        "tr.im", "u.to", "urlz.fr", "v.gd", "vk.cc", "x.co", "x.gd", "zpr.io", "surl.li", "encurtador.com.br",
        "shorte.st", "bitly.ws", "me-qr.com", "qr-codes.io", "linktr.ee", "l.ead.me", "me2.do", "urlr.me", "lc.chat",
    ]

    /// Domains below which, or at which, anybody puts up pages.
    private static let hosts: Set<String> = [
        "firebaseapp.com", "web.app", "pages.dev", "workers.dev", "r2.dev", "netlify.app", "vercel.app",
        "herokuapp.com",
        "github.io", "gitlab.io", "glitch.me", "repl.co", "replit.app", "onrender.com", "fly.dev", "surge.sh",
        "weebly.com",
        "weeblysite.com", "wixsite.com", "wixstudio.com", "webflow.io", "framer.website", "framer.app",
        "godaddysites.com",
        "square.site", "mystrikingly.com", "blogspot.com", "wordpress.com", "000webhostapp.com", "infinityfreeapp.com",
        "azurewebsites.net", "azurestaticapps.net", "azureedge.net", "azurefd.net", "blob.core.windows.net",
        "web.core.windows.net",
        "cloudapp.azure.com", "amazonaws.com", "cloudfront.net", "awsapprunner.com", "amplifyapp.com",
        "storage.googleapis.com",
        "cloudfunctions.net", "run.app", "appspot.com", "translate.goog", "digitaloceanspaces.com",
        "ondigitalocean.app",
        "backblazeb2.com", "wasabisys.com", "linodeobjects.com", "ipfs.io", "dweb.link", "cloudflare-ipfs.com",
        "4everland.app",
        "sites.google.com", "docs.google.com", "forms.gle", "forms.office.com", "jotform.com", "typeform.com",
        "formstack.com",
        "cognitoforms.com", "notion.site", "canva.site", "ngrok.io", "ngrok-free.app", "trycloudflare.com",
        "myshopify.com",
        "duckdns.org", "no-ip.org", "ddns.net", "hopto.org", "zapto.org", "sytes.net", "oraclecloud.com",
        "myqcloud.com",
        "aliyuncs.com", "bubbleapps.io", "softr.app", "carrd.co", "teachable.com", "zendesk.com", "contaboserver.net",
        "cprapid.com", "plesk.page", "vps.ovh.net", "your-server.de",
    ]

    /// Whether anybody can put up a page at this host.
    package static func isOpen(_ domain: Domain) -> Bool { name(of: domain) != nil }

    /// The service's own part of a host's name.
    package static func name(of domain: Domain) -> String? {
        var name = domain.description.utf8[...]
        while let dot = name.firstIndex(of: UInt8(ascii: ".")) {
            let service = String(Substring(name))
            if hosts.contains(service) { return service }
            name = name[name.index(after: dot)...]
        }
        return nil
    }
}

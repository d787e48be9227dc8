import ArgumentParser
import Inspection
import Mail

/// Which lists are asked about a message; none without one of these.
struct BlocklistOptions: ParsableArguments {
    @Flag(
        help: ArgumentHelp(
            "Ask blocklists about the host and the domains of the message. Who runs them, and who runs your resolver, learns which: \(Blocklist.standard.map(\.zone.description).joined(separator: ", "))."
        ))
    var dnsbl = false

    @Option(
        help: ArgumentHelp("Ask this list of addresses; may be repeated, and does without --dnsbl.", valueName: "zone"))
    var dnsblZone: [String] = []

    @Option(help: ArgumentHelp("Ask this list of domains; the same.", valueName: "zone"))
    var dblZone: [String] = []

    func validate() throws {
        for zone in dnsblZone + dblZone where !Domain(zone).isHostName {
            throw ValidationError("A list is named by its zone, such as zen.spamhaus.org, not \"\(zone)\".")
        }
    }

    var lists: [Blocklist] {
        (dnsbl ? Blocklist.standard : []) + dnsblZone.map { Blocklist(Domain($0), of: .addresses) }
            + dblZone.map { Blocklist(Domain($0), of: .domains) }
    }
}

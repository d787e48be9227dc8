import Delivery
package import Mail

/// Domains that are everybody's: providers of free mailboxes, open hosting, makers of short addresses.
package enum WellKnown {
    /// The network of a provider that an address is in, where the provider's servers write no names.
    package static func network(of address: IPAddress) -> AddressBlock? {
        Provider.all.lazy.flatMap(\.blocks).first { $0.contains(address) }
    }

    /// The part of a host's name that is such a service's own; `nil` for the names of others.
    package static func serviceName(of host: Domain) -> String? {
        if let name = HostingService.name(of: host) { return name }
        let own = host.organisational
        return FreeMail.isProvider(host) || HostingService.shorteners.contains(own.description) ? own.description : nil
    }
}

public import Mail

/// Domains that are everybody's: providers of free mailboxes, open hosting, makers of short addresses.
public enum WellKnown {
    /// The part of a host's name that is such a service's own; `nil` for the names of others.
    public static func serviceName(of host: Domain) -> String? {
        if let name = HostingService.name(of: host) { return name }
        let own = host.organisational
        return FreeMail.isProvider(host) || HostingService.shorteners.contains(own.description) ? own.description : nil
    }
}

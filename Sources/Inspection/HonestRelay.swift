import Mail

/// Services that write in somebody's name and say so.
extension Inspection {
    /// Whether the author's name says that a service writes for somebody: it is followed by "(Service)" or "via Service", and the service
    /// is also the Sender, or a list, or one of those that are known to do so.
    package func writesOnBehalf(_ name: String) -> Bool {
        let saysSo = name.contains(ascii: " via ") || (name.hasSuffix(")") && name.contains("("))
        guard saysSo else { return false }
        if !identities.sender.isEmpty || identities.isFromList { return true }
        return identities.authorDomain.map { relays.contains($0.value.organisational.description) } ?? false
    }
}

/// The organisations of services that send what people write in them: documents, tickets, invitations.
private let relays: Set<String> = [
    "google.com", "googlegroups.com", "atlassian.net", "atlassian.com", "github.com", "gitlab.com", "bitbucket.org",
    "slack.com",
    "zoom.us", "calendly.com", "docusign.net", "docusign.com", "dropbox.com", "trello.com", "asana.com", "linkedin.com",
    "sharepointonline.com", "microsoft.com", "zendesk.com", "intercom-mail.com", "discoursemail.com", "launchpad.net",
]

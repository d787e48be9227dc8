import Delivery
import Inspection
import Mail
package import Phrases

/// An item of an option that cannot be read, and what belongs there.
package struct BadItem: Error, Sendable {
    package let item: Words
    package let wanted: Phrase
}

// What users write: an option may be repeated, and may hold several items between commas or blanks. The command line, the page and
// the HTTP interface all read it here.
extension InspectionOptions {
    /// Adds hosts and networks whose Received fields are trusted: `mx.example.net`, `192.0.2.0/24`.
    package mutating func trust(_ text: String) throws(BadItem) {
        for item in Self.items(text) where !trusted.add(item) {
            throw BadItem(item: Words(item, limit: 100), wanted: "a host name or a network such as 192.0.2.0/24")
        }
    }

    /// Adds domains whose imitations the user wants to be told of.
    package mutating func protect(_ text: String) throws(BadItem) {
        for item in Self.items(text) {
            let domain = Domain(item)
            guard domain.isHostName else {
                throw BadItem(item: Words(item, limit: 100), wanted: "a domain such as example.com")
            }
            protected.append(domain)
        }
    }

    /// Adds checks that the user does not want to hear of.
    package mutating func ignore(_ text: String) throws(BadItem) {
        for item in Self.items(text) {
            guard allChecks.contains(where: { $0.about.id == item }) else {
                throw BadItem(item: Words(item, limit: 100), wanted: "the id of a check")
            }
            ignored.insert(item)
        }
    }

    private static func items(_ text: String) -> [String] {
        text.split { ", ;\n\r\t".contains($0) }.map(String.init)
    }
}

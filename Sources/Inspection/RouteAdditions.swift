import Delivery
package import Mail
package import Phrases

extension Inspection {
    /// What other fields say of the way: the client that a web service names, the sender behind a rewritten one, resent copies.
    package var routeAdditions: [(name: HeaderField.Name, value: Phrase, range: ByteRange)] {
        var found: [(name: HeaderField.Name, value: Phrase, range: ByteRange)] = []
        for name in ["X-Originating-IP", "X-Sender-IP", "X-Client-IP", "X-Source-IP"] as [HeaderField.Name] {
            for field in message.fields(named: name).prefix(3) {
                found.append((name, "\(words: message.source.text(field.value, limit: 80)) (claimed)", field.value))
            }
        }
        if let path = identities.returnPath?.mailbox?.value, let sender = RewrittenSender(path) {
            found.append(("Return-Path", "\(term: sender.scheme) for \(words: sender.address)", path.address))
        }
        let copies = message.fields(named: "X-Received").count
        if copies > 0, let field = message.fields(named: "X-Received").first {
            found.append(("X-Received", "\(copies) more inside one provider", field.value))
        }
        for field in message.fields(named: "Resent-From").prefix(3) {
            found.append(("Resent-From", "\(words: message.source.text(field.value, limit: 80))", field.value))
        }
        return found
    }
}

package import Mail

/// Who the message says it is from, and where it says answers and bounces go.
package final class Identities: Sendable {
    /// Every mailbox of every From field, in order.
    package let from: [Located<Mailbox>]
    package let fromFields: [HeaderField]
    package let sender: [Located<Mailbox>]
    package let replyTo: [Located<Mailbox>]
    /// Each Return-Path field: read, or why it cannot be.
    package let returnPaths: [(field: HeaderField, path: Result<ReturnPath, SyntaxError>)]
    /// Those of To and Cc, a hundred at the most.
    package let recipients: [Located<Mailbox>]
    package let subjects: [Located<String>]
    /// The domains of From, Reply-To and Sender, in this order.
    package let sendingDomains: [Located<Domain>]
    /// Authors' names and subjects, each with what it is, that have more in them than printable ASCII.
    package let unplainTexts: [(what: String, text: Located<String>)]
    package let messageIDs: [(field: HeaderField, id: Result<MessageID, SyntaxError>)]
    /// Each DKIM signature that could be read; none of them is verified here.
    package let signatures: [(field: HeaderField, signature: DKIMSignature)]
    /// Address fields with more addresses than are read.
    package let limitHits: [LimitHit]
    /// Whether a mailing list says that it passed the message on. RFC 2369, RFC 2919
    package let isFromList: Bool
    /// Whether the message says that a program wrote it in answer to another. RFC 3834 §5, RFC 3464
    package let isAutomatic: Bool

    package init(_ message: Message) {
        typealias Lists = [(field: HeaderField, value: AddressList)]
        func mailboxes(_ lists: Lists) -> [Located<Mailbox>] { lists.flatMap(\.value.mailboxes) }
        let (authors, senders, answers) = (message.values(.from), message.values(.sender), message.values(.replyTo))
        let (to, copies): (Lists, Lists) = (message.values(.to), message.values(.cc))
        func all<Value>(_ field: Field<Value>) -> [(HeaderField, Result<Value, SyntaxError>)] {
            message.fields(named: field.name).map {
                ($0, message.source.read(Value.self, in: $0.value, charset: message.headerCharset))
            }
        }
        from = mailboxes(authors)
        limitHits = [authors, senders, answers, to, copies].flatMap { $0.compactMap(\.value.limitHit) }
        fromFields = message.fields(named: Field<AddressList>.from.name)
        sender = mailboxes(senders)
        replyTo = mailboxes(answers)
        recipients = Array((mailboxes(to) + mailboxes(copies)).prefix(100))
        subjects = message.values(.subject).map(\.value.text)
        sendingDomains = [from, replyTo, sender].flatMap { $0.compactMap(\.value.domain) }
        let texts =
            from.compactMap(\.value.displayName).map { ("sender's name", $0) } + subjects.map { ("subject", $0) }
        unplainTexts = texts.filter { !$0.1.value.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F } }
        returnPaths = all(.returnPath).map { (field: $0.0, path: $0.1) }
        messageIDs = all(.messageID).map { (field: $0.0, id: $0.1) }
        signatures = message.values(.dkimSignature).map { (field: $0.field, signature: $0.value) }
        let names: [HeaderField.Name] = ["List-Id", "List-Post", "List-Unsubscribe", "List-Help", "Mailing-List"]
        isFromList =
            names.contains { !message.fields(named: $0).isEmpty }
            || message.values(.precedence).contains { ["list", "bulk"].contains($0.value.text.value.lowercased()) }
        let root = message.parts.first?.contentType
        isAutomatic =
            root?.mediaType == "multipart/report"
            || message.values(.autoSubmitted).contains { $0.value.text.value.lowercased() != "no" }
    }

    /// The first mailbox of the first From field: whom mail programs show.
    package var author: Located<Mailbox>? { from.first }
    package var authorDomain: Located<Domain>? { author?.value.domain }

    /// The envelope's sender, if the topmost Return-Path can be read.
    package var returnPath: ReturnPath? { try? returnPaths.first?.path.get() }
}

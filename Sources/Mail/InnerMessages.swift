extension Message {
    /// The messages that stand in this one as parts and in no other between, each to be looked at by itself: its ranges lead to
    /// the whole input.
    public func inner(atMost limit: Int = 10) -> [(part: Int, message: Message)] {
        var found: [(part: Int, message: Message)] = []
        /// For each part whether it stands inside of a message that is found.
        var isInside = [Bool](repeating: false, count: parts.count)
        for part in parts {
            if let parent = part.parent, isInside.indices.contains(parent), isInside.indices.contains(part.index) {
                isInside[part.index] = isInside[parent]
            }
            guard part.isMessage, !part.body.isEmpty, isInside.indices.contains(part.index), !isInside[part.index]
            else {
                continue
            }
            isInside[part.index] = true
            guard found.count < limit else { break }
            found.append((part.index, Message(Source(inside: part, isPasted: false))))
        }
        return found
    }

    /// The message that somebody has pasted into the text of this one, headers and all; `nil` when there is none.
    public var pastedInBody: Message? {
        for part in parts.prefix(100) where part.isLeaf && part.contentType.mediaType == "text/plain" {
            let message = Message(Source(inside: part, isPasted: true))
            let names: [HeaderField.Name] = ["Received", "From", "Message-ID", "Date", "Return-Path"]
            let known = names.count { !message.fields(named: $0).isEmpty }
            if known >= 2 { return message }
        }
        return nil
    }

    /// Whether this message does little but carry another: that one part, and little text of its own. A report on a delivery is none.
    public var isPlainForward: Bool {
        guard let root = parts.first, root.contentType.mediaType != "multipart/report" else { return false }
        let carried = inner(atMost: 2)
        guard carried.count == 1, let one = carried.first else { return false }
        var own = 0
        for part in parts where part.isLeaf && part.index < one.part {
            guard part.contentType.isText else { return false }
            own = own.addingClamped(part.body.count)
        }
        // What follows the message may be the footer of a list, and no file.
        let after = parts.filter { $0.parent == parts[one.part].parent && $0.index > one.part && $0.isLeaf }
        return own <= 2000 && after.allSatisfy { $0.contentType.isText && $0.body.count <= 2000 }
    }
}

extension Part {
    /// Whether its body is a message. RFC 2046 §5.2.1, RFC 6532 §3.7
    public var isMessage: Bool { ["message/rfc822", "message/global"].contains(contentType.mediaType) }
}

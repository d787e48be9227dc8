import Delivery
import Glibc
import Inspection
import Mail

/// The parse benchmark's work: every message of an mbox that is in memory.
enum Parse {
    struct Count {
        var bytes = 0
        var messages = 0
        var parts = 0
        var fields = 0
        /// Bytes of decoded bodies.
        var decoded = 0
        /// Bytes of decoded header values.
        var text = 0

        mutating func add(_ fact: Located<String>?) { text += fact?.value.utf8.count ?? 0 }
    }

    /// The tree and every field's range.
    static func index(_ bytes: [UInt8]) -> Count {
        var count = Count()
        forEachMessage(bytes) { message in
            count.messages += 1
            count.parts += message.parts.count
            for part in message.parts { count.fields += part.fields.count }
        }
        count.bytes = bytes.count
        return count
    }

    /// All header values decoded, all bodies transfer-decoded, texts in UTF-8.
    static func full(_ bytes: [UInt8]) -> Count {
        var count = Count()
        forEachMessage(bytes) { message in
            count.messages += 1
            for part in message.parts {
                count.parts += 1
                count.fields += part.fields.count
                for field in part.fields { count.text += part.text(of: field).utf8.count }
                guard part.isLeaf else { continue }
                count.decoded += part.contentType.isText ? part.decodedText().utf8.count : part.decoded().bytes.count
            }
            _ = message[.from]
            _ = message.date
        }
        count.bytes = bytes.count
        return count
    }

    /// The route of every message: how many hops, and how long is what they say that the peer tells too.
    static func routes(_ messages: [[UInt8]]) -> Count {
        var count = Count()
        for message in messages {
            count.messages += 1
            let trace = Trace(Message(Source(exactly: message)))
            count.fields += trace.hops.count + trace.skipped.count + trace.unparsed.count
            for hop in trace.hops {
                count.add(hop.peer.hello)
                count.add(hop.by)
                count.add(hop.via)
                count.add(hop.transmission)
                count.add(hop.id)
                count.add(hop.recipient)
                count.add(hop.envelopeFrom)
            }
        }
        return count
    }

    static func messages(_ bytes: [UInt8]) -> [[UInt8]] {
        var messages: [[UInt8]] = []
        forEachRange(bytes) { messages.append(Array(bytes[$0])) }
        return messages
    }

    private static func forEachMessage(_ bytes: [UInt8], _ body: (Message) -> Void) {
        forEachRange(bytes) { body(Message(Source(exactly: Array(bytes[$0])))) }
    }

    private static func forEachRange(_ bytes: [UInt8], _ body: (ByteRange) -> Void) {
        var position = bytes.firstOffset(of: .lineFeed, in: 0..<bytes.count).map { $0 + 1 } ?? bytes.count
        while position < bytes.count {
            let end = separator(bytes, from: position)
            body(position..<end)
            position =
                bytes.firstOffset(of: .lineFeed, in: min(end + 1, bytes.count)..<bytes.count).map { $0 + 1 }
                ?? bytes.count
        }
    }

    /// The end of the line before the next "From " that an empty line precedes.
    private static func separator(_ bytes: [UInt8], from start: Int) -> Int {
        bytes.firstOffset(of: "\n\nFrom ", in: start..<bytes.count).map { $0 + 1 } ?? bytes.count
    }
}

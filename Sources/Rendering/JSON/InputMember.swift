import Content
import DNS
import Checks
import Delivery
import Inspection
import Mail
import Phrases

/// The input, and what the user said of its delivery.
extension JSONRenderer {
    func putInput(_ out: inout JSONWriter) {
        let message = inspection.message
        let repairs = source.repairs
        out.put("input") { out in
            out.put("name", appearance.inputName?.printable)
            out.put("size", source.given.count)
            out.put("headerOnly", message.isHeaderOnly)
            out.put("sent", inspection.isSent)
            out.put("byteExact", source.isByteExact)
            out.put("repairCount", repairs.count)
            out.put("repairs", repairs.prefix(Self.maximum)) { out, repair in
                out.object { out in
                    out.put("kind", repair.kind.rawValue)
                    out.put("start", repair.given.lowerBound)
                    out.put("end", repair.given.upperBound)
                    out.put("read", String(decoding: source.bytes[repair.read], as: UTF8.self))
                }
            }
        }
    }

    /// What the user said of the delivery.
    func putEnvelope(_ out: inout JSONWriter) {
        let envelope = inspection.envelope
        out.put("envelope") { out in
            out.put("clientAddress", envelope.clientAddress?.description)
            out.put("helo", envelope.hello)
            out.put("mailFrom", envelope.mailFrom)
        }
    }
}

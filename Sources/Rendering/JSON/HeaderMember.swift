import Content
import DNS
import Checks
import Delivery
import Inspection
import Mail
import Phrases

/// The header section, field by field.
extension JSONRenderer {
    /// How the input falls into fields and body; with the repairs, this is every byte of it.
    func putHeader(_ out: inout JSONWriter) {
        let message = inspection.message
        func putRange(_ range: ByteRange, _ out: inout JSONWriter) {
            let given = source.inputRange(of: range)
            out.put("start", given.lowerBound)
            out.put("end", given.upperBound)
        }
        out.put("source") { out in
            out.put("header") { out in putRange(message.header, &out) }
            out.put("body") { out in putRange(message.body, &out) }
            out.put("fieldCount", message.fields.count)
            out.put("fields", message.fields.prefix(1000)) { out, field in
                out.object { out in
                    out.put("name", source.bytes, in: field.name.prefix(128))
                    putRange(field.range, &out)
                }
            }
        }
    }
}

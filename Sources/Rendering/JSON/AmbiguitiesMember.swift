import Content
import DNS
import Checks
import Delivery
import Inspection
import Mail
import Phrases

/// What common readers read differently.
extension JSONRenderer {
    /// Places that readers read differently; the first reading is ours.
    func putAmbiguities(_ out: inout JSONWriter) {
        out.put("ambiguities", inspection.ambiguities.prefix(Self.maximum)) { out, ambiguity in
            out.object { out in
                out.put("kind", ambiguity.kind.rawValue)
                out.put("readings", ambiguity.readings.prefix(10)) { out, reading in
                    out.object { out in
                        out.put("rule", reading.rule)
                        out.put("shows", reading.shows.description.cut(to: 256))
                    }
                }
                putRange(ambiguity.range, &out)
            }
        }
    }
}

import Content
import DNS
import Checks
import Delivery
import Inspection
import Mail
import Phrases

/// What was not looked at, and why.
extension JSONRenderer {
    func putUnchecked(_ out: inout JSONWriter) {
        out.put("unchecked", report.unchecked) { out, one in
            out.object { out in
                out.put("what", one.what)
                out.put("why", one.why)
                out.put("inconclusive", one.isInconclusive)
            }
        }
    }
}

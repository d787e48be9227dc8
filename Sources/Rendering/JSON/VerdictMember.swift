import Content
import DNS
import Checks
import Delivery
import Inspection
import Mail
import Phrases

/// What the report concludes.
extension JSONRenderer {
    func putVerdict(_ out: inout JSONWriter) {
        let verdict = report.verdict
        out.put("verdict") { out in
            out.put("id", verdict.kind.rawValue)
            out.put("sentence", verdict.sentence)
            out.put("reasons", verdict.reasons) { out, reason in
                out.object { out in
                    out.put("check", reason.about.id)
                    out.put("message", reason.finding.message)
                }
            }
            out.put("missing", verdict.missing)
            out.put("advice", verdict.advice)
        }
    }
}

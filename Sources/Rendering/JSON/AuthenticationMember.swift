import Authentication
import Content
import DNS
import Checks
import Delivery
import Inspection
import Mail
import Phrases

/// What receivers claim, and what was verified.
extension JSONRenderer {
    func putAuthentication(_ out: inout JSONWriter) {
        let comparisons = inspection.comparisons
        let claims = inspection.claims.prefix(20).flatMap { writer in
            writer.results.claims.prefix(20).map { (writer, $0) }
        }
        out.put("authentication") { out in
            out.put("verified", json: AuthenticationFacts(inspection).json)
            out.put("sentence", inspection.authentications?.sentence?.description.cut(to: 1024))
            out.put("claims", claims) { out, one in write(one.1, of: one.0, comparisons, &out) }
        }
    }

    private func write(
        _ claim: AuthenticationResults.Claim, of writer: AuthenticationClaim, _ all: [Comparison],
        _ out: inout JSONWriter
    ) {
        let comparison = all.first { $0.claim.range == claim.range }
        out.object { out in
            out.put("field", writer.kind.description)
            out.put("authority", writer.results.authority?.value.cut(to: 256))
            out.put("standing", writer.standing.rawValue)
            out.put("standard", writer.results.departures.isEmpty)
            out.put("method", claim.method.cut(to: 64))
            out.put("result", claim.result.value.cut(to: 64))
            out.put("verified", comparison?.verified.rawValue)
            out.put("difference", comparison?.difference?.description.cut(to: 512))
            out.put("properties", claim.properties.prefix(10)) { out, one in
                out.object { out in
                    out.put("name", one.name.cut(to: 64))
                    out.put("value", one.value.value.cut(to: 256))
                }
            }
            putRange(claim.range, &out)
        }
    }
}

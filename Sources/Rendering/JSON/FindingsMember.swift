import Content
import DNS
import Checks
import Delivery
import Inspection
import Mail
import Phrases

/// What the checks found, each with its evidence.
extension JSONRenderer {
    func putFindings(_ out: inout JSONWriter) {
        out.put("findings", report.entries) { out, entry in
            let about = entry.about
            out.object { out in
                out.put("check", about.id)
                out.put("topic", about.topic.rawValue)
                out.put("severity", about.severity.rawValue)
                out.put("title", about.title)
                out.put("message", entry.finding.message)
                out.put("why", about.why)
                out.put("remedy", about.remedy)
                out.put("references", about.references) { out, reference in
                    out.object { out in
                        out.put("title", reference.title)
                        out.put("url", reference.url)
                    }
                }
                out.put("places", entry.finding.count)
                out.put("evidence", entry.finding.evidence) { out, evidence in write(evidence, &out) }
            }
        }
    }

    private func write(_ evidence: Evidence, _ out: inout JSONWriter) {
        out.object { out in
            switch evidence {
            case .bytes(let range, let label):
                out.put("kind", "bytes")
                out.put("label", label)
                putRange(range, &out)
            case .answer(let answer, let label):
                out.put("kind", "answer")
                out.put("label", label)
                for (name, value) in Self.members(answer) {
                    out.put(quoting: name)
                    value.write(to: &out)
                }
            case .absence(let what):
                out.put("kind", "absence")
                out.put("label", what)
                out.put("at", source.inputRange(of: inspection.message.header).upperBound)
            }
        }
    }
}

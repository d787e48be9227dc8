import Content
import Inspection
import Mail
import Phrases

struct MalformedBase64: Check {
    let about = About(
        "malformed-base64", .syntax, "base64 that does not follow its rules",
        severity: .caution,
        why: """
            A decoder may skip what does not belong, stop at it, or refuse the part: the same bytes become different \
            files. Gateways that append text and copying damage base64 by accident; evasion does it on purpose.
            """,
        remedy: "Encode the part again from the original file.",
        references: [.rfc(2045, "6.8"), .rfc(4648, "3")],
        triggers: [
            Example("From: <a@example.com>\r\nContent-Transfer-Encoding: base64\r\n\r\naGVs⟦!!⟧bG8=\r\n"),
            Example("From: <a@example.com>\r\nContent-Transfer-Encoding: base64\r\n\r\naGVsbG8⟦=a⟧GVs\r\n"),
        ],
        passes: [Example("From: <a@example.com>\r\nContent-Transfer-Encoding: base64\r\n\r\naGVs\r\nbG8=\r\n")])

    func findings(in inspection: Inspection) -> [Finding] {
        let wanted: [(DecodedBody.Fault, Phrase)] = [
            (.base64Junk, "not base64"), (.base64AfterPadding, "more after the padding"),
            (.base64Truncated, "the last group is short"),
        ]
        return inspection.contents.damage(wanted) {
            "the base64 of part \($0) is damaged in \($1) {2:place|places}"
        }
    }
}

extension Contents {
    /// One finding a part that has faults of these kinds.
    func damage(_ kinds: [(fault: DecodedBody.Fault, label: Phrase)], _ message: (Int, Int) -> Phrase) -> [Finding] {
        faults.compactMap { part, faults, count in
            let evidence = faults.compactMap { fault in
                kinds.first { $0.fault == fault.value }.map { Evidence.at(fault, $0.label) }
            }
            guard !evidence.isEmpty else { return nil }
            let total = evidence.count == faults.count ? count : evidence.count
            return Finding(message(part, total), Array(evidence.prefix(Report.maximumEvidence)), count: total)
        }
    }
}

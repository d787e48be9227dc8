import Inspection
import Mail
import Phrases

struct StrayHeaderLine: Check {
    let about = About(
        "stray-header-line", .syntax, "a line in the header section that is no field",
        severity: .caution,
        why: """
            Some readers pass over such a line, others take it for the end of the header, so that everything after it \
            becomes text. Line breaks lost in copying do it, and so do attempts to hide fields.
            """,
        remedy: "Give every field a name and a colon, and begin continuation lines with a blank.",
        references: [.rfc(5322, "2.2")],
        triggers: [
            Example(
                "From: <a@example.com>\r\nContent-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\n⟦this is no field⟧\r\nContent-ID: <x@y>\r\n\r\n--a--\r\n"
            ),
            Example("From: <a@example.com>\r\n⟦⟧no empty line before this\r\n"),
        ],
        passes: [Example("From: <a@example.com>\r\nSubject: x\r\n y\r\n\r\nthis is no field\r\n")])

    func findings(in inspection: Inspection) -> [Finding] {
        let defects = inspection.message.defects
        var findings: [Finding] = []
        // Those that readers differ on have a finding of their own.
        let ambiguous = Set(inspection.ambiguities.map(\.range))
        let strays = defects.filter {
            ($0.value == .lineIsNoField || $0.value == .continuationWithoutField) && !ambiguous.contains($0.range)
        }
        if !strays.isEmpty {
            findings.append(
                Finding(
                    "\(strays.count) {1:line|lines} in a header section {1:is|are} no field",
                    strays.prefix(Report.maximumEvidence).map { .at($0, "no name and colon") }, count: strays.count))
        }
        let missing = defects.filter { $0.value == .missingSeparator }
        if !missing.isEmpty {
            findings.append(
                Finding(
                    "the body begins without an empty line before it",
                    missing.prefix(Report.maximumEvidence).map { .at($0, "the body begins here") }, count: missing.count
                )
            )
        }
        return findings
    }
}

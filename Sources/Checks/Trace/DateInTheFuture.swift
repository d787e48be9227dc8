import Delivery
import Inspection
import Mail
import Phrases

struct DateInTheFuture: Check {
    let about = About(
        "date-in-the-future", .trace, "the Date is still to come",
        severity: .caution,
        why:
            "A date ahead of time keeps a message at the top of the list. A computer whose clock is wrong does it too.",
        remedy: "Trust the servers' times, not the Date.",
        references: [.rfc(5322, "3.6.1")],
        triggers: [Example("From: <a@example.com>\r\nDate: ⟦Mon, 30 Nov 2026 09:00:00 +0000⟧\r\n\r\n")],
        passes: [Example("From: <a@example.com>\r\nDate: Fri, 20 Nov 2026 09:05:00 +0000\r\n\r\n")])

    func findings(in inspection: Inspection) -> [Finding] {
        guard let date = inspection.message.date else { return [] }
        let ahead = date.value.seconds - inspection.now.seconds
        // Time zones are mistaken by up to half a day.
        guard ahead > 43_200 else { return [] }
        return [Finding("the message is dated \(duration: ahead) from now", .at(date, "in the future"))]
    }
}

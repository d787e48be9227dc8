import Content
import Inspection
import Mail
import Phrases

struct OrganizerElsewhere: Check {
    let about = About(
        "organizer-elsewhere", .content, "an invitation by somebody else than the sender",
        severity: .caution,
        why: """
            Calendars put an event down before anybody has looked at the message, with the organizer that it names. \
            Assistants and calendar services that send invitations for others name them openly.
            """,
        remedy: "Answer no invitation that you did not expect; remove the event, too.",
        references: [
            .rfc(5546, "6.1.1"),
            .rfc(6047, "2.2"),
        ],
        triggers: [
            Example(
                "From: <a@example.com>\r\nContent-Type: text/calendar; method=REQUEST\r\n\r\nBEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nORGANIZER;CN=\"Ann: Boss\":⟦mailto:boss@example.net⟧\r\nSUMMARY:Pay\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
            )
        ],
        passes: [
            Example(
                "From: <a@example.com>\r\nContent-Type: text/calendar; method=REQUEST\r\n\r\nBEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nORGANIZER;CN=\"Ann: Boss\":mailto:boss@mail.example.com\r\nSUMMARY:Pay\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
            ),
            Example(
                "From: <a@example.com>\r\nReply-To: <boss@example.net>\r\nContent-Type: text/calendar; method=REQUEST\r\n\r\nBEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nORGANIZER;CN=\"Ann: Boss\":mailto:boss@example.net\r\nSUMMARY:Pay\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
            ),
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        let known = inspection.identities.sendingDomains.map(\.value)
        guard !known.isEmpty else { return [] }
        return inspection.contents.calendars.compactMap { calendar in
            guard let organizer = calendar.organizer, ["REQUEST", "PUBLISH"].contains(calendar.method ?? "REQUEST"),
                let host = organizer.value.split(separator: "@").last, organizer.value.contains("@")
            else { return nil }
            let domain = Domain(String(host))
            guard domain.isHostName, !known.contains(where: { $0.isSameOrganisation(as: domain) }) else { return nil }
            return Finding(
                "the invitation is by \(words: organizer.value, limit: 120), the message by \(known[0])",
                .at(organizer, "the organizer"))
        }
    }
}

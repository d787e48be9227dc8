package import DNS
package import Delivery
package import Inspection
package import Mail
package import Phrases

/// How an input is looked at: what the user says besides the bytes. The same for every way to use the program.
package struct InspectionOptions: Sendable {
    /// Which message of the input the report is about.
    package enum Choice: Sendable {
        /// The input itself; what it forwards, when it does nothing else.
        case automatic
        case inner
        case outer
        /// One that somebody has pasted into the text.
        case pasted
    }

    package var choice = Choice.automatic
    /// The moment that counts as now.
    package var now: DateTime
    package var envelope = Envelope()
    package var trusted = TrustedHosts()
    package var protected: [Domain] = []
    package var blocklists: [Blocklist] = []
    package var budget = DNSBudget()
    /// Checks that the user does not want to hear of.
    package var ignored: Set<String> = []

    package init(now: DateTime) { self.now = now }

    /// Why there is no message to report on, in one sentence.
    package struct NoSuchMessage: Error, Sendable {
        package let sentence: Phrase

        package init(sentence: Phrase) { self.sentence = sentence }
    }

    /// The report on an input, with what the messages around and inside of its subject come to. Asks DNS nothing.
    package func report(on source: Source) throws(NoSuchMessage) -> Report {
        let subjects = try subjects(of: source)
        return report(
            subjects,
            subjects.map { one in
                Inspection(
                    of: one.message, at: now, envelope: one.isMeant ? envelope : Envelope(), trusting: trusted,
                    protecting: protected, leavingOut: one.leftOut)
            })
    }

    /// The same with the answers of DNS.
    package func report(on source: Source, asking resolver: any Resolver) async throws(NoSuchMessage) -> Report {
        let subjects = try subjects(of: source)
        var inspections: [Inspection] = []
        for one in subjects {
            inspections.append(
                await Inspection(
                    of: one.message, asking: resolver, at: now, envelope: one.isMeant ? envelope : Envelope(),
                    trusting: trusted, protecting: protected, leavingOut: one.leftOut, blocklists: blocklists,
                    within: budget))
        }
        return report(subjects, inspections)
    }

    private struct Subject {
        let subject: Report.Subject
        let message: Message
        /// What the user says of the delivery is about the message that was asked for, else about the whole input.
        let isMeant: Bool
        /// Parts that are subjects of their own.
        let leftOut: Set<Int>
    }

    /// The messages of an input, the one that was asked for first.
    private func subjects(of source: Source) throws(NoSuchMessage) -> [Subject] {
        let whole = Message(source)
        let inside = whole.inner()
        var order: [(subject: Report.Subject, message: Message)] =
            [(.whole, whole)] + inside.map { (.part($0.part), $0.message) }
        switch choice {
        case .pasted:
            guard let pasted = whole.pastedInBody else {
                throw NoSuchMessage(sentence: "There is no header of a message in the text: --from-body finds nothing.")
            }
            order.insert((.pasted, pasted), at: 0)
        case .inner:
            guard !inside.isEmpty else {
                throw NoSuchMessage(sentence: "There is no message inside: --inner finds nothing.")
            }
            order.swapAt(0, 1)
        case .automatic: if whole.isPlainForward, order.count > 1 { order.swapAt(0, 1) }
        case .outer: break
        }
        let wantsInner = choice == .inner || choice == .pasted
        return order.map { one in
            Subject(
                subject: one.subject, message: one.message, isMeant: wantsInner == (one.subject != .whole),
                leftOut: one.subject == .whole ? Set(inside.map(\.part)) : [])
        }
    }

    private func report(_ subjects: [Subject], _ inspections: [Inspection]) -> Report {
        let others = zip(subjects, inspections).dropFirst().map { one, inspection in
            Report(inspection, subject: one.subject, ignoring: ignored)
        }
        return Report(inspections[0], subject: subjects[0].subject, others: others, ignoring: ignored)
    }
}

import DNS
import Delivery
import Inspection
import Mail
import Phrases

/// One hop in words, or several inside one system.
struct HopRow {
    /// `3`, or `3–6` for a row that stands for several.
    let number: String
    let from: Phrase
    let by: Phrase
    let time: Phrase
    let delay: Phrase
    /// The delay without what the stamps say of it.
    let shortDelay: Phrase
    let transmission: Phrase
    let isOurs: Bool
    let isHandOver: Bool
    let isSlowest: Bool
    let range: ByteRange
    let reverse: Phrase
    /// Who logged in, and what else the line says.
    let remark: Phrase
    /// The share of the longest leg, 0 to 1.
    let share: Double
}

extension Rows {
    /// The ladder: legs inside one system folded into one row, unless all are wanted.
    func hops(all: Bool) -> [HopRow] {
        let trace = inspection.trace
        let longest = max(1, trace.hops.compactMap(\.likelyDelay).max() ?? 1)
        var rows: [HopRow] = []
        var index = 0
        while index < trace.hops.count, rows.count < Self.maximum {
            let run = all ? nil : trace.internalRun(from: index)
            if let run {
                rows.append(folded(run, longest))
                index = run.hops.upperBound
            } else {
                rows.append(row(index, longest))
                index += 1
            }
        }
        return rows
    }

    private func row(_ index: Int, _ longest: Int) -> HopRow {
        let trace = inspection.trace
        let hop = trace.hops[index]
        return HopRow(
            number: "\(index + 1)", from: from(hop), by: hop.by.map { Phrase(line($0.value, 60)) } ?? "—",
            time: time(hop), delay: delay(hop), shortDelay: hop.likelyDelay.map(signed) ?? "",
            transmission: Phrase.joined(
                [hop.transmission.map { line($0.value, 24) }, hop.tls.map { line($0.value, 24) }].compactMap { $0 }
                    .map { Phrase($0) }, by: ", "),
            isOurs: hop.trust.isOurs, isHandOver: trace.handOver == index, isSlowest: trace.slowest == index,
            range: hop.field.range, reverse: reverse(hop), remark: remark(hop),
            share: Double(max(0, hop.likelyDelay ?? 0)) / Double(longest))
    }

    /// `mx.example.com (mx1.example.com) [192.0.2.1]`: the name the client gave, the one it has, its address, each once.
    private func from(_ hop: Hop) -> Phrase {
        let hello = hop.peer.hello.map { line($0.value, 60) }
        var name = hop.peer.name.domain.map { line($0.value.name, 60) }
        if name?.description.lowercased() == hello?.description.lowercased() { name = nil }
        var address = hop.peer.address?.value
        if let own = address, hello?.description == "[\(own)]", name == nil { address = nil }
        return switch (hello, name, address) {
        case (let hello?, let name?, let address?): "\(hello) (\(name)) [\(address)]"
        case (let hello?, let name?, nil): "\(hello) (\(name))"
        case (let hello?, nil, let address?): "\(hello) [\(address)]"
        case (nil, let name?, let address?): "\(name) [\(address)]"
        case (let one?, nil, nil), (nil, let one?, nil): "\(one)"
        case (nil, nil, let address?): "\(address)"
        case (nil, nil, nil): "—"
        }
    }

    private func folded(_ run: Trace.InternalRun, _ longest: Int) -> HopRow {
        let trace = inspection.trace
        let hops = trace.hops[run.hops]
        let first = run.hops.lowerBound
        let delays = hops.compactMap(\.likelyDelay)
        let total = delays.reduce(0) { $0 &+ $1 }
        let last = hops.last ?? trace.hops[first]
        return HopRow(
            number: "\(first + 1)–\(run.hops.upperBound)",
            from: "inside \(words: run.system), \(hops.count) {2:hop|hops}",
            by: last.by.map { Phrase(line($0.value, 60)) } ?? "—", time: time(last),
            delay: delays.isEmpty ? "" : signed(total), shortDelay: delays.isEmpty ? "" : signed(total),
            transmission: "", isOurs: last.trust.isOurs, isHandOver: false,
            isSlowest: trace.slowest.map(run.hops.contains) ?? false, range: trace.hops[first].field.range, reverse: "",
            remark: "", share: Double(max(0, total)) / Double(longest))
    }

    private func time(_ hop: Hop) -> Phrase {
        guard let time = hop.time?.value else { return hop.date == nil ? "no time" : "unreadable time" }
        return time.offset == nil ? "\(time) (zone not known)" : "\(time)"
    }

    private func signed(_ delay: Int) -> Phrase { delay > 0 ? "+\(duration: delay)" : "\(duration: delay)" }

    private func delay(_ hop: Hop) -> Phrase {
        guard let delay = hop.delay else { return "" }
        guard let corrected = hop.correctedDelay, corrected != delay else { return signed(delay) }
        return "\(signed(corrected)) (by the stamps \(signed(delay)))"
    }

    private func remark(_ hop: Hop) -> Phrase {
        var remarks: [Phrase] = []
        if let who = hop.authenticated { remarks.append("logged in: \(line(who.value, 60))") }
        if let meaning = hop.transmission.flatMap({ TransmissionType.meaning($0.value) }) { remarks.append(meaning) }
        if let cipher = hop.cipher { remarks.append("cipher \(line(cipher.value, 50))") }
        if let dialect = hop.dialect { remarks.append("written by \(Phrase(form: dialect.name))") }
        return Phrase.joined(remarks, by: "; ")
    }

    /// What DNS says now about the host of a hop.
    private func reverse(_ hop: Hop) -> Phrase {
        guard let address = hop.peer.address?.value, let facts = inspection.hosts[address] else { return "" }
        return switch facts.confirmation {
        case .confirmed(let name): "reverse name \(name), confirmed"
        case .noName: "no reverse name"
        case .contradicted(let names): "reverse name \(names.first.map { Phrase($0.words) } ?? ""), not confirmed"
        case .unknown(let failure):
            failure.isInconclusive
                ? "reverse name could not be checked: \(failure.reason)" : "reverse name not checked: \(failure.reason)"
        }
    }

    /// One sentence about the whole route.
    var routeSummary: Phrase {
        let trace = inspection.trace
        guard inspection.isSent else {
            return "The message has no Received field: it has not been sent yet, or its route was left out."
        }
        let count = trace.hops.count
        var pieces: [Phrase] = [
            trace.total.map { "\(count) {1:hop|hops}, \(duration: $0) in all" } ?? "\(count) {1:hop|hops}"
        ]
        let cause = inspection.delayCause?.text
        if let slowest = trace.slowest, let delay = trace.hops[slowest].likelyDelay {
            let leg: Phrase = "the slowest leg is hop \(slowest + 1) with \(duration: delay)"
            pieces.append(cause.map { "\(leg): \($0)" } ?? leg)
        } else if let cause {
            pieces[0] = "\(pieces[0]): \(cause)"
        }
        if !trace.skipped.isEmpty { pieces.append("\(trace.skipped.count) more {1:says|say} nothing about the route") }
        if !trace.unparsed.isEmpty { pieces.append("\(trace.unparsed.count) more could not be read") }
        return Phrase.joined(pieces, by: "; ")
    }

    /// Where the trust boundary is, and why.
    var trustLine: Phrase {
        let trace = inspection.trace
        guard let first = trace.hops.firstIndex(where: \.trust.isOurs), case .ours(let reason) = trace.hops[first].trust
        else { return "no hop is known to be written by the receiver" }
        let line: Phrase = "below this line: written by the receiving side (\(reason.phrase))"
        guard let hop = trace.handOver.map({ trace.hops[$0] }), let address = hop.peer.address?.value else {
            return line
        }
        return "\(line); it took the message from \(address)"
    }

    /// What else the header says of the way: clocks, clients that a web service names, lines left out.
    var routeNotes: [Phrase] {
        let trace = inspection.trace
        var notes: [Phrase] = []
        if let skew = trace.skew {
            notes.append("\(skew.sentence) (\(skew.assumption)); delays are set right for it")
        }
        for addition in inspection.routeAdditions.prefix(6) { notes.append("\(addition.name): \(addition.value)") }
        for skipped in trace.skipped.prefix(6) {
            let server = Phrase(form: skipped.dialect.name)
            let time = (try? skipped.date?.get())?.value
            notes.append(
                time.map { "left out, a line of \(server) of \($0): \(skipped.reason)" }
                    ?? "left out, a line of \(server): \(skipped.reason)")
        }
        return notes
    }
}

import DNS
import Inspection
import Mail

/// One hop in words, or several inside one system.
struct HopRow {
    /// `3`, or `3–6` for a row that stands for several.
    let number: String
    let from: String
    let by: String
    let time: String
    let delay: String
    let transmission: String
    let isOurs: Bool
    let isHandOver: Bool
    let isSlowest: Bool
    let place: ByteRange
    let reverse: String
    /// Who logged in, and what else the line says.
    let remark: String
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
        var from = hop.peer.hello.map { line($0.value, 60) } ?? ""
        let name = hop.peer.name.domain.map { line($0.value.description, 60) }
        if let name, name.lowercased() != from.lowercased() { from += from.isEmpty ? name : " (\(name))" }
        if let address = hop.peer.address?.value, from != "[\(address)]" {
            from += from.isEmpty ? address.description : " [\(address)]"
        }
        let transmission = hop.transmission.map { line($0.value, 24) } ?? ""
        return HopRow(
            number: "\(index + 1)", from: from.isEmpty ? "—" : from, by: hop.by.map { line($0.value, 60) } ?? "—",
            time: time(hop), delay: delay(hop),
            transmission: [transmission, hop.tls?.value ?? ""].filter { !$0.isEmpty }.joined(separator: ", "),
            isOurs: hop.trust.isOurs, isHandOver: trace.handOver == index, isSlowest: trace.slowest == index,
            place: hop.field.range, reverse: reverse(hop), remark: remark(hop),
            share: Double(max(0, hop.likelyDelay ?? 0)) / Double(longest))
    }

    private func folded(_ run: Trace.InternalRun, _ longest: Int) -> HopRow {
        let trace = inspection.trace
        let hops = trace.hops[run.hops]
        let first = run.hops.lowerBound
        let delays = hops.compactMap(\.likelyDelay)
        let total = delays.reduce(0) { $0 &+ $1 }
        let last = hops.last ?? trace.hops[first]
        return HopRow(
            number: "\(first + 1)–\(run.hops.upperBound)", from: text("inside \(run.system), \(hops.count) hops"),
            by: last.by.map { line($0.value, 60) } ?? "—", time: time(last),
            delay: delays.isEmpty ? "" : signed(total), transmission: "", isOurs: last.trust.isOurs, isHandOver: false,
            isSlowest: trace.slowest.map(run.hops.contains) ?? false, place: trace.hops[first].field.range, reverse: "",
            remark: "", share: Double(max(0, total)) / Double(longest))
    }

    private func time(_ hop: Hop) -> String {
        guard let time = hop.time?.value else { return text(hop.date == nil ? "no time" : "unreadable time") }
        return language.moment(time) + (time.offset == nil ? " (\(text("zone not known")))" : "")
    }

    private func signed(_ delay: Int) -> String { text((delay > 0 ? "+" : "") + Duration.words(delay)) }

    private func delay(_ hop: Hop) -> String {
        guard let delay = hop.delay else { return "" }
        guard let corrected = hop.correctedDelay, corrected != delay else { return signed(delay) }
        return text("\(signed(corrected)) (by the stamps \(signed(delay)))")
    }

    private func remark(_ hop: Hop) -> String {
        var remarks: [String] = []
        if let who = hop.authenticated { remarks.append("logged in: \(line(who.value, 60))") }
        if let meaning = hop.transmission.flatMap({ TransmissionType.meaning($0.value) }) { remarks.append(meaning) }
        if let cipher = hop.cipher { remarks.append("cipher \(line(cipher.value, 50))") }
        if let dialect = hop.dialect { remarks.append("written by \(dialect.name)") }
        return remarks.map(text).joined(separator: "; ")
    }

    /// What DNS says now about the host of a hop.
    private func reverse(_ hop: Hop) -> String {
        guard let address = hop.peer.address?.value, let facts = inspection.hosts[address] else { return "" }
        let words =
            switch facts.confirmation {
            case .confirmed(let name): "reverse name \(name), confirmed"
            case .noName: "no reverse name"
            case .contradicted(let names): "reverse name \(names.first.map(\.description) ?? ""), not confirmed"
            case .unknown(let failure):
                "reverse name \(failure.isInconclusive ? "could not be checked" : "not checked"): \(failure.reason)"
            }
        return text(words)
    }

    /// One sentence about the whole route.
    var routeSummary: String {
        let trace = inspection.trace
        guard inspection.isSent else {
            return text("The message has no Received field: it has not been sent yet, or its route was left out.")
        }
        let total = trace.total.map { ", \(Duration.words($0)) in all" } ?? ""
        var pieces = [text("\(trace.hops.count) hop\(trace.hops.count == 1 ? "" : "s")\(total)")]
        if let slowest = trace.slowest, let delay = trace.hops[slowest].likelyDelay {
            let leg = "the slowest leg is hop \(slowest + 1) with \(Duration.words(delay))"
            pieces.append(text(leg) + (inspection.delayCause.map { ": \(text(line($0.text, 120)))" } ?? ""))
        } else if let cause = inspection.delayCause {
            pieces[0] += ": \(line(cause.text, 120))"
        }
        if !trace.skipped.isEmpty { pieces.append(text("\(trace.skipped.count) more say nothing about the route")) }
        if !trace.unparsed.isEmpty { pieces.append(text("\(trace.unparsed.count) more could not be read")) }
        return pieces.joined(separator: "; ")
    }

    /// Where the trust boundary is, and why.
    var trustLine: String {
        let trace = inspection.trace
        guard let first = trace.hops.firstIndex(where: \.trust.isOurs), case .ours(let reason) = trace.hops[first].trust
        else {
            return text("no hop is known to be written by the receiver")
        }
        var line = text("below this line: written by the receiving side (\(text(reason.description)))")
        if let hop = trace.handOver.map({ trace.hops[$0] }), let address = hop.peer.address?.value {
            line += "; " + text("it took the message from \(address)")
        }
        return line
    }

    /// What else the header says of the way: clocks, clients that a web service names, lines left out.
    var routeNotes: [String] {
        let trace = inspection.trace
        var notes: [String] = []
        if let skew = trace.skew {
            notes.append("\(skew.sentence) (\(skew.assumption)); delays are set right for it")
        }
        for addition in inspection.routeAdditions.prefix(6) {
            notes.append("\(addition.name): \(line(addition.value, 120))")
        }
        for skipped in trace.skipped.prefix(6) {
            let time = (try? skipped.date?.get())?.value.description
            notes.append(
                "left out, a line of \(skipped.dialect.name)\(time.map { " of \($0)" } ?? ""): \(skipped.reason)")
        }
        return notes.map(text)
    }
}

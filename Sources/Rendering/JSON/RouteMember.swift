import Authentication
import DNS
import Delivery
import Inspection
import Mail
import Phrases

/// The members of a JSON report that say where the message has been, and what receivers claim.
extension JSONRenderer {
    func putRoute(_ out: inout JSONWriter) {
        let trace = inspection.trace
        out.put("route") { out in
            out.put("hopCount", trace.hops.count)
            out.put("unparsedCount", trace.unparsed.count)
            out.put("totalSeconds", trace.total)
            out.put("slowestHop", trace.slowest.map { $0 + 1 })
            out.put("handOverHop", trace.handOver.map { $0 + 1 })
            out.put("hops", trace.hops.prefix(Self.maximum).enumerated()) { out, hop in
                write(hop.offset, hop.element, &out)
            }
            putSkew(trace.skew, &out)
            putCause(&out)
            out.put("skipped", trace.skipped.prefix(50)) { out, line in
                out.object { out in
                    out.put("dialect", line.dialect.name)
                    out.put("reason", line.reason)
                    out.put("time", (try? line.date?.get())?.value.description)
                    putRange(line.field.range, &out)
                }
            }
            out.put("additions", inspection.routeAdditions.prefix(20)) { out, addition in
                out.object { out in
                    out.put("name", addition.name.description)
                    out.put("value", addition.value.description.cut(to: 256))
                    putRange(addition.range, &out)
                }
            }
            out.put("unparsed", trace.unparsed.prefix(50)) { out, field in
                out.object { out in putRange(field.range, &out) }
            }
        }
    }

    private func putSkew(_ skew: Skew?, _ out: inout JSONWriter) {
        guard let skew else { return out.put("wrongClock", nil as String?) }
        var server: String?
        if case .server(let name, _) = skew.clock { server = name }
        out.put("wrongClock") { out in
            out.put("clock", skew.clock.phrase)
            out.put("server", server?.cut(to: 256))
            out.put("seconds", skew.seconds)
            out.put("hops", skew.hops) { out, hop in out.write(hop + 1) }
            out.put("assumption", skew.assumption)
        }
    }

    private func putCause(_ out: inout JSONWriter) {
        guard let cause = inspection.delayCause else { return out.put("delayCause", nil as String?) }
        out.put("delayCause") { out in
            out.put("sentence", cause.text.description.cut(to: 512))
            if let range = cause.range { putRange(range, &out) }
        }
    }

    private func write(_ index: Int, _ hop: Hop, _ out: inout JSONWriter) {
        let peer = hop.peer
        let time = hop.time?.value
        out.object { out in
            out.put("number", index + 1)
            put("hello", peer.hello, &out)
            put("reverseName", peer.name.domain, &out)
            let nameState =
                switch peer.name {
                case .found: "found"
                case .missing: "missing"
                case .notLookedUp: "not-looked-up"
                }
            out.put("reverseNameState", nameState)
            putAddress(peer.address, &out)
            put("by", hop.by, &out)
            put("with", hop.transmission, &out)
            out.put("tls", hop.tls?.value)
            put("id", hop.id, &out)
            put("for", hop.recipient, &out)
            out.put("time", time?.description)
            out.put("timeState", time != nil ? "read" : hop.date == nil ? "missing" : "unreadable")
            out.put("delaySeconds", hop.delay)
            out.put("correctedDelaySeconds", hop.correctedDelay)
            out.put("zoneState", time.map { $0.offset == nil ? "not-known" : "known" } ?? "missing")
            out.put("dialect", hop.dialect?.name)
            out.put("port", peer.port)
            put("ident", peer.ident, &out)
            put("authenticated", hop.authenticated, &out)
            put("envelopeFrom", hop.envelopeFrom, &out)
            put("via", hop.via, &out)
            put("cipher", hop.cipher, &out)
            out.put("idTime", hop.idTime?.description)
            out.put("trusted", hop.trust.isOurs)
            if case .ours(let reason) = hop.trust {
                out.put("trustReason", reason.phrase)
            } else {
                out.put("trustReason", nil as String?)
            }
            putReverse(peer.address?.value, &out)
            putRange(hop.field.name.lowerBound..<hop.field.value.upperBound, &out)
        }
    }

    private func putAddress(_ address: Located<IPAddress>?, _ out: inout JSONWriter) {
        guard let address else { return out.put("address", nil as String?) }
        out.put("address") { out in
            out.put("value", address.value.description)
            out.put("scope", address.value.scope.rawValue)
            putRange(address.range, &out)
        }
    }

    private func putReverse(_ address: IPAddress?, _ out: inout JSONWriter) {
        guard let address, let facts = inspection.hosts[address] else {
            return out.put("verifiedReverse", nil as String?)
        }
        let (state, names): (String, [Domain]) =
            switch facts.confirmation {
            case .confirmed(let name): ("confirmed", [name])
            case .noName: ("no-name", [])
            case .contradicted(let names): ("contradicted", Array(names.prefix(5)))
            case .unknown(let failure): (failure.isInconclusive ? "could-not-check" : "not-checked", [])
            }
        out.put("verifiedReverse") { out in
            out.put("state", state)
            out.put("names", names.map(\.description))
        }
    }
}

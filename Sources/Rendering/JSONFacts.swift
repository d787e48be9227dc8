import Authentication
import DNS
import Inspection
import Mail

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
                    putPlace(line.field.range, &out)
                }
            }
            out.put("additions", inspection.routeAdditions.prefix(20)) { out, addition in
                out.object { out in
                    out.put("name", addition.name)
                    out.put("value", addition.value.cut(to: 256))
                    putPlace(addition.place, &out)
                }
            }
            out.put("unparsed", trace.unparsed.prefix(50)) { out, field in
                out.object { out in putPlace(field.range, &out) }
            }
        }
    }

    private func putSkew(_ skew: Skew?, _ out: inout JSONWriter) {
        guard let skew else { return out.put("wrongClock", nil as String?) }
        var server: String?
        if case .server(let name, _) = skew.clock { server = name }
        out.put("wrongClock") { out in
            out.put("clock", "\(skew.clock)")
            out.put("server", server?.cut(to: 256))
            out.put("seconds", skew.seconds)
            out.put("hops", skew.hops) { out, hop in out.write(hop + 1) }
            out.put("assumption", skew.assumption)
        }
    }

    private func putCause(_ out: inout JSONWriter) {
        guard let cause = inspection.delayCause else { return out.put("delayCause", nil as String?) }
        out.put("delayCause") { out in
            out.put("sentence", cause.text.cut(to: 512))
            if let place = cause.place { putPlace(place, &out) }
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
                out.put("trustReason", "\(reason)")
            } else {
                out.put("trustReason", nil as String?)
            }
            putReverse(peer.address?.value, &out)
            putPlace(hop.field.name.lowerBound..<hop.field.value.upperBound, &out)
        }
    }

    private func putAddress(_ address: Located<IPAddress>?, _ out: inout JSONWriter) {
        guard let address else { return out.put("address", nil as String?) }
        out.put("address") { out in
            out.put("value", address.value.description)
            out.put("scope", address.value.scope.rawValue)
            putPlace(address.range, &out)
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

    func putAuthentication(_ out: inout JSONWriter) {
        let comparisons = inspection.comparisons
        let claims = inspection.claims.prefix(20).flatMap { writer in
            writer.results.claims.prefix(20).map { (writer, $0) }
        }
        out.put("authentication") { out in
            out.put("verified", json: AuthenticationFacts(inspection).json)
            out.put("sentence", inspection.authentications?.sentence?.cut(to: 1024))
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
            out.put("difference", comparison?.difference?.cut(to: 512))
            out.put("properties", claim.properties.prefix(10)) { out, one in
                out.object { out in
                    out.put("name", one.name.cut(to: 64))
                    out.put("value", one.value.value.cut(to: 256))
                }
            }
            putPlace(claim.range, &out)
        }
    }

    /// Places that readers read differently; the first reading is ours.
    func putAmbiguities(_ out: inout JSONWriter) {
        out.put("ambiguities", inspection.ambiguities.prefix(Self.maximum)) { out, ambiguity in
            out.object { out in
                out.put("kind", ambiguity.kind.rawValue)
                out.put("readings", ambiguity.readings.prefix(10)) { out, reading in
                    out.object { out in
                        out.put("rule", reading.rule)
                        out.put("shows", reading.shows.cut(to: 256))
                    }
                }
                putPlace(ambiguity.range, &out)
            }
        }
    }
}

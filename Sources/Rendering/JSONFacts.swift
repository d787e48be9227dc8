import Authentication
import Content
import DNS
import Inspection
import Mail

/// The members of a JSON report that say where the message has been, what receivers claim, and what it contains.
extension JSONRenderer {
    var route: JSON {
        let trace = inspection.trace
        return [
            "hopCount": .number(trace.hops.count), "unparsedCount": .number(trace.unparsed.count),
            "totalSeconds": JSON(trace.total), "slowestHop": JSON(trace.slowest.map { $0 + 1 }),
            "handOverHop": JSON(trace.handOver.map { $0 + 1 }),
            "hops": .array(trace.hops.indices.prefix(Self.maximum).map { hop($0, trace.hops[$0]) }),
            "wrongClock": skew, "delayCause": cause,
            "skipped": .array(
                trace.skipped.prefix(50).map { line in
                    .object(
                        [
                            ("dialect", .string(line.dialect.name)), ("reason", .string(line.reason)),
                            ("time", JSON((try? line.date?.get())?.value.description)),
                        ] + place(line.field.range))
                }),
            "additions": .array(
                inspection.routeAdditions.prefix(20).map { addition in
                    .object(
                        [("name", .string(addition.name)), ("value", .string(addition.value.cut(to: 256)))]
                            + place(addition.place))
                }),
            "unparsed": .array(trace.unparsed.prefix(50).map { .object(place($0.range)) }),
        ]
    }

    private var skew: JSON {
        guard let skew = inspection.trace.skew else { return nil }
        var server: String?
        if case .server(let name, _) = skew.clock { server = name }
        return [
            "clock": .string("\(skew.clock)"), "server": JSON(server?.cut(to: 256)), "seconds": .number(skew.seconds),
            "hops": .array(skew.hops.map { .number($0 + 1) }), "assumption": .string(skew.assumption),
        ]
    }

    private var cause: JSON {
        guard let cause = inspection.delayCause else { return nil }
        return .object([("sentence", .string(cause.text.cut(to: 512)))] + (cause.place.map { place($0) } ?? []))
    }

    private func hop(_ index: Int, _ hop: Hop) -> JSON {
        var nameState = "not-looked-up"
        var name = JSON.null
        switch hop.peer.name {
        case .found(let domain): (nameState, name) = ("found", located(domain))
        case .missing: nameState = "missing"
        case .notLookedUp: break
        }
        var trust: [(String, JSON)] = [("trusted", .bool(hop.trust.isOurs)), ("trustReason", nil)]
        if case .ours(let reason) = hop.trust { trust[1].1 = .string("\(reason)") }
        let address = hop.peer.address.map { address in
            JSON.object(
                [("value", .string(address.value.description)), ("scope", .string(address.value.scope.rawValue))]
                    + place(address.range))
        }
        return .object(
            [
                ("number", .number(index + 1)), ("hello", located(hop.peer.hello)), ("reverseName", name),
                ("reverseNameState", .string(nameState)), ("address", address ?? .null), ("by", located(hop.by)),
                ("with", located(hop.transmission)), ("tls", JSON(hop.tls?.value)), ("id", located(hop.id)),
                ("for", located(hop.recipient)), ("time", JSON(hop.time?.value.description)),
                ("timeState", .string(hop.time != nil ? "read" : hop.date == nil ? "missing" : "unreadable")),
                ("delaySeconds", JSON(hop.delay)), ("correctedDelaySeconds", JSON(hop.correctedDelay)),
                ("zoneState", .string(hop.time.map { $0.value.offset == nil ? "not-known" : "known" } ?? "missing")),
                ("dialect", JSON(hop.dialect?.name)), ("port", JSON(hop.peer.port)), ("ident", located(hop.peer.ident)),
                ("authenticated", located(hop.authenticated)), ("envelopeFrom", located(hop.envelopeFrom)),
                ("via", located(hop.via)), ("cipher", located(hop.cipher)),
                ("idTime", JSON(hop.idTime?.description)),
            ] + trust + [("verifiedReverse", reverse(hop))]
                + place(hop.field.name.lowerBound..<hop.field.value.upperBound))
    }

    private func reverse(_ hop: Hop) -> JSON {
        guard let address = hop.peer.address?.value, let facts = inspection.hosts[address] else { return nil }
        let (state, names): (String, [Domain]) =
            switch facts.confirmation {
            case .confirmed(let name): ("confirmed", [name])
            case .noName: ("no-name", [])
            case .contradicted(let names): ("contradicted", Array(names.prefix(5)))
            case .unknown(let failure): (failure.isInconclusive ? "could-not-check" : "not-checked", [])
            }
        return ["state": .string(state), "names": JSON(names.map(\.description))]
    }

    var authentication: JSON {
        let comparisons = inspection.comparisons
        return [
            "verified": AuthenticationFacts(inspection).json,
            "sentence": JSON(inspection.authentications?.sentence?.cut(to: 1024)),
            "claims": .array(
                inspection.claims.prefix(20).flatMap { writer in
                    writer.results.claims.prefix(20).map { claim($0, of: writer, comparisons) }
                }),
        ]
    }

    private func claim(_ claim: AuthenticationResults.Claim, of writer: AuthenticationClaim, _ all: [Comparison])
        -> JSON
    {
        let comparison = all.first { $0.claim.range == claim.range }
        let properties = claim.properties.prefix(10).map { one -> JSON in
            ["name": .string(one.name.cut(to: 64)), "value": .string(one.value.value.cut(to: 256))]
        }
        var members: [(String, JSON)] = [
            ("field", .string(writer.kind.description)),
            ("authority", JSON(writer.results.authority?.value.cut(to: 256))),
            ("standing", .string(writer.standing.rawValue)),
            ("standard", .bool(writer.results.departures.isEmpty)),
            ("method", .string(claim.method.cut(to: 64))),
            ("result", .string(claim.result.value.cut(to: 64))),
        ]
        members += [
            ("verified", JSON(comparison?.verified.rawValue)),
            ("difference", JSON(comparison?.difference?.cut(to: 512))),
            ("properties", .array(properties)),
        ]
        return .object(members + place(claim.range))
    }

    /// Places that readers read differently; the first reading is ours.
    var ambiguities: JSON {
        .array(
            inspection.ambiguities.prefix(Self.maximum).map { ambiguity in
                .object(
                    [
                        ("kind", .string(ambiguity.kind.rawValue)),
                        (
                            "readings",
                            .array(
                                ambiguity.readings.prefix(10).map {
                                    ["rule": .string($0.rule), "shows": .string($0.shows.cut(to: 256))]
                                })
                        ),
                    ] + place(ambiguity.range))
            })
    }

    var contents: JSON {
        let contents = inspection.contents
        let texts = Dictionary(contents.texts.map { ($0.part, $0) }) { first, _ in first }
        let parts = inspection.message.parts
        return [
            "partCount": .number(parts.count),
            "parts": .array(
                parts.prefix(Self.maximum).map { part in
                    let body = source.place(of: part.place(of: part.body))
                    return [
                        "number": .number(part.index), "parent": JSON(part.parent), "depth": .number(part.depth),
                        "type": .string(part.contentType.mediaType.cut(to: 128)), "declared": .bool(part.declaresType),
                        "encoding": .string(part.encoding.rawValue),
                        "declaredCharset": JSON(part.charset?.label.value.cut(to: 64)),
                        "charset": JSON(texts[part.index]?.charset), "guessedCharset": JSON(texts[part.index]?.guessed),
                        "fileName": JSON(part.fileName?.value.cut(to: 512)),
                        "start": .number(body.lowerBound), "end": .number(body.upperBound),
                    ]
                }),
            "linkCount": .number(contents.links.count),
            "links": .array(
                contents.links.prefix(Self.maximum).map { link in
                    .object(
                        [
                            ("part", .number(link.part)), ("element", .string(link.element)),
                            ("use", .string(link.use.rawValue)),
                            ("target", .string(link.target.value.cut(to: 1024))),
                            ("defanged", .string(link.target.value.cut(to: 512).defanged)),
                            ("host", JSON(link.address.flatMap { $0.host.isEmpty ? nil : $0.host.cut(to: 300) })),
                            ("carried", JSON(link.carried.map { $0.cut(to: 1024) })),
                            ("shown", .string(link.visibleText.cut(to: 256))),
                        ] + place(link.target.range))
                }),
            "loads": .array(
                contents.loadHosts.prefix(Self.maximum).map {
                    ["host": .string($0.host.cut(to: 300)), "count": .number($0.count)]
                }),
            "attachments": .array(
                contents.attachments.prefix(Self.maximum).map { attachment in
                    [
                        "part": .number(attachment.part), "name": located(attachment.name),
                        "declaredType": .string(attachment.declaredType.cut(to: 128)),
                        "type": JSON(attachment.type?.name),
                        "size": .number(attachment.size), "md5": .string(attachment.digests.md5),
                        "sha1": .string(attachment.digests.sha1), "sha256": .string(attachment.digests.sha256),
                        "marks": JSON(attachment.marks.map(\.rawValue)),
                        "archive": attachment.archive.map(archive) ?? .null,
                    ]
                }),
            "concealed": .array(
                contents.concealed.prefix(Self.maximum).map { one in
                    .object(
                        [
                            ("part", .number(one.part)), ("how", .string(one.value.concealment.rawValue)),
                            ("letters", .number(one.value.letters)), ("shown", .string(one.value.text.cut(to: 256))),
                        ] + place(one.place))
                }),
            "inputs": .array(
                contents.inputs.prefix(Self.maximum).map { one in
                    .object(
                        [
                            ("part", .number(one.part)), ("type", .string(one.value.type.cut(to: 40))),
                            ("name", .string(one.value.name.cut(to: 80))),
                        ] + place(one.place))
                }),
            "scripts": .array(
                contents.scripts.prefix(Self.maximum).map { one in
                    .object(
                        [
                            ("part", .number(one.part)), ("source", JSON(one.value.source?.cut(to: 1024))),
                            ("size", .number(one.value.size)), ("marks", JSON(one.value.marks.map(\.rawValue))),
                        ] + place(one.place))
                }),
            "calendars": .array(
                contents.calendars.prefix(Self.maximum).map { calendar in
                    [
                        "part": .number(calendar.part), "method": JSON(calendar.method?.cut(to: 40)),
                        "summary": JSON(calendar.summary?.cut(to: 256)), "organizer": located(calendar.organizer),
                        "attendees": .number(calendar.attendees),
                    ]
                }),
        ]
    }

    private func archive(_ listing: ArchiveListing) -> JSON {
        [
            "encrypted": .bool(listing.isEncrypted), "damaged": .bool(listing.isDamaged),
            "entryCount": .number(listing.entries.count),
            "entries": .array(
                listing.entries.prefix(Self.maximum).map { entry in
                    [
                        "name": JSON(entry.name?.cut(to: 512)), "size": entry.size.map { .number($0) } ?? .null,
                        "type": JSON(entry.type?.name), "encrypted": .bool(entry.isEncrypted),
                        "depth": .number(entry.depth),
                    ]
                }),
        ]
    }
}

import DNS
import Inspection
import Mail
import Phrases

/// The members of a JSON report that say who the message says it is from.
extension JSONRenderer {
    func putIdentities(_ out: inout JSONWriter) {
        let identities = inspection.identities
        func put(_ name: StaticString, _ list: [Located<Mailbox>], _ out: inout JSONWriter) {
            out.put(name, list.prefix(20)) { out, mailbox in write(mailbox, &out) }
        }
        out.put("identities") { out in
            self.put("subject", identities.subjects.first, &out)
            putDate(&out)
            put("from", identities.from, &out)
            put("sender", identities.sender, &out)
            put("replyTo", identities.replyTo, &out)
            putReturnPaths(&out)
            putMessageIDs(&out)
            out.put("signatures", identities.signatures.prefix(20)) { out, one in
                out.object { out in
                    self.put("domain", one.signature.domain, &out)
                    self.put("selector", one.signature.selector, &out)
                    putRange(one.field.name.lowerBound..<one.field.value.upperBound, &out)
                }
            }
            out.put("mailingList", identities.isFromList)
            out.put("automatic", identities.isAutomatic)
            putDomains(&out)
        }
    }

    private func write(_ mailbox: Located<Mailbox>, _ out: inout JSONWriter) {
        out.object { out in
            put("name", mailbox.value.displayName, &out)
            out.put("localPart", mailbox.value.localPart.value.cut(to: 320))
            put("domain", mailbox.value.domain, &out)
            putRange(mailbox.range, &out)
        }
    }

    private func putDate(_ out: inout JSONWriter) {
        guard let date = inspection.message.date else { return out.put("date", nil as String?) }
        out.put("date") { out in
            out.put("time", date.value.description)
            out.put("offset", date.value.offset)
            putRange(date.range, &out)
        }
    }

    private func putReturnPaths(_ out: inout JSONWriter) {
        out.put("returnPaths", inspection.identities.returnPaths.prefix(20)) { out, one in
            let path = try? one.path.get()
            out.object { out in
                out.put("state", path == nil ? "unreadable" : path?.mailbox == nil ? "empty" : "address")
                out.put("mailbox")
                if let mailbox = path?.mailbox { write(mailbox, &out) } else { out.write(nil as String?) }
                putRange(one.field.value, &out)
            }
        }
    }

    private func putMessageIDs(_ out: inout JSONWriter) {
        out.put("messageIds", inspection.identities.messageIDs.prefix(20)) { out, one in
            let id = try? one.id.get()
            out.object { out in
                out.put("id", id?.text.value.cut(to: 1024))
                put("domain", id?.right, &out)
                putRange(id?.text.range ?? one.field.value, &out)
            }
        }
    }

    private func putDomains(_ out: inout JSONWriter) {
        let domains = inspection.domains.values.sorted { $0.domain.description < $1.domain.description }
        out.put("domains", domains) { out, facts in
            let (state, hosts) = reception(facts.reception)
            out.object { out in
                out.put("domain", facts.domain.description)
                out.put("reception", state)
                out.put("exchanges", hosts)
            }
        }
    }

    private func reception(_ reception: DomainFacts.Reception) -> (String, [String]) {
        switch reception {
        case .exchanges(let hosts): ("exchanges", hosts.prefix(50).map(\.description))
        case .none: ("null-mx", [])
        case .ownAddress: ("own-address", [])
        case .nowhere: ("nowhere", [])
        case .noSuchDomain: ("no-such-domain", [])
        case .unknown(let failure): (failure.isInconclusive ? "could-not-check" : "not-checked", [])
        }
    }
}

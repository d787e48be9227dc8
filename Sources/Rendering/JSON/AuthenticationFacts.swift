import Authentication
import DNS
import Inspection
import Mail
import Phrases

/// What verifying came to, as JSON: the same members in a report and from the verifiers' own verbs.
struct AuthenticationFacts {
    let inspection: Inspection

    init(_ inspection: Inspection) { self.inspection = inspection }

    var json: JSON {
        guard let found = inspection.authentications else { return nil }
        return [
            "moment": .string(found.moment.description),
            "spf": found.mailFrom.map(Self.json) ?? nil, "spfHelo": found.hello.map(Self.json) ?? nil,
            "dkim": .array(found.signatures.map(Self.json)), "dmarc": found.policy.map(Self.json) ?? nil,
            "dmarcAuthors": .array(found.policies.map(Self.json)),
            "arc": Self.json(found.chain),
        ]
    }

    static func json(_ one: SPF.Evaluation) -> JSON {
        [
            "result": .string(one.result.rawValue), "reason": .string(one.reason.description.cut(to: 512)),
            "state": state(one.trouble), "scope": .string(one.request.scope.rawValue),
            "domain": .string(one.request.domain.description.cut(to: 256)),
            "client": .string(one.request.client.description),
            "explanation": JSON(one.explanation?.cut(to: 512)), "lookups": .number(one.lookups),
            "voidLookups": .number(one.voidLookups), "policies": .array(flat(one.policy)),
        ]
    }

    private static func flat(_ root: SPF.Policy?) -> [JSON] {
        SPFTree.policies(root).map { depth, policy in
            [
                "depth": .number(depth), "domain": .string(policy.domain.description.cut(to: 256)),
                "record": JSON(policy.record?.cut(to: 2048)), "result": .string(policy.result.rawValue),
                "terms": .array(
                    policy.steps.prefix(100).map { step in
                        [
                            "term": .string(step.term.cut(to: 256)), "target": JSON(step.target?.cut(to: 256)),
                            "match": .bool(step.isMatch),
                        ]
                    }),
            ]
        }
    }

    static func json(_ one: DKIM.Verification) -> JSON {
        func names(_ list: [String]) -> JSON { .array(list.prefix(50).map { .string($0.cut(to: 64)) }) }
        let tags = one.signature
        return [
            "result": .string(one.result.rawValue), "reason": .string(one.reason.description.cut(to: 512)),
            "state": state(one.trouble),
            "domain": JSON(tags?.domain.value.description.cut(to: 256)),
            "selector": JSON(tags?.selector.value.cut(to: 256)),
            "identity": JSON(tags?.identity.value.cut(to: 256)), "algorithm": JSON(tags?.algorithm.rawValue),
            "canonicalization": JSON(tags.map { "\($0.headerForm.rawValue)/\($0.bodyForm.rawValue)" }),
            "keyBits": one.keyBits.map { .number($0) } ?? nil, "weak": .bool(one.isWeak),
            "testing": .bool(one.isTesting),
            "header": .string(one.header.rawValue), "body": .string(one.body.rawValue),
            "signed": JSON(tags?.signed.map { DateTime(seconds: $0.value).description }),
            "expires": JSON(tags?.expires.map { DateTime(seconds: $0.value).description }),
            "changedFields": .array(
                one.changes.prefix(50).map {
                    ["name": .string($0.name.cut(to: 64)), "was": .string($0.was.cut(to: 256))]
                }),
            "uncoveredBytes": .number(one.uncovered?.count ?? 0),
            "fields": [
                "signed": names(one.coverage.signed), "unsigned": names(one.coverage.unsigned),
                "partly": names(one.coverage.partly), "oversigned": names(one.coverage.oversigned),
            ],
            "start": .number(one.field.range.lowerBound), "end": .number(one.field.range.upperBound),
        ]
    }

    static func json(_ one: DMARC.Evaluation) -> JSON {
        [
            "result": .string(one.result.rawValue), "reason": .string(one.reason.description.cut(to: 512)),
            "state": one.isOpen ? "could-not-check" : state(one.trouble),
            "author": .string(one.author.description.cut(to: 256)),
            "organisationalDomain": JSON(one.organisation?.description.cut(to: 256)),
            "policyDomain": JSON(one.policyDomain?.description.cut(to: 256)),
            "record": JSON(one.record?.text.cut(to: 2048)),
            "policy": JSON(one.policy?.rawValue), "policyTag": JSON(one.policyTag),
            "identifiers": .array(
                one.identifiers.prefix(30).map { identifier in
                    [
                        "method": .string(identifier.method.rawValue),
                        "domain": .string(identifier.domain.description.cut(to: 256)),
                        "result": .string(identifier.result.rawValue), "aligned": .bool(identifier.isAligned),
                    ]
                }),
            "rfc7489": one.byOldRules.map { old in
                ["result": .string(old.result.rawValue), "policy": JSON(old.policy?.rawValue)]
            } ?? nil,
            "asked": .array(one.asked.map { .string($0.description.cut(to: 256)) }),
        ]
    }

    static func json(_ one: ARC.Chain) -> JSON {
        [
            "result": .string(one.result.rawValue), "reason": .string(one.reason.description.cut(to: 512)),
            "state": .string(one.isOpen || one.result == .temperror ? "could-not-check" : "checked"),
            "sets": .array(
                one.instances.map { set in
                    [
                        "instance": .number(set.number), "sealer": JSON(set.sealer?.value.description.cut(to: 256)),
                        "found": JSON(set.found?.cut(to: 64)), "seal": .string(set.result.rawValue),
                        "sealReason": .string(set.reason.description.cut(to: 512)),
                        "message": .string(set.message.result.rawValue),
                        "messageReason": .string(set.message.reason.description.cut(to: 512)),
                    ]
                }),
        ]
    }

    private static func state(_ trouble: ResolutionFailure?) -> JSON {
        .string(trouble.map { $0.isInconclusive ? "could-not-check" : "not-checked" } ?? "checked")
    }
}

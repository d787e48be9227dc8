package import DNS
package import Mail
package import Phrases

/// Authenticated Received Chain: each forwarder says what it found, and seals it. RFC 8617, made historic since
///
/// A chain that verifies says who sealed it, and that nothing was changed since; what a sealer found is as good as the sealer.
package enum ARC {
    /// How many sets a chain may have. RFC 8617 §4.2.1
    static let limit = 50

    /// One set: what a forwarder found, its signature over the message, and its seal over all sets so far.
    package struct Instance: Sendable {
        package let number: Int
        package let seal: HeaderField
        package let results: HeaderField
        /// The sealing domain; `nil` when the seal cannot be read.
        package fileprivate(set) var sealer: Located<Domain>?
        /// What the sealer found the chain before it to be: `none`, `pass` or `fail`.
        package fileprivate(set) var found: String?
        /// Whether the ARC-Message-Signature still verifies: who forwards later may change the message.
        package fileprivate(set) var message: DKIM.Verification
        /// Whether the seal verifies.
        package fileprivate(set) var result = MethodResult.neutral
        package fileprivate(set) var reason: Phrase = ""
        /// The seal's key is not there today; whether it was then is not known.
        package fileprivate(set) var isKeyGone = false
    }

    package struct Chain: Sendable {
        /// `none`, `pass`, `fail`; `temperror` when a key could not be had.
        package let result: MethodResult
        package let reason: Phrase
        package let instances: [Instance]

        /// Whether it fails, and a key that is gone today is all that is known to be wrong: RFC 8617 wants `fail`, and that says nothing
        /// about then.
        package var isOpen: Bool {
            guard result == .fail, let last = instances.last else { return false }
            let isSealWrong = instances.contains { $0.result != .pass && !$0.isKeyGone }
            let isMessageWrong = last.message.result != .pass && !last.message.isKeyGone
            let isSaidBroken = instances.contains { ($0.found ?? "") != ($0.number == 1 ? "none" : "pass") }
            return !isSealWrong && !isMessageWrong && !isSaidBroken
        }
    }

    /// Verifies the chain: RFC 8617 §5.2.
    ///
    /// - Parameter moment: when the message was received.
    package static func verify(_ message: Message, asking resolver: any Resolver, at moment: DateTime) async -> Chain {
        var sets: [HeaderSet] = []
        do throws(Broken) { sets = try HeaderSet.all(in: message) } catch {
            return Chain(result: .fail, reason: error.reason, instances: [])
        }
        guard !sets.isEmpty else { return Chain(result: .none, reason: "there is no chain", instances: []) }
        let keys = sets.flatMap { set in
            [(set.message, DKIM.SignatureTags.Kind.arc), (set.seal, .seal)].compactMap { field, kind in
                (try? DKIM.SignatureTags(field, message.source, kind: kind))?.key
            }
        }
        let resolver = await Prefetched(keys, from: resolver)
        var verifier = DKIM.Verifier(message, resolver, moment)
        var instances: [Instance] = []
        for set in sets {
            let signature = await verifier.verify(set.message, kind: .arc)
            var instance = Instance(number: set.number, seal: set.seal, results: set.results, message: signature)
            await check(&instance, Array(sets.prefix(set.number)), message, resolver)
            instances.append(instance)
        }
        let (result, reason) = judge(instances, message)
        return Chain(result: result, reason: reason, instances: instances)
    }

    private static func judge(_ instances: [Instance], _ message: Message) -> (MethodResult, Phrase) {
        for instance in instances {
            let wanted = instance.number == 1 ? "none" : "pass"
            if instance.found == "fail" {
                return (.fail, "the sealer of set \(instance.number) found the chain broken")
            }
            if let found = instance.found, found != wanted {
                return (.fail, "set \(instance.number) says cv=\(words: found), where \(term: wanted) belongs")
            }
        }
        guard let last = instances.last else { return (.none, "there is no chain") }
        // Only the newest signature over the message has to hold.
        if last.message.result != .pass {
            return (outcome(last.message.result), "the signature of set \(last.number): \(last.message.reason)")
        }
        for instance in instances.reversed() where instance.result != .pass {
            return (outcome(instance.result), "the seal of set \(instance.number): \(instance.reason)")
        }
        return (.pass, "all \(instances.count) seals are right")
    }

    /// What one signature's result makes of the chain.
    private static func outcome(_ result: MethodResult) -> MethodResult {
        switch result {
        case .temperror: .temperror
        case .neutral: .neutral
        default: .fail
        }
    }

    /// Verifies one seal: it is over the fields of all sets up to its own, in their order. RFC 8617 §5.1.1
    private static func check(
        _ instance: inout Instance, _ sets: [HeaderSet], _ message: Message, _ resolver: any Resolver
    ) async {
        let tags: DKIM.SignatureTags
        do throws(DKIM.SignatureTags.Trouble) {
            tags = try DKIM.SignatureTags(instance.seal, message.source, kind: .seal)
        } catch {
            (instance.result, instance.reason) = (.permerror, error.reason)
            return
        }
        instance.sealer = tags.domain
        instance.found = tags.chain ?? ""
        switch await DKIM.Verifier.key(tags, resolver) {
        case .failure(let trouble):
            (instance.result, instance.reason, instance.isKeyGone) = (trouble.result, trouble.reason, trouble.isKeyGone)
        case .success(let key):
            let form = CanonicalForm(source: message.source)
            var input: [UInt8] = []
            for set in sets {
                for field in [set.results, set.message] {
                    form.append(field, .relaxed, to: &input)
                    input += [.carriageReturn, .lineFeed]
                }
                let isOwn = set.number == instance.number
                form.append(set.seal, .relaxed, to: &input, without: isOwn ? tags.signatureRange : nil)
                if !isOwn { input += [.carriageReturn, .lineFeed] }
            }
            if key.isValid(tags.signature, over: input, tags.algorithm),
                key.bits >= 1024 || tags.algorithm == .ed25519SHA256
            {
                (instance.result, instance.reason) = (.pass, "the seal of \(tags.domain.value) is right")
            } else if !message.source.isByteExact {
                (instance.result, instance.reason) = (.neutral, "could not check: pasting changes bytes")
            } else {
                (instance.result, instance.reason) = (.fail, "the sets were changed, or the key is another one now")
            }
        }
    }

    private struct Broken: Error {
        let reason: Phrase
    }

    /// The three fields of a set.
    private struct HeaderSet {
        let number: Int
        let results: HeaderField
        let message: HeaderField
        let seal: HeaderField

        /// All sets, from the first on; each has one field of each kind, and none is missing. RFC 8617 §4.2.1
        static func all(in message: Message) throws(Broken) -> [HeaderSet] {
            let results = try numbered("ARC-Authentication-Results", message)
            let signatures = try numbered("ARC-Message-Signature", message)
            let seals = try numbered("ARC-Seal", message)
            let count = max(results.count, signatures.count, seals.count)
            var sets: [HeaderSet] = []
            for number in 1..<max(1, count + 1) {
                guard let result = results[number], let signature = signatures[number], let seal = seals[number] else {
                    throw Broken(reason: "set \(number) is not complete")
                }
                sets.append(HeaderSet(number: number, results: result, message: signature, seal: seal))
            }
            return sets
        }

        private static func numbered(_ name: HeaderField.Name, _ message: Message) throws(Broken) -> [Int: HeaderField]
        {
            var found: [Int: HeaderField] = [:]
            for field in message.fields(named: name).prefix(limit + 1) {
                guard let number = number(field, name, message) else {
                    throw Broken(reason: "\(name) has no instance number")
                }
                guard found.updateValue(field, forKey: number) == nil else {
                    throw Broken(reason: "set \(number) has two fields \(name)")
                }
            }
            return found
        }

        // arc-info = instance [CFWS] ";" authres-payload
        private static func number(_ field: HeaderField, _ name: HeaderField.Name, _ message: Message) -> Int? {
            var tag: Located<String>?
            if name == "ARC-Authentication-Results" {
                var cursor = Cursor(message.source, in: field.value)
                cursor.skipCFWS()
                guard cursor.skip(UInt8(ascii: "i")) else { return nil }
                cursor.skipCFWS()
                guard cursor.skip(UInt8(ascii: "=")) else { return nil }
                cursor.skipCFWS()
                let digits = cursor.take(while: \.isDigit)
                cursor.skipCFWS()
                guard cursor.next == UInt8(ascii: ";") else { return nil }
                tag = cursor.located(digits)
            } else {
                tag = try? message.source.read(TagList.self, in: field.value).get()["i"]
            }
            return tag.flatMap { try? DKIM.SignatureTags.instance($0) }
        }
    }
}

import DNS
package import Mail
import Phrases

extension SPF {
    /// One domain's record while it is evaluated: the tree that `include` and `redirect` make.
    package struct Policy: Sendable {
        package let domain: Domain
        /// As published, the strings of the TXT record joined.
        package fileprivate(set) var record: String?
        package fileprivate(set) var steps: [Step] = []
        package fileprivate(set) var result = MethodResult.none
    }

    /// One term that was looked at.
    package struct Step: Sendable {
        /// As it stands in the record.
        package let term: String
        /// The name that its macros came to, where it has one.
        package fileprivate(set) var target: String?
        package fileprivate(set) var isMatch = false
        /// What an `include` or `redirect` led to.
        package fileprivate(set) var policy: Policy?
    }

    /// The function check_host(). RFC 7208 §4
    struct Evaluator {
        let request: Request
        let resolver: any Resolver
        let receiver: String
        let now: DateTime?
        var lookups = 0
        var voidLookups = 0
        var explanation: String?
        var reason: Phrase = ""
        private var trouble: ResolutionFailure?
        /// Names of the client that lead back to its address, once they were asked for.
        private var validatedNames: [Domain]?

        /// What ends an evaluation early.
        struct Stop: Error {
            let result: MethodResult
            let reason: Phrase
            var trouble: ResolutionFailure?
        }

        init(_ request: Request, _ resolver: any Resolver, receiver: String, now: DateTime?) {
            (self.request, self.resolver, self.receiver, self.now) = (request, resolver, receiver, now)
        }

        mutating func run() async -> Evaluation {
            var policy: Policy?
            let result: MethodResult
            // Names that DNS cannot hold, of one label, and address literals have no policy. RFC 7208 §4.3
            if request.domain.isUnconverted || Self.isQueryable(request.domain.ascii ?? ""), !request.domain.isLiteral,
                request.domain.labels.count > 1
            {
                var root = Policy(domain: request.domain)
                result = await check(&root)
                policy = root.record == nil ? nil : root
            } else {
                result = .none
                reason = "\(request.domain) is no name of a host"
            }
            return Evaluation(
                request: request, result: result, reason: reason, explanation: result == .fail ? explanation : nil,
                policy: policy, trouble: result == .temperror ? trouble : nil, lookups: lookups,
                voidLookups: voidLookups)
        }

        /// Whether DNS can be asked for the name: labels of 1 to 63 bytes, 253 in all.
        static func isQueryable(_ name: String) -> Bool {
            var label = 0
            var count = 0
            for byte in name.utf8 {
                count += 1
                if byte == UInt8(ascii: ".") {
                    guard label > 0 else { return false }
                    label = 0
                } else {
                    label += 1
                    guard label < 64 else { return false }
                }
            }
            // A dot at the end is the root's.
            return count > 0 && count - (label == 0 ? 1 : 0) <= 253
        }

        /// Evaluates one domain's policy; recursion ends with the limit of lookups.
        private mutating func check(_ policy: inout Policy) async -> MethodResult {
            do throws(Stop) {
                policy.result = try await evaluate(&policy)
            } catch {
                policy.result = error.result
                reason = error.reason
                trouble = trouble ?? error.trouble
            }
            return policy.result
        }

        private mutating func evaluate(_ policy: inout Policy) async throws(Stop) -> MethodResult {
            guard let bytes = try await record(of: policy.domain) else {
                reason = "\(policy.domain) publishes no SPF policy"
                return .none
            }
            policy.record = String(decoding: bytes, as: UTF8.self)
            let record: Record
            do throws(Record.Trouble) { record = try Record(bytes) } catch {
                throw Stop(result: .permerror, reason: "\"\(words: error.term)\" cannot be read: \(error.reason)")
            }
            for directive in record.directives {
                var step = Step(term: directive.text)
                defer { policy.steps.append(step) }
                guard try await matches(directive, &step, policy.domain) else { continue }
                step.isMatch = true
                reason = "\(words: directive.text) of \(policy.domain) matches \(request.client)"
                if directive.qualifier == .fail, let target = record.explanation {
                    explanation = await explanation(target, policy.domain)
                }
                return directive.qualifier.result
            }
            guard let redirect = record.redirect else {
                reason = "no term of \(policy.domain) matches \(request.client)"
                return .neutral
            }
            var step = Step(term: redirect.text)
            defer { policy.steps.append(step) }
            try count()
            let name = await target(redirect.target, policy.domain)
            step.target = name
            guard Self.isQueryable(name) else {
                throw Stop(result: .permerror, reason: "redirect leads to \(words: name), which is no name")
            }
            var next = Policy(domain: Domain(name))
            let result = await check(&next)
            step.policy = next
            if result == .none {
                throw Stop(result: .permerror, reason: "redirect leads to \(next.domain), which has no policy")
            }
            step.isMatch = true
            return result
        }

        // MARK: Mechanisms

        private mutating func matches(_ directive: Record.Directive, _ step: inout Step, _ domain: Domain)
            async throws(Stop) -> Bool
        {
            switch directive.mechanism {
            case .all: return true
            case .network(let block): return block?.contains(request.client) ?? false
            case .include(let spec):
                guard let name = try await countedTarget(spec, domain, &step) else {
                    throw Stop(result: .permerror, reason: "\(words: directive.text) names no domain")
                }
                var included = Policy(domain: name)
                let result = await check(&included)
                step.policy = included
                switch result {
                case .pass: return true
                case .fail, .softfail, .neutral: return false
                case .temperror: throw Stop(result: .temperror, reason: reason)
                case .none:
                    throw Stop(
                        result: .permerror, reason: "\(words: directive.text) leads to a domain without a policy")
                case .permerror, .policy: throw Stop(result: .permerror, reason: reason)
                }
            case .a(let spec, let prefixes):
                guard let name = try await countedTarget(spec, domain, &step) else { return false }
                return holds(try await addresses(of: name), prefixes)
            case .mx(let spec, let prefixes):
                guard let name = try await countedTarget(spec, domain, &step) else { return false }
                return try await exchanges(of: name, prefixes)
            case .ptr(let spec):
                guard let name = try await countedTarget(spec, domain, &step) else { return false }
                return try await names().contains { $0.isWithin(name) }
            case .exists(let spec):
                guard let name = try await countedTarget(spec, domain, &step) else { return false }
                return !(try await ask(name, .a)).addresses.isEmpty
            }
        }

        private func holds(_ addresses: [IPAddress], _ prefixes: Record.Prefixes) -> Bool {
            addresses.contains { address in
                guard address.isV6 == request.client.isV6 else { return false }
                return AddressBlock(address, prefixLength: address.isV6 ? prefixes.v6 : prefixes.v4)
                    .contains(request.client)
            }
        }

        private mutating func addresses(of name: Domain) async throws(Stop) -> [IPAddress] {
            try await ask(name, request.client.isV6 ? .aaaa : .a).addresses
        }

        private mutating func exchanges(of name: Domain, _ prefixes: Record.Prefixes) async throws(Stop) -> Bool {
            let hosts = try await ask(name, .mx).records.compactMap { record -> Domain? in
                if case .mailExchange(_, let host) = record { host } else { nil }
            }
            guard hosts.count <= Limit.names else {
                throw Stop(result: .permerror, reason: "\(name) has more than \(Limit.names) MX hosts")
            }
            for host in hosts where Self.isQueryable(host.name) {
                if holds(try await addresses(of: host), prefixes) { return true }
            }
            return false
        }

        /// The names of the client that lead back to its address; errors leave names out. RFC 7208 §5.5
        private mutating func names() async throws(Stop) -> [Domain] {
            if let validatedNames { return validatedNames }
            var found: [Domain] = []
            if let answer = try? await resolver.answer(Question(request.client.reverseName, .ptr)) {
                if answer.hosts.isEmpty { try countVoid() }
                for host in answer.hosts.prefix(Limit.names) where Self.isQueryable(host.name) {
                    let answer = try? await resolver.answer(Question(host, request.client.isV6 ? .aaaa : .a))
                    if answer?.addresses.contains(request.client) == true { found.append(host) }
                }
            }
            validatedNames = found
            return found
        }

        // MARK: Asking

        /// The one policy that a domain publishes. RFC 7208 §4.5
        private mutating func record(of domain: Domain) async throws(Stop) -> [UInt8]? {
            let answer: Answer
            do throws(ResolutionFailure) { answer = try await resolver.answer(Question(domain, .txt)) } catch {
                if error == .notAName { return nil }
                throw Self.stop(error, domain)
            }
            let policies = answer.texts.filter(Record.isPolicy)
            guard policies.count <= 1 else {
                throw Stop(result: .permerror, reason: "\(domain) publishes \(policies.count) SPF policies")
            }
            return policies.first
        }

        private mutating func ask(_ name: Domain, _ type: RecordType) async throws(Stop) -> Answer {
            var answer = Answer(Question(name, type), .noSuchName)
            do throws(ResolutionFailure) { answer = try await resolver.answer(answer.question) } catch {
                guard error == .notAName else { throw Self.stop(error, name) }
            }
            if answer.records.isEmpty { try countVoid() }
            return answer
        }

        private static func stop(_ failure: ResolutionFailure, _ name: Domain) -> Stop {
            Stop(result: .temperror, reason: "\(name): \(failure.reason)", trouble: failure)
        }

        /// Counts a term that asks DNS.
        private mutating func count() throws(Stop) {
            lookups += 1
            guard lookups <= Limit.lookups else {
                throw Stop(result: .permerror, reason: "more than \(Limit.lookups) terms ask DNS")
            }
        }

        private mutating func countVoid() throws(Stop) {
            voidLookups += 1
            guard voidLookups <= Limit.voidLookups else {
                throw Stop(result: .permerror, reason: "more than \(Limit.voidLookups) answers were empty")
            }
        }

        // MARK: Macros

        /// The name that a term is about; `nil` when its macros come to none, which nothing matches.
        private mutating func countedTarget(_ spec: MacroString?, _ domain: Domain, _ step: inout Step)
            async throws(Stop) -> Domain?
        {
            try count()
            guard let spec else { return domain }
            let name = await target(spec, domain)
            step.target = name
            return Self.isQueryable(name) ? Domain(name) : nil
        }

        /// What a domain-spec comes to; from 254 bytes on it loses labels on the left. RFC 7208 §7.3
        private mutating func target(_ spec: MacroString, _ domain: Domain) async -> String {
            let name = await expanded(spec, domain)
            guard name.utf8.count > 253 else { return name }
            let end = name.utf8.suffix(254)
            guard let dot = end.firstIndex(of: UInt8(ascii: ".")) else { return name }
            return String(decoding: end[end.index(after: dot)...], as: UTF8.self)
        }

        private mutating func expanded(_ text: MacroString, _ domain: Domain) async -> String {
            let validated = text.needsValidatedName ? (try? await names()) ?? [] : []
            let name = validated.first { $0 == domain } ?? validated.first { $0.isWithin(domain) } ?? validated.first
            return text.expanded { letter in
                switch letter {
                case UInt8(ascii: "s"): "\(request.localPart)@\(request.domain)"
                case UInt8(ascii: "l"): request.localPart
                case UInt8(ascii: "o"): request.domain.name
                case UInt8(ascii: "d"): domain.name
                case UInt8(ascii: "i"): request.client.dotted
                case UInt8(ascii: "p"): name?.name ?? "unknown"
                case UInt8(ascii: "v"): request.client.isV6 ? "ip6" : "in-addr"
                case UInt8(ascii: "h"): request.hello
                case UInt8(ascii: "c"): request.client.description
                case UInt8(ascii: "r"): receiver
                case UInt8(ascii: "t"): "\(now?.seconds ?? 0)"
                default: ""
                }
            }
        }

        /// The domain's explanation of a fail; whatever is wrong with it, there is none then. RFC 7208 §6.2
        private mutating func explanation(_ spec: MacroString, _ domain: Domain) async -> String? {
            let name = await target(spec, domain)
            guard Self.isQueryable(name), let answer = try? await resolver.answer(Question(Domain(name), .txt)),
                answer.texts.count == 1, let text = answer.texts.first,
                let macros = try? MacroString(text[...], inExplanation: true)
            else { return nil }
            return await expanded(macros, domain)
        }
    }
}

extension IPAddress {
    /// Four numbers, or thirty-two hexadecimal digits, with dots between. RFC 7208 §7.3
    fileprivate var dotted: String {
        guard isV6 else { return description }
        return bytes.flatMap { [$0 >> 4, $0 & 15] }.map { String($0, radix: 16, uppercase: true) }.joined(
            separator: ".")
    }
}

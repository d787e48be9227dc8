package import DNS
package import Mail
package import Phrases

extension DMARC {
    /// A domain that SPF or DKIM verified, and whether it is the author's.
    package struct Identifier: Sendable {
        package enum Method: String, Sendable { case spf, dkim }

        package let method: Method
        package let domain: Domain
        package let result: MethodResult
        /// Its organisational domain; `nil` when it was not needed.
        package fileprivate(set) var organisation: Domain?
        package fileprivate(set) var isAligned = false

        package init(_ method: Method, _ domain: Domain, _ result: MethodResult) {
            (self.method, self.domain, self.result) = (method, domain, result)
        }
    }

    package struct Evaluation: Sendable {
        package let author: Domain
        /// `none` where DMARC does not apply, `temperror` where DNS failed, else `pass` or `fail`.
        package fileprivate(set) var result = MethodResult.none
        package fileprivate(set) var reason: Phrase = ""
        /// The question without an answer that ended it.
        package fileprivate(set) var trouble: ResolutionFailure?
        /// Where the policy is published, and what it says; `nil` when there is none.
        package fileprivate(set) var policyDomain: Domain?
        package fileprivate(set) var record: Record?
        package fileprivate(set) var organisation: Domain?
        /// What the owner asks for when the result is `fail`.
        package fileprivate(set) var policy: Policy?
        /// Which tag says so: `p`, `sp` or `np`.
        package fileprivate(set) var policyTag: String?
        package fileprivate(set) var identifiers: [Identifier] = []
        /// Names whose `_dmarc` record was asked for, in order.
        package fileprivate(set) var asked: [Domain] = []
        /// What would decide and is not known: then `fail` is not what was found. The result is `temperror`.
        package fileprivate(set) var isOpen = false
        /// What a receiver decides that follows RFC 7489, with the public suffix list; `nil` when it cannot be said.
        package fileprivate(set) var byOldRules: (result: MethodResult, policy: Policy?)?
    }

    struct Evaluator {
        private let resolver: any Resolver
        private var known: [Domain: Record?] = [:]
        private var asked: [Domain] = []

        init(_ resolver: any Resolver) { self.resolver = resolver }

        /// Labels that a walk begins with at the most. RFC 9989 §4.10
        private static let labels = 7

        mutating func evaluate(_ author: Domain, _ identifiers: [Identifier], unless unknown: Phrase?) async
            -> Evaluation
        {
            var result = Evaluation(author: author)
            do throws(ResolutionFailure) {
                try await decide(&result, identifiers)
                result.byOldRules = try await byOldRules(author, identifiers)
            } catch {
                (result.result, result.reason) = (.temperror, "the policy: \(error.reason)")
                result.trouble = error
                result.identifiers = identifiers
            }
            result.asked = asked
            // Something that can pass was not verified: a fail is not what was found.
            if let unknown, result.result == .fail {
                (result.result, result.reason, result.isOpen, result.byOldRules) = (.temperror, unknown, true, nil)
            }
            return result
        }

        private mutating func decide(_ result: inout Evaluation, _ identifiers: [Identifier])
            async throws(ResolutionFailure)
        {
            result.identifiers = identifiers
            let ownRecord = try await record(at: result.author)
            var walk: [(name: Domain, record: Record)] = []
            var trouble: ResolutionFailure?
            do throws(ResolutionFailure) { walk = try await self.walk(result.author) } catch {
                // With a record of its own, what is above the author's domain matters to relaxed alignment only.
                guard ownRecord != nil else { throw error }
                trouble = error
            }
            let organisation = Self.organisation(result.author, walk)
            if trouble == nil { result.organisation = organisation }
            // Policy discovery: the author's own record, else the organisation's, else that of the public suffix. RFC 9989 §4.10.1
            let own = ownRecord.map { (name: result.author, record: $0) }
            guard
                let found = own ?? walk.first(where: { $0.name == organisation })
                    ?? walk.first(where: { $0.record.suffix == .yes })
            else {
                result.reason = "\(result.author) publishes no DMARC policy"
                return
            }
            (result.policyDomain, result.record) = (found.name, found.record)
            var (policy, tag) = (found.record.policy, "p")
            if own == nil {
                if let other = found.record.nonexistent, try await !exists(result.author) {
                    (policy, tag) = (other, "np")
                } else if let other = found.record.subdomains {
                    (policy, tag) = (other, "sp")
                }
            }
            result.policy = found.record.isTest ? policy.lower : policy
            result.policyTag = tag
            for index in identifiers.indices where identifiers[index].result == .pass {
                let one = identifiers[index]
                let isStrict = one.method == .dkim ? found.record.isStrictDKIM : found.record.isStrictSPF
                if one.domain == result.author {
                    result.identifiers[index].isAligned = true
                } else if !isStrict {
                    if let trouble { throw trouble }
                    let other = Self.organisation(one.domain, try await self.walk(one.domain))
                    result.identifiers[index].organisation = other
                    result.identifiers[index].isAligned = other == organisation
                }
            }
            if let aligned = result.identifiers.first(where: \.isAligned) {
                (result.result, result.reason) = (
                    .pass, "\(term: aligned.method.rawValue.uppercased()) verified \(aligned.domain)"
                )
            } else {
                let others = result.identifiers.filter { $0.result == .pass }.map { Phrase($0.domain.words) }
                result.result = .fail
                result.reason =
                    others.isEmpty
                    ? "neither SPF nor DKIM verified anything"
                    : "what verified (\(list: others)) is not the author's domain"
            }
        }

        // MARK: The tree walk

        /// The records that the walk from a name meets, the longest name first; at most eight questions. RFC 9989 §4.10
        private mutating func walk(_ start: Domain) async throws(ResolutionFailure) -> [(name: Domain, record: Record)]
        {
            var found: [(name: Domain, record: Record)] = []
            var labels = start.labels
            var name = start
            while !labels.isEmpty {
                if let record = try await record(at: name) {
                    found.append((name, record))
                    if record.suffix != .unknown { break }
                }
                labels = labels.count > Self.labels ? labels.suffix(Self.labels) : Array(labels.dropFirst())
                name = Domain(labels.joined(separator: "."))
            }
            return found
        }

        /// RFC 9989 §4.10.2
        private static func organisation(_ start: Domain, _ walk: [(name: Domain, record: Record)]) -> Domain {
            for (name, record) in walk {
                if record.suffix == .no { return name }
                if record.suffix == .yes, name != start {
                    let above = name.labels.count
                    return Domain(start.labels.suffix(above + 1).joined(separator: "."))
                }
            }
            return walk.last?.name ?? start
        }

        /// The one record at `_dmarc` below a name.
        private mutating func record(at name: Domain) async throws(ResolutionFailure) -> Record? {
            if let known = known[name] { return known }
            asked.append(name)
            let question = Question(Domain("_dmarc.\(name)"), .txt)
            var texts: [[UInt8]] = []
            do throws(ResolutionFailure) { texts = try await resolver.answer(question).texts } catch {
                guard error == .notAName else { throw error }
            }
            let records = texts.filter(Self.isRecord)
            let record = records.count == 1 ? Record(records[0]) : nil
            known[name] = record
            return record
        }

        /// Several records cancel each other, whatever policies they hold.
        private static func isRecord(_ text: [UInt8]) -> Bool {
            let version = text.prefix { $0 != UInt8(ascii: ";") }.filter { !$0.isFolding }
            return version.count == 8 && version[0] | 0x20 == UInt8(ascii: "v")
                && version.dropFirst().elementsEqual("=DMARC1".utf8)
        }

        /// Whether the name has anything in DNS: NXDOMAIN is the same for every type. RFC 8020
        private func exists(_ name: Domain) async throws(ResolutionFailure) -> Bool {
            try await resolver.answer(Question(name, .a)).outcome != .noSuchName
        }

        // MARK: RFC 7489

        /// What receivers decide that look for one organisational domain by the public suffix list. RFC 7489 §3.2, §6.6.3
        private mutating func byOldRules(_ author: Domain, _ identifiers: [Identifier])
            async throws(ResolutionFailure) -> (result: MethodResult, policy: Policy?)
        {
            let home = author.organisational
            let own = try await record(at: author)
            let above = own == nil && home != author ? try await record(at: home) : nil
            guard let record = own ?? above else { return (.none, nil) }
            let isAligned = identifiers.contains { one in
                guard one.result == .pass else { return false }
                let isStrict = one.method == .dkim ? record.isStrictDKIM : record.isStrictSPF
                return isStrict ? one.domain == author : one.domain.organisational == home
            }
            return (isAligned ? .pass : .fail, own == nil ? record.subdomains ?? record.policy : record.policy)
        }
    }
}

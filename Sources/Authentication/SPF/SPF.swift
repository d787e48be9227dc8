package import DNS
package import Mail
package import Phrases

/// Sender Policy Framework: which hosts a domain lets send in its name. RFC 7208
package enum SPF {
    /// What is verified: that a host may use a domain in MAIL FROM, or in HELO.
    package struct Request: Sendable {
        package enum Scope: String, Sendable { case mailFrom = "mailfrom", hello = "helo" }

        package let client: IPAddress
        package let scope: Scope
        /// The part of MAIL FROM before the "@"; `postmaster` when it has none. RFC 7208 §4.3
        package let localPart: String
        package let domain: Domain
        /// What the host called itself.
        package let hello: String

        /// Verifies the MAIL FROM identity; with the null sender it is `postmaster` at the HELO name. RFC 7208 §2.4
        ///
        /// - Parameter mailFrom: with or without the brackets that it has in SMTP.
        package init(client: IPAddress, mailFrom: String, hello: String) {
            let isBracketed = mailFrom.hasPrefix("<") && mailFrom.hasSuffix(">")
            let mailFrom = isBracketed ? String(mailFrom.dropFirst().dropLast()) : mailFrom
            self.client = client
            self.hello = hello
            let at = mailFrom.lastIndex(of: "@")
            let name = at.map { String(mailFrom[mailFrom.index(after: $0)...]) } ?? mailFrom
            scope = mailFrom.isEmpty ? .hello : .mailFrom
            domain = Domain(mailFrom.isEmpty ? hello : name)
            // A local part has 64 bytes at the most (RFC 5321 §4.5.3.1.1); macros repeat it.
            let local = at.map { String(decoding: mailFrom[..<$0].utf8.suffix(1024), as: UTF8.self) } ?? ""
            localPart = local.isEmpty ? "postmaster" : local
        }

        /// Verifies the HELO identity. RFC 7208 §2.3
        package init(client: IPAddress, hello: String) {
            (self.client, self.hello, scope) = (client, hello, .hello)
            (domain, localPart) = (Domain(hello), "postmaster")
        }
    }

    /// The outcome, with the way to it.
    package struct Evaluation: Sendable {
        package let request: Request
        package let result: MethodResult
        /// Why, in words that stand after the result: "-all matched".
        package let reason: Phrase
        /// What the domain gives as the reason of a fail. Written by the domain's owner.
        package let explanation: String?
        /// The policy that was evaluated, `nil` when there is none.
        package let policy: Policy?
        /// The question without an answer that ended it.
        package let trouble: ResolutionFailure?
        /// Terms that ask DNS, of 10 at most; and answers that were empty, of 2 at most. RFC 7208 §4.6.4
        package let lookups: Int
        package let voidLookups: Int

        /// The term that matched, in the policy that `include` and `redirect` led to.
        package var decidingTerm: String? {
            var policy = self.policy
            var term: String?
            while let step = policy?.steps.last(where: {
                $0.isMatch || ($0.policy != nil && $0.term.hasPrefix("redirect="))
            }) {
                if step.isMatch { term = step.term }
                policy = step.policy
            }
            return term
        }
    }

    /// What DNS may be asked for one evaluation. RFC 7208 §4.6.4
    enum Limit {
        static let lookups = 10
        static let voidLookups = 2
        /// Hosts of one MX record set, and names of one address.
        static let names = 10
    }

    package static func evaluate(
        _ request: Request, asking resolver: any Resolver, receiver: String = "unknown", now: DateTime? = nil
    ) async -> Evaluation {
        var evaluator = Evaluator(request, resolver, receiver: receiver, now: now)
        return await evaluator.run()
    }
}

public import DNS
public import Mail

/// Sender Policy Framework: which hosts a domain lets send in its name. RFC 7208
public enum SPF {
    /// What is verified: that a host may use a domain in MAIL FROM, or in HELO.
    public struct Request: Sendable {
        public enum Scope: String, Sendable { case mailFrom = "mailfrom", hello = "helo" }

        public let client: IPAddress
        public let scope: Scope
        /// The part of MAIL FROM before the "@"; `postmaster` when it has none. RFC 7208 §4.3
        public let localPart: String
        public let domain: Domain
        /// What the host called itself.
        public let hello: String

        /// Verifies the MAIL FROM identity; with the null sender it is `postmaster` at the HELO name. RFC 7208 §2.4
        ///
        /// - Parameter mailFrom: with or without the brackets that it has in SMTP.
        public init(client: IPAddress, mailFrom: String, hello: String) {
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
        public init(client: IPAddress, hello: String) {
            (self.client, self.hello, scope) = (client, hello, .hello)
            (domain, localPart) = (Domain(hello), "postmaster")
        }
    }

    /// The outcome, with the way to it.
    public struct Evaluation: Sendable {
        public let request: Request
        public let result: MethodResult
        /// Why, in words that stand after the result: "-all matched".
        public let reason: String
        /// What the domain gives as the reason of a fail. Written by the domain's owner.
        public let explanation: String?
        /// The policy that was evaluated, `nil` when there is none.
        public let policy: Policy?
        /// The question without an answer that ended it.
        public let trouble: ResolutionFailure?
        /// Terms that ask DNS, of 10 at most; and answers that were empty, of 2 at most. RFC 7208 §4.6.4
        public let lookups: Int
        public let voidLookups: Int

        /// The term that matched, in the policy that `include` and `redirect` led to.
        public var decidingTerm: String? {
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

    /// One domain's record while it is evaluated: the tree that `include` and `redirect` make.
    public struct Policy: Sendable {
        public let domain: Domain
        /// As published, the strings of the TXT record joined.
        public internal(set) var record: String?
        public internal(set) var steps: [Step] = []
        public internal(set) var result = MethodResult.none
    }

    /// One term that was looked at.
    public struct Step: Sendable {
        /// As it stands in the record.
        public let term: String
        /// The name that its macros came to, where it has one.
        public internal(set) var target: String?
        public internal(set) var isMatch = false
        /// What an `include` or `redirect` led to.
        public internal(set) var policy: Policy?
    }

    /// What DNS may be asked for one evaluation. RFC 7208 §4.6.4
    enum Limit {
        static let lookups = 10
        static let voidLookups = 2
        /// Hosts of one MX record set, and names of one address.
        static let names = 10
    }

    public static func evaluate(
        _ request: Request, asking resolver: any Resolver, receiver: String = "unknown", now: DateTime? = nil
    ) async -> Evaluation {
        var evaluator = Evaluator(request, resolver, receiver: receiver, now: now)
        return await evaluator.run()
    }
}

public import DNS
public import Mail

/// Domain-based Message Authentication, Reporting and Conformance: whether what verified is the author's. RFC 9989
public enum DMARC {
    public enum Policy: String, Sendable {
        case none, quarantine, reject

        /// One level down, for tests. RFC 9989, tag `t`
        var lower: Policy { self == .reject ? .quarantine : .none }
    }

    /// A domain that SPF or DKIM verified, and whether it is the author's.
    public struct Identifier: Sendable {
        public enum Method: String, Sendable { case spf, dkim }

        public let method: Method
        public let domain: Domain
        public let result: MethodResult
        /// Its organisational domain; `nil` when it was not needed.
        public internal(set) var organisation: Domain?
        public internal(set) var isAligned = false

        public init(_ method: Method, _ domain: Domain, _ result: MethodResult) {
            (self.method, self.domain, self.result) = (method, domain, result)
        }
    }

    public struct Evaluation: Sendable {
        public let author: Domain
        /// `none` where DMARC does not apply, `temperror` where DNS failed, else `pass` or `fail`.
        public internal(set) var result = MethodResult.none
        public internal(set) var reason = ""
        /// The question without an answer that ended it.
        public internal(set) var trouble: ResolutionFailure?
        /// Where the policy is published, and what it says; `nil` when there is none.
        public internal(set) var policyDomain: Domain?
        public internal(set) var record: Record?
        public internal(set) var organisation: Domain?
        /// What the owner asks for when the result is `fail`.
        public internal(set) var policy: Policy?
        /// Which tag says so: `p`, `sp` or `np`.
        public internal(set) var policyTag: String?
        public internal(set) var identifiers: [Identifier] = []
        /// Names whose `_dmarc` record was asked for, in order.
        public internal(set) var asked: [Domain] = []
        /// What would decide and is not known: then `fail` is not what was found. The result is `temperror`.
        public private(set) var isOpen = false
        /// What a receiver decides that follows RFC 7489, with the public suffix list; `nil` when it cannot be said.
        public internal(set) var byOldRules: (result: MethodResult, policy: Policy?)?

        /// Takes a `fail` back because something that can pass was not verified.
        public mutating func leaveOpen(_ reason: String) {
            guard result == .fail else { return }
            (result, isOpen, byOldRules) = (.temperror, true, nil)
            self.reason = reason
        }
    }

    /// Evaluates what verified against the author's domain.
    ///
    /// - Parameters:
    ///   - author: the domain of the one address in From.
    ///   - identifiers: what SPF and DKIM came to; those that did not pass are shown and cannot align.
    public static func evaluate(author: Domain, _ identifiers: [Identifier], asking resolver: any Resolver) async
        -> Evaluation
    {
        var evaluator = Evaluator(resolver)
        return await evaluator.evaluate(author, identifiers)
    }
}

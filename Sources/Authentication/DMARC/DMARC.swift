package import DNS
package import Mail
package import Phrases

/// Domain-based Message Authentication, Reporting and Conformance: whether what verified is the author's. RFC 9989
package enum DMARC {
    package enum Policy: String, Sendable {
        case none, quarantine, reject

        /// One level down, for tests. RFC 9989, tag `t`
        var lower: Policy { self == .reject ? .quarantine : .none }
    }

    /// Evaluates what verified against the author's domain.
    ///
    /// - Parameters:
    ///   - author: the domain of the one address in From.
    ///   - identifiers: what SPF and DKIM came to; those that did not pass are shown and cannot align.
    ///   - unknown: what can pass for the author and was not verified, in words: then `fail` is not what is found.
    package static func evaluate(
        author: Domain, _ identifiers: [Identifier], unless unknown: Phrase? = nil, asking resolver: any Resolver
    ) async -> Evaluation {
        var evaluator = Evaluator(resolver)
        return await evaluator.evaluate(author, identifiers, unless: unknown)
    }
}

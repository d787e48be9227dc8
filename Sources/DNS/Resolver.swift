package import Mail
package import Phrases

/// Something that answers DNS questions: the network, or a recording of it.
package protocol Resolver: Sendable {
    func answer(_ question: Question) async throws(ResolutionFailure) -> Answer
}

/// A name and the type of record wanted. RFC 1035 §4.1.2
package struct Question: Hashable, Sendable, CustomStringConvertible {
    package let name: Domain
    package let type: RecordType

    package init(_ name: Domain, _ type: RecordType) {
        self.name = name
        self.type = type
    }

    package var description: String { "\(name) \(type.rawValue)" }
}

package enum RecordType: String, Hashable, CaseIterable, Sendable {
    case a = "A"
    case aaaa = "AAAA"
    case mx = "MX"
    case ptr = "PTR"
    case txt = "TXT"
    case cname = "CNAME"
    case tlsa = "TLSA"

    /// The number on the wire. IANA DNS Parameters
    var code: Int32 {
        switch self {
        case .a: 1
        case .cname: 5
        case .ptr: 12
        case .mx: 15
        case .txt: 16
        case .aaaa: 28
        case .tlsa: 52
        }
    }
}

/// What DNS said about a question.
package struct Answer: Hashable, Sendable {
    package enum Outcome: Hashable, Sendable {
        /// At least one record.
        case records([Record])
        /// The name exists, without records of this type. RFC 2308 §2.2
        case noData
        /// The name does not exist: NXDOMAIN. RFC 2308 §2.1
        case noSuchName
    }

    /// What DNSSEC says about the answer. RFC 4035 §4.3
    package enum Security: String, Hashable, Sendable {
        /// Signed, and the signatures lead to the root.
        case secure
        /// Proven to be unsigned.
        case insecure
        /// Not known: the resolver may have left signatures out.
        case unknown
    }

    package let question: Question
    package let outcome: Outcome
    package let security: Security
    /// How long the answer may be kept, in seconds.
    package let timeToLive: Int?

    package init(_ question: Question, _ outcome: Outcome, security: Security = .unknown, timeToLive: Int? = nil) {
        self.question = question
        self.outcome = outcome
        self.security = security
        self.timeToLive = timeToLive
    }

    /// The records, none if there are none.
    package var records: [Record] { if case .records(let records) = outcome { records } else { [] } }
    package var addresses: [IPAddress] {
        records.compactMap { if case .address(let address) = $0 { address } else { nil } }
    }
    /// TXT records, the strings of each joined.
    package var texts: [[UInt8]] {
        records.compactMap { if case .text(let strings) = $0 { Array(strings.joined()) } else { nil } }
    }
    package var hosts: [Domain] {
        records.compactMap { if case .host(let name) = $0 { name } else { nil } }
    }
}

/// No answer was had, which says nothing about what exists.
package enum ResolutionFailure: Error, Hashable, Sendable {
    /// No answer came within the time there was.
    case timedOut
    /// The resolver says that it could not find out: SERVFAIL, REFUSED and their like.
    case serverFailed
    /// The answer's DNSSEC signatures are wrong. RFC 4035 §4.3
    case bogus
    /// The recording does not hold this question.
    case notRecorded
    /// There is no resolver to ask, for the reason given.
    case unavailable(Phrase)
    /// No DNS question can be made of this name.
    case notAName
    /// The questions that may be asked for one message are used up.
    case tooMany

    /// Whether an answer was wanted and could not be had; the others were not asked for, or not asked.
    package var isInconclusive: Bool {
        switch self {
        case .timedOut, .serverFailed, .bogus, .unavailable, .tooMany: true
        case .notRecorded, .notAName: false
        }
    }

    /// Why there is no answer, to stand after "not checked: " or "could not check: ".
    package var reason: Phrase {
        switch self {
        case .timedOut: "no answer in time"
        case .serverFailed: "the resolver reported a failure (SERVFAIL)"
        case .bogus: "the answer's DNSSEC signatures are wrong"
        case .notRecorded: "the recording does not hold this question"
        case .unavailable(let reason): reason
        case .notAName: "no name that DNS can hold"
        case .tooMany: "the limit of questions for one message was reached"
        }
    }
}

/// What is left when no resolver can be reached: every question gets the same reason, at once.
package struct UnreachableResolver: Resolver {
    package let reason: Phrase
    package init(_ reason: Phrase) { self.reason = reason }
    package func answer(_ question: Question) async throws(ResolutionFailure) -> Answer { throw .unavailable(reason) }
}

import DNS
import Mail
import Synchronization

/// Answers from a zone, and counts the questions; about what is not in it, that it does not exist.
final class CountingResolver: Resolver {
    private let zone: Zone
    private let asked = Mutex<[String]>([])
    /// An answer for every name of which the zone says nothing.
    private let other: (@Sendable (Question) -> Answer)?

    init(_ zone: String = "", other: (@Sendable (Question) -> Answer)? = nil) throws {
        self.zone = try Zone(zone)
        self.other = other
    }

    var questions: [String] { asked.withLock { $0 } }

    func answer(_ question: Question) async throws(ResolutionFailure) -> Answer {
        asked.withLock { $0.append(question.description) }
        if let result = zone[question] { return try result.get() }
        return other?(question) ?? Answer(question, .noSuchName)
    }
}

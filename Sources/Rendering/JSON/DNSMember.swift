import DNS
import Mail
import Phrases

/// The questions that were asked, and what came of them.
extension JSONRenderer {
    static func members(_ answer: Answer) -> [(String, JSON)] {
        let state =
            switch answer.outcome {
            case .records: "records"
            case .noData: "no-data"
            case .noSuchName: "no-such-name"
            }
        return [
            ("name", .string(answer.question.name.description)), ("type", .string(answer.question.type.rawValue)),
            ("outcome", .string(state)), ("security", .string(answer.security.rawValue)),
            ("records", JSON(answer.records.prefix(50).map { $0.description.cut(to: 512) })),
        ]
    }

    /// A question, and what came of it.
    static func question(_ question: Question, _ result: Result<Answer, ResolutionFailure>) -> JSON {
        switch result {
        case .success(let found): .object(members(found))
        case .failure(let failure):
            [
                "name": .string(question.name.description), "type": .string(question.type.rawValue),
                "outcome": .string(id(failure)), "security": "unknown", "records": [],
            ]
        }
    }

    private static func id(_ failure: ResolutionFailure) -> String {
        switch failure {
        case .timedOut: "timed-out"
        case .serverFailed: "server-failed"
        case .bogus: "bogus"
        case .notRecorded: "not-recorded"
        case .unavailable: "unavailable"
        case .notAName: "not-a-name"
        case .tooMany: "too-many"
        }
    }
}

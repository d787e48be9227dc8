import Mail
import Phrases

/// What DNS may cost for one message.
package struct DNSBudget: Sendable {
    /// For all questions together.
    package var seconds: Double
    /// How many different questions are asked.
    package var questions: Int

    package init(seconds: Double = 5, questions: Int = 200) { (self.seconds, self.questions) = (seconds, questions) }
}

/// Asks another resolver each question once, and keeps what came of it.
package actor RememberingResolver: Resolver {
    private let resolver: any Resolver
    private let limit: Int
    private var asked: [Question: Task<Result<Answer, ResolutionFailure>, Never>] = [:]

    /// - Parameter limit: how many different questions are passed on.
    package init(_ resolver: any Resolver, limit: Int = 200) {
        self.resolver = resolver
        self.limit = limit
    }

    package func answer(_ question: Question) async throws(ResolutionFailure) -> Answer {
        if question.name.isUnconverted { throw .unavailable("ICU could not be loaded") }
        // A name from a message is looked at before it is asked for.
        guard question.isAskable else { throw .notAName }
        if let task = asked[question] { return try await task.value.get() }
        guard asked.count < limit else { throw .tooMany }
        let task = Task { [resolver] () -> Result<Answer, ResolutionFailure> in
            do throws(ResolutionFailure) {
                return .success(try await resolver.answer(question))
            } catch {
                return .failure(error)
            }
        }
        asked[question] = task
        return try await task.value.get()
    }

    /// Every question that was asked and what came of it, ordered by name and type, not by who was fastest.
    package func transcript() async -> [(question: Question, result: Result<Answer, ResolutionFailure>)] {
        var transcript: [(question: Question, result: Result<Answer, ResolutionFailure>)] = []
        for (question, task) in asked { transcript.append((question, await task.value)) }
        return transcript.sorted {
            ($0.question.name.description, $0.question.type.rawValue)
                < ($1.question.name.description, $1.question.type.rawValue)
        }
    }
}

extension Question {
    /// Labels of 1 to 63 bytes, 253 in all, of letters, digits, hyphens and underscores: nothing else is sent.
    var isAskable: Bool {
        guard let ascii = name.ascii, (1...253).contains(ascii.utf8.count) else { return false }
        return ascii.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { label in
            (1...63).contains(label.count)
                && label.allSatisfy { $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }
        }
    }
}

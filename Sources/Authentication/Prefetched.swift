import DNS

/// Answers that were asked for all at once; the rest is passed on.
///
/// What needs several keys needs them one after another, and each takes a round trip: together they take one.
struct Prefetched: Resolver {
    private var answers: [Question: Result<Answer, ResolutionFailure>] = [:]
    private let resolver: any Resolver

    init(_ questions: [Question], from resolver: any Resolver) async {
        self.resolver = resolver
        // Tasks of their own, all started before the first is waited for: a group of them that throws typed errors crashes when
        // Swift 6.3 builds it for release.
        let tasks = Set(questions).map { question in
            (question, Task { () -> Result<Answer, ResolutionFailure> in await Self.result(question, resolver) })
        }
        for (question, task) in tasks { answers[question] = await task.value }
    }

    private static func result(_ question: Question, _ resolver: any Resolver) async -> Result<
        Answer, ResolutionFailure
    > {
        do throws(ResolutionFailure) { return .success(try await resolver.answer(question)) } catch {
            return .failure(error)
        }
    }

    func answer(_ question: Question) async throws(ResolutionFailure) -> Answer {
        if let known = answers[question] { return try known.get() }
        return try await resolver.answer(question)
    }
}

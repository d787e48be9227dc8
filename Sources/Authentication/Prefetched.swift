import DNS

/// Answers that were asked for all at once; the rest is passed on.
///
/// What needs several keys needs them one after another, and each takes a round trip: together they take one.
struct Prefetched: Resolver {
    private var answers: [Question: Result<Answer, ResolutionFailure>] = [:]
    private let resolver: any Resolver

    init(_ questions: [Question], from resolver: any Resolver) async {
        self.resolver = resolver
        answers = await withTaskGroup(of: (Question, Result<Answer, ResolutionFailure>).self) { group in
            for question in Set(questions) {
                group.addTask {
                    do throws(ResolutionFailure) {
                        return (question, .success(try await resolver.answer(question)))
                    } catch {
                        return (question, .failure(error))
                    }
                }
            }
            var answers: [Question: Result<Answer, ResolutionFailure>] = [:]
            for await (question, answer) in group { answers[question] = answer }
            return answers
        }
    }

    func answer(_ question: Question) async throws(ResolutionFailure) -> Answer {
        if let known = answers[question] { return try known.get() }
        return try await resolver.answer(question)
    }
}

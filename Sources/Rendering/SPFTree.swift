import Authentication
import Phrases

/// The tree that `include` and `redirect` make, as lists, each item with its depth: no reader has to recurse.
enum SPFTree {
    /// A line for each record and each of its terms; of many that do not match in a row only the first ones.
    static func lines(_ root: SPF.Policy?) -> [(depth: Int, text: Phrase)] {
        enum Item {
            case policy(SPF.Policy)
            case step(SPF.Step)
            case more(Int)
        }
        let longestRun = 8
        var lines: [(depth: Int, text: Phrase)] = []
        var waiting: [(item: Item, depth: Int)] = root.map { [(.policy($0), 0)] } ?? []
        while let (item, depth) = waiting.popLast(), lines.count < 200 {
            switch item {
            case .policy(let policy):
                lines.append(
                    (depth, "\(policy.domain): \(policy.record.map { Phrase(Words($0, limit: 2000)) } ?? "no policy")"))
                var run = 0
                var items: [Item] = []
                for step in policy.steps {
                    run = step.isMatch || step.policy != nil ? 0 : run + 1
                    if run <= longestRun {
                        items.append(.step(step))
                    } else if case .more(let count) = items.last {
                        items[items.count - 1] = .more(count + 1)
                    } else {
                        items.append(.more(1))
                    }
                }
                waiting += items.reversed().map { ($0, depth + 1) }
            case .more(let count):
                lines.append((depth, "· … and \(count) more {1:term that does|terms that do} not match"))
            case .step(let step):
                let mark = step.isMatch ? "✓" : "·"
                let term: Phrase = "\(term: mark) \(words: step.term)"
                lines.append((depth, step.target.map { "\(term) (\(words: $0))" } ?? term))
                if let policy = step.policy { waiting.append((.policy(policy), depth + 1)) }
            }
        }
        return lines
    }

    /// The policies alone.
    static func policies(_ root: SPF.Policy?) -> [(depth: Int, policy: SPF.Policy)] {
        var list: [(depth: Int, policy: SPF.Policy)] = []
        var waiting: [(policy: SPF.Policy, depth: Int)] = root.map { [($0, 0)] } ?? []
        while let (policy, depth) = waiting.popLast(), list.count < 50 {
            list.append((depth, policy))
            waiting += policy.steps.reversed().compactMap { step in step.policy.map { ($0, depth + 1) } }
        }
        return list
    }
}

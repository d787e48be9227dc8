/// Lets so many in at a time; the next wait in line, up to a limit.
actor RequestQueue {
    private var free: Int
    private let limit: Int
    private var line: [CheckedContinuation<Void, Never>] = []
    private var first = 0

    init(width: Int, line limit: Int) {
        free = width
        self.limit = limit
    }

    /// Whether the next one would be turned away.
    var isFull: Bool { free == 0 && line.count - first >= limit }

    /// Runs the work when it is its turn; `nil` when the line is full.
    func pass<Value: Sendable>(_ work: @Sendable () async -> Value) async -> Value? {
        guard await enter() else { return nil }
        defer { leave() }
        return await work()
    }

    private func enter() async -> Bool {
        if free > 0 {
            free -= 1
            return true
        }
        guard !isFull else { return false }
        await withCheckedContinuation { line.append($0) }
        return true
    }

    private func leave() {
        guard first < line.count else {
            free += 1
            line.removeAll(keepingCapacity: true)
            first = 0
            return
        }
        let next = line[first]
        first += 1
        if first == line.count || first > 1024 {
            line.removeFirst(first)
            first = 0
        }
        next.resume()
    }
}

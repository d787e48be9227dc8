import Mail

extension Trace {
    /// Hops from one machine to the next of one organisation.
    package struct InternalRun: Sendable {
        package let hops: Range<Int>
        /// Whose machines: a provider's name or a domain.
        package let system: String
    }

    /// Three hops and more that begin here and stay inside one system.
    package func internalRun(from start: Int) -> InternalRun? {
        guard let system = system(of: start) else { return nil }
        var end = start + 1
        while end < hops.count, hops[end].trust.isOurs == hops[start].trust.isOurs, self.system(of: end) == system {
            end += 1
        }
        return end - start >= 3 ? InternalRun(hops: start..<end, system: system) : nil
    }

    /// The system that both ends of a hop belong to; `nil` when it crosses a border, or is the hand-over.
    private func system(of index: Int) -> String? {
        let hop = hops[index]
        guard index != handOver, let by = hop.byDomain?.value else { return nil }
        let isInside =
            hop.names(by) || hop.peer.address.map { !$0.value.isPublic } ?? true
            || Provider.of(by)?.blocks.contains { block in hop.peer.address.map { block.contains($0.value) } ?? false }
                == true
        guard isInside else { return nil }
        return Provider.of(by)?.name ?? by.organisational.description
    }
}

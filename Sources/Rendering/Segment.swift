import Mail

/// A stretch of the message that is covered by the same marks.
struct Segment: Equatable {
    let range: ByteRange
    let marks: [Int]
}

/// Cuts `whole` wherever a mark begins or ends, so that marks may overlap; in one pass over the sorted marks.
func segments(of whole: ByteRange, marks: [(range: ByteRange, id: Int)]) -> [Segment] {
    var events: [(offset: Int, isStart: Bool, id: Int)] = []
    for mark in marks {
        let range = mark.range.clamped(to: whole)
        guard !range.isEmpty else { continue }
        events.append((range.lowerBound, true, mark.id))
        events.append((range.upperBound, false, mark.id))
    }
    events.sort { ($0.offset, $0.isStart ? 1 : 0, $0.id) < ($1.offset, $1.isStart ? 1 : 0, $1.id) }
    var segments: [Segment] = []
    var open: Set<Int> = []
    var position = whole.lowerBound
    for event in events {
        if event.offset > position {
            segments.append(Segment(range: position..<event.offset, marks: open.sorted()))
            position = event.offset
        }
        if event.isStart { open.insert(event.id) } else { open.remove(event.id) }
    }
    if position < whole.upperBound {
        segments.append(Segment(range: position..<whole.upperBound, marks: open.sorted()))
    }
    return segments
}

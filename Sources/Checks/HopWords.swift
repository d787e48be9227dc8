import Delivery
import Mail
import Phrases

extension Hop {
    /// The server's name for itself, or what else it may be called.
    func name(or other: Phrase) -> Phrase { by.map { "\(words: $0.value)" } ?? other }
}

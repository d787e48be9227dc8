package import Mail

/// Something of a part that could not be looked at, for want of a library.
package struct Unread: Hashable, Sendable {
    package enum What: Hashable, Sendable {
        /// A text in a charset, by its name.
        case text(String)
        /// What charset a text is in that does not say so truly.
        case charset
        case html
        case archive
        /// What stands compressed in a document.
        case streams
        /// QR codes, in pictures or in text that draws them.
        case codes
    }

    package let part: Int
    package let what: What
    package let library: Library
}

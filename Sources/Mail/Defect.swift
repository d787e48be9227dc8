/// What is irregular in how a message is built. Each comes with its range.
public enum Defect: String, Hashable, Sendable {
    /// A line among the header fields that is neither a field nor the continuation of one.
    case lineIsNoField
    /// The header section begins with a continuation line.
    case continuationWithoutField
    /// White space between a field's name and its colon, which some readers take for no field.
    case blankBeforeColon
    /// The body begins without the empty line that separates it from the header section.
    case missingSeparator
    /// A multipart entity whose end delimiter is missing.
    case unclosedMultipart
    /// A multipart type without a boundary parameter.
    case missingBoundary
    /// A boundary that never occurs as a delimiter line.
    case unusedBoundary
    /// A composite type in a transfer encoding that RFC 2045 §6.4 does not allow there.
    case encodedComposite
}

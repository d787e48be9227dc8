/// What verifying by one method came to. RFC 8601 §2.7
package enum MethodResult: String, Sendable, CaseIterable {
    case none, pass, fail, softfail, neutral, policy, temperror, permerror
}

import CMustache
import Phrases
package import Templates

/// What a template is filled in with.
indirect enum TemplateValue {
    case text(String)
    case flag(Bool)
    case list([TemplateValue])
    case object([String: TemplateValue])

    static func words(_ words: Words) -> TemplateValue { .text(words.description) }

    /// A text that is there or not: an empty one counts as not there.
    static func optional(_ text: String) -> TemplateValue { text.isEmpty ? .flag(false) : .text(text) }
    static func optional(_ number: Int?) -> TemplateValue { number.map { .text(String($0)) } ?? .flag(false) }

    /// Fills in a template, in one pass: what is filled in is never searched again.
    func filling(_ template: String) -> String {
        let (text, problem) = filled(template)
        // A user's template is looked at before it is used.
        return problem.map { "<!doctype html><title>backstamp</title><p>template: \($0)</p>\n" } ?? text
    }

    fileprivate func filled(_ template: String) -> (text: String, problem: String?) {
        var template = template
        var length = 0
        var failed: Int32 = 0
        let text = template.withUTF8 { buffer in
            buffer.withMemoryRebound(to: CChar.self) {
                backstamp_template_render($0.baseAddress, $0.count, handle, &length, &failed)
            }
        }
        defer { backstamp_text_free(text) }
        guard let text else { return ("", "there was no memory for it") }
        let result = String(decoding: UnsafeRawBufferPointer(start: text, count: length), as: UTF8.self)
        return failed == 0 ? (result, nil) : ("", result)
    }

    private var handle: UnsafeMutableRawPointer? {
        switch self {
        case .text(var text):
            return text.withUTF8 { buffer in
                buffer.withMemoryRebound(to: CChar.self) { backstamp_value_text($0.baseAddress, $0.count) }
            }
        case .flag(let flag): return backstamp_value_flag(flag ? 1 : 0)
        case .list(let values):
            let list = backstamp_value_list()
            for value in values { backstamp_value_append(list, value.handle) }
            return list
        case .object(let members):
            let object = backstamp_value_object()
            for (name, value) in members { backstamp_value_set(object, name, value.handle) }
            return object
        }
    }
}

extension TemplateValue: ExpressibleByStringInterpolation, ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral,
    ExpressibleByDictionaryLiteral
{
    init(stringLiteral value: String) { self = .text(value) }
    init(booleanLiteral value: Bool) { self = .flag(value) }
    init(arrayLiteral elements: TemplateValue...) { self = .list(elements) }
    init(dictionaryLiteral elements: (String, TemplateValue)...) {
        self = .object(Dictionary(elements, uniquingKeysWith: { _, last in last }))
    }
}

extension Templates {
    /// What is wrong with a template, in the library's words; `nil` for one that is well-formed.
    package func problem(in name: Name) -> String? {
        guard name.rawValue.hasSuffix(".mustache") else { return nil }
        return TemplateValue.object([:]).filled(self[name]).problem
    }
}

import CMustache

/// What a template is filled in with.
indirect enum TemplateValue {
    case text(String)
    case flag(Bool)
    case list([TemplateValue])
    case object([String: TemplateValue])

    /// A text that is there or not: an empty one counts as not there.
    static func optional(_ text: String) -> TemplateValue { text.isEmpty ? .flag(false) : .text(text) }
    static func optional(_ number: Int?) -> TemplateValue { number.map { .text(String($0)) } ?? .flag(false) }

    /// Fills in a template of `templates/`, in one pass: what is filled in is never searched again.
    func filling(_ template: String) -> String {
        var template = template
        var length = 0
        var failed: Int32 = 0
        let text = template.withUTF8 { buffer in
            buffer.withMemoryRebound(to: CChar.self) {
                backstamp_template_render($0.baseAddress, $0.count, handle, &length, &failed)
            }
        }
        defer { backstamp_text_free(text) }
        guard let text else { return "" }
        let bytes = UnsafeRawBufferPointer(start: text, count: length)
        let result = String(decoding: bytes, as: UTF8.self)
        return failed == 0 ? result : "<!doctype html><title>backstamp</title><pre>template: \(result)</pre>\n"
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

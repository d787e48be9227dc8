import Phrases

/// What others call a file: by the media type or the disposition, by another form of the parameter.
struct FileNameReadings {
    private(set) var ambiguities: [Ambiguity] = []

    init(_ part: Part) {
        guard let ours = part.fileName else { return }
        var readings: [(rule: Phrase, name: String, range: ByteRange)] = []
        for (field, parameters, name) in Self.fields(part) {
            let range = field.name.lowerBound..<field.value.upperBound
            for (rule, bytes) in ParameterReadings(name, of: parameters, in: field, part.source).all {
                readings.append(
                    ("\(rule) of \(term: name)", Charset.headerText(bytes[...], declared: part.charset?.charset), range)
                )
            }
        }
        guard let range = readings.last?.range else { return }
        let shown =
            [Ambiguity.Reading("the disposition before the media type", text: ours.value)]
            + readings.filter { $0.name != ours.value && !Self.isOnlyEncoded($0.name, ours.value) }
            .map { Ambiguity.Reading($0.rule, text: $0.name) }
        if let ambiguity = Ambiguity(.fileName, "the file name", at: part.messageRange(of: range), shown) {
            ambiguities.append(ambiguity)
        }
    }

    private static func fields(_ part: Part) -> [(HeaderField, Parameters, String)] {
        var all: [(HeaderField, Parameters, String)] = []
        if let field = part.fields(ascii: "content-disposition").first, let disposition = part.disposition {
            all.append((field, disposition.parameters, "filename"))
        }
        if let field = part.fields(ascii: "content-type").first {
            all.append((field, part.contentType.parameters, "name"))
        }
        return all
    }

    /// A raw encoded word is what our reading decodes; readers that show it raw deceive nobody.
    private static func isOnlyEncoded(_ raw: String, _ ours: String) -> Bool {
        guard raw.contains(ascii: "=?") else { return false }
        return Source(exactly: Array(raw.utf8)).decodedText(0..<raw.utf8.count) == ours
    }
}

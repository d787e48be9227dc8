/// What others call a file: by the media type or the disposition, by another form of the parameter.
struct FileNameReadings {
    private(set) var ambiguities: [Ambiguity] = []

    init(_ part: Part) {
        guard let ours = part.fileName else { return }
        var readings: [(rule: String, name: String, place: ByteRange)] = []
        for (field, parameters, name) in Self.fields(part) {
            let place = field.name.lowerBound..<field.value.upperBound
            for (rule, bytes) in ParameterReadings(name, of: parameters, in: field, part.source).all {
                readings.append(
                    ("\(rule) of \(name)", Charset.headerText(bytes[...], declared: part.charset?.charset), place))
            }
        }
        guard let place = readings.last?.place else { return }
        let shown =
            [Ambiguity.Reading("the disposition before the media type", ours.value)]
            + readings.map { Ambiguity.Reading($0.rule, $0.name) }
            .filter { $0.shows != ours.value && !Self.isOnlyEncoded($0.shows, ours.value) }
        if let ambiguity = Ambiguity(.fileName, "the file name", at: part.place(of: place), shown) {
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

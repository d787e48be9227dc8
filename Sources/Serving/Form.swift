import Mail

/// What a page's form sends: fields in order, their values as bytes. RFC 7578
struct Form {
    struct Field {
        let name: String
        /// The file's name where it is a file.
        let fileName: String?
        let value: ArraySlice<UInt8>
    }

    private(set) var fields: [Field] = []

    /// How many fields are read; ours has a dozen.
    private static let limit = 64

    /// - Parameter type: the request's Content-Type.
    init?(_ body: [UInt8], type: String) {
        let head = Message(Source(exactly: Array("Content-Type: \(type)\r\n\r\n".utf8)))
        guard case .success(let media)? = head[.contentType].first, media.mediaType == "multipart/form-data",
            let boundary = media.boundary, !boundary.isEmpty, boundary.count <= 70
        else { return nil }
        // delimiter := CRLF "--" boundary; RFC 2046 §5.1.1. Before the first one there may be no line.
        let delimiter = Array("\r\n--".utf8) + boundary
        guard body.starts(with: delimiter.dropFirst(2)) else { return nil }
        var position = delimiter.count - 2
        while fields.count < Self.limit {
            // close-delimiter := delimiter "--"
            if body[position...].starts(with: Array("--".utf8)) { return }
            guard body[position...].starts(with: Array("\r\n".utf8)),
                let end = body.firstOffset(ofBytes: delimiter, in: (position + 2)..<body.count)
            else { return nil }
            if let field = Self.field(body, position + 2, end) { fields.append(field) }
            position = end + delimiter.count
        }
        return nil
    }

    private static func field(_ body: [UInt8], _ start: Int, _ end: Int) -> Field? {
        guard let gap = body.firstOffset(of: "\r\n\r\n", in: start..<min(end, start + 16_384)) else { return nil }
        let header = Message(Source(exactly: Array(body[start..<(gap + 4)])))
        guard case .success(let disposition)? = header[.contentDisposition].first,
            let name = disposition.parameters["name"]?.value
        else { return nil }
        return Field(name: name, fileName: disposition.parameters["filename"]?.value, value: body[(gap + 4)..<end])
    }

    /// The text of the first field with this name that is no file.
    subscript(name: String) -> String? {
        fields.first { $0.name == name && $0.fileName == nil }.map { String(decoding: $0.value, as: UTF8.self) }
    }

    func has(_ name: String) -> Bool { self[name].map { !$0.isEmpty } ?? false }
}

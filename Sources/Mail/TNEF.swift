/// What is in a `winmail.dat`: the container in which Outlook sends attachments that only Outlook can open. [MS-OXTNEF]
public enum TNEF {
    public struct Attachment: Sendable {
        public var name: String
        /// Where its data stand in the container.
        public var data: ByteRange
    }

    /// The files that a container holds, in order; `nil` for bytes that are none.
    public static func attachments(in bytes: [UInt8]) -> [Attachment]? {
        // TNEFStream = TNEFSignature LegacyKey TNEFVersion OEMCodePage MessageData *AttachData ; [MS-OXTNEF] §2.1.3
        guard number(bytes, 0, size: 4) == 0x223E_9F78 else { return nil }
        var attachments: [Attachment] = []
        var position = 6
        // Attribute = Level ID Length Data Checksum
        while let level = number(bytes, position, size: 1), let id = number(bytes, position + 1, size: 4),
            let length = number(bytes, position + 5, size: 4), level == 1 || level == 2
        {
            let start = position + 9
            let data = start..<min(bytes.count, start + length)
            switch id {
            case attAttachRendData: attachments.append(Attachment(name: "", data: start..<start))
            case attAttachData where !attachments.isEmpty: attachments[attachments.count - 1].data = data
            case attAttachTitle where !attachments.isEmpty && attachments[attachments.count - 1].name.isEmpty:
                let name = bytes[data].prefix { $0 != 0 }
                attachments[attachments.count - 1].name = Charset.headerText(name, declared: nil)
            default: break
            }
            guard start + length + 2 <= bytes.count else { break }
            position = start + length + 2
        }
        return attachments
    }

    private static let attAttachTitle = 0x0001_8010
    private static let attAttachData = 0x0006_800F
    private static let attAttachRendData = 0x0006_9002

    /// A little-endian number.
    private static func number(_ bytes: [UInt8], _ offset: Int, size: Int) -> Int? {
        guard offset >= 0, offset <= bytes.count - size else { return nil }
        return (0..<size).reversed().reduce(0) { $0 << 8 | Int(bytes[offset + $1]) }
    }
}

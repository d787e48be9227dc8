/// A file of messages, one after another, each behind a line that begins with "From ". RFC 4155
public enum MailboxFile {
    /// The first message of a mailbox, with its "From " line, and how many follow; `nil` when there is but one message.
    public static func first(in bytes: [UInt8]) -> (message: [UInt8], others: Int)? {
        guard bytes.starts(with: Array("From ".utf8)) else { return nil }
        var starts: [Int] = []
        var position = 0
        while let offset = bytes.firstOffset(of: "\nFrom ", in: position..<bytes.count) {
            position = offset + 1
            // An empty line stands before it.
            let isAfterEmpty =
                bytes[..<offset].last == .lineFeed || bytes[..<offset].suffix(2) == [.lineFeed, .carriageReturn]
            if isAfterEmpty { starts.append(position) }
        }
        guard let second = starts.first else { return nil }
        return (Array(bytes[..<second]), starts.count)
    }
}

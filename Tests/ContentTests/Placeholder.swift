import Content
import Mail
import Testing

@Test func debugHTML() {
    let html = Array("<a href=\"http://x.example/\">x</a>\r\n".utf8)
    print("REFS", HTMLDocument(html).references)
    let m = Message(Source(Array("From: <a@example.com>\r\nContent-Type: text/html\r\n\r\n<a href=\"http://x.example/\">x</a>\r\n".utf8)))
    print("PART", m.parts[0].body, TextBody(m.parts[0]).places(of: [0..<5, 3..<9]), m.parts[0].decoded(mapped: true).map)
}

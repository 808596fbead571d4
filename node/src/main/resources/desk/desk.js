// Keys: / searches, J opens the object's JSON, Ctrl K goes to the search from anywhere.
"use strict";
document.addEventListener("keydown", (event) => {
  const search = document.getElementById("q");
  const palette = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k";
  const typing = event.target.closest("input, textarea, select");
  if (palette || (event.key === "/" && !typing)) {
    event.preventDefault();
    if (search) search.focus();
    else window.location.assign("/desk/exchange#q");
  } else if (event.key.toLowerCase() === "j" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    const json = document.getElementById("json");
    if (json) json.open = !json.open;
  }
});
if (window.location.hash === "#q") document.getElementById("q")?.focus();

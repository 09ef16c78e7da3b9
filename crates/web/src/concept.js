// Keeps the draft of a form every twenty seconds and when the page is left. The page works without.
"use strict";
(() => {
  const form = document.querySelector("form[data-concept]");
  if (!form) return;
  const told = form.querySelector("[data-concept-stand]");
  const again = "Wat u typte, staat er nog. ";
  const fields = () => {
    const all = new URLSearchParams(new FormData(form));
    all.set("doe", "concept");
    return all.toString();
  };
  let kept = fields();
  let sending = null;
  const tell = (words) => {
    if (told.textContent !== words) told.textContent = words;
  };
  const keep = async (leaving) => {
    const now = fields();
    if (sending || now === kept) return;
    sending = new AbortController();
    try {
      const answer = await fetch(form.action, {
        method: "POST",
        headers: {
          "Content-Type": "application/x-www-form-urlencoded",
          "X-Concept": "ja",
        },
        body: now,
        redirect: "error",
        keepalive: leaving && now.length < 60000,
        signal: sending.signal,
      });
      if (answer.ok) {
        kept = now;
        tell(await answer.text());
      } else if (answer.status === 401) {
        tell("Uw sessie is afgelopen. " + again +
          "Verstuur het formulier: u logt opnieuw in en gaat hier verder.");
      } else {
        tell("Het concept is nu niet bewaard. " + again);
      }
    } catch (error) {
      if (error.name !== "AbortError") tell("Het concept is nu niet bewaard. " + again);
    } finally {
      sending = null;
    }
  };
  setInterval(() => keep(false), 20000);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") keep(true);
  });
  form.addEventListener("submit", () => {
    if (sending) sending.abort();
    kept = fields();
  });
})();

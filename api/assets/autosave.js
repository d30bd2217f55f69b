// 下書きの自動保存: presses the form's own button now and then, without leaving the page. Nothing else depends on it.
const QUIET_MS = 3000;

for (const button of document.querySelectorAll('button[formaction$="/draft"]:not([name])')) {
  const { form } = button;
  const said = form.querySelector(".draft-said");
  let waiting;

  const save = async (leaving) => {
    clearTimeout(waiting);
    waiting = undefined;
    const texts = [...new FormData(form)].filter(([, value]) => typeof value === "string");
    try {
      const reply = await fetch(button.formAction, {
        method: "POST",
        headers: { accept: "application/json" },
        body: new URLSearchParams(texts),
        keepalive: leaving,
      });
      if (!reply.ok) throw new Error(String(reply.status));
      const { savedAt } = await reply.json();
      said.textContent = `下書きを自動で保存しました（${savedAt}）。`;
    } catch {
      said.textContent = "下書きを自動で保存できませんでした。「下書きを保存する」を押してください。";
    }
  };

  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => void save(false), QUIET_MS);
  });
  form.addEventListener("submit", () => clearTimeout(waiting));
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && waiting !== undefined) void save(true);
  });
}

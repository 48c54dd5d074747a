// Buttons that show the promises of one fate only.
for (const button of document.querySelectorAll("button[data-fate]")) {
  button.addEventListener("click", () => {
    const fate = button.dataset.fate;
    for (const other of document.querySelectorAll("button[data-fate]"))
      other.setAttribute("aria-pressed", String(other === button));
    for (const item of document.querySelectorAll("li[data-fate]"))
      item.hidden = fate !== "" && item.dataset.fate !== fate;
  });
}

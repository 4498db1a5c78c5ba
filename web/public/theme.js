// Runs before the first paint, so that a remembered theme never flashes the other one.
(function () {
  try {
    var theme = localStorage.getItem("leat.theme");
    if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  } catch (error) {
    // Storage is blocked: the system's preference stays in charge.
  }
})();

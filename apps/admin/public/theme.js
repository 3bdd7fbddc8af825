// Before anything is drawn: the light or dark that was chosen here, so that the page does not flash in the other one.
// The rest of the application follows in modules, which come later; see src/lib/preferences.ts.
try {
  const theme = localStorage.getItem('latchkey.theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // A browser that keeps nothing has nothing chosen.
}

/** Who writes is not idle: while a long form is being filled in, the session is kept running. */

const EVERY = 5 * 60_000;

export function stayAwake(): void {
  let last = Date.now();
  document.addEventListener('input', () => {
    if (Date.now() - last < EVERY) return;
    last = Date.now();
    // An answer is not waited for: if the session has ended, the form says so when it is sent.
    fetch('/kantor', { method: 'HEAD' }).catch(() => {});
  });
}

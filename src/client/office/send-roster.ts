/** A list's file: dropped anywhere on its page, and while it is sent and looked at the page says so. Without this script the form does it. */

export function sendRoster(): void {
  const form = document.querySelector<HTMLFormElement>('form[data-unggah]');
  if (!form) return;
  const input = form.querySelector<HTMLInputElement>('[type=file]')!;
  const news = document.getElementById('kabar')!;
  addEventListener('dragover', (event) => {
    event.preventDefault();
    form.classList.add('over');
  });
  addEventListener('dragleave', (event) => {
    if (event.relatedTarget === null) form.classList.remove('over');
  });
  addEventListener('drop', (event) => {
    event.preventDefault();
    form.classList.remove('over');
    if (!event.dataTransfer?.files.length) return;
    input.files = event.dataTransfer.files;
    form.requestSubmit();
  });
  form.addEventListener('submit', () => {
    const size = Math.max(1, Math.round((input.files?.[0]?.size ?? 0) / 1000));
    const bar = document.createElement('progress');
    news.replaceChildren(
      `Berkas ${size.toLocaleString('id-ID')} KB sedang dikirim dan diperiksa. Jangan tutup halaman ini. `,
      bar,
    );
  });
  // The way back finds the page as it was left.
  addEventListener('pageshow', () => news.replaceChildren());
}

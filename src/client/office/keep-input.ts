/**
 * A form that is sent after the session has ended would come back empty: it is asked first, and what was typed stays. Without this
 * script the entrance says that the session has ended.
 */
import { announce, SESSION_ENDED } from './page.ts';

export function keepInput(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>('form[method=post]')) {
    if (!form.querySelector('input:not([type=hidden]), textarea, select')) continue;
    // Safari 15 can't send it as it would have been.
    if (!form.requestSubmit) continue;
    let [asking, asked] = [false, false];
    form.addEventListener('submit', (event) => {
      // Another script sends it itself.
      if (asked || event.defaultPrevented) return;
      event.preventDefault();
      if (asking) return;
      asking = true;
      const { submitter } = event;
      const send = (): void => {
        asked = true;
        form.requestSubmit(submitter);
        asked = false;
      };
      hasEnded().then((ended) => {
        asking = false;
        if (ended) say(form);
        else send();
      });
    });
  }
}

/** Who can't be asked says so when the form is sent. */
async function hasEnded(): Promise<boolean> {
  try {
    const { status } = await fetch('/kantor', { method: 'HEAD', headers: { accept: 'application/json' } });
    return status === 401;
  } catch {
    return false;
  }
}

function say(form: HTMLFormElement): void {
  if (!document.getElementById('kabar')) {
    const place = document.createElement('div');
    place.id = 'kabar';
    form.before(place);
  }
  announce(SESSION_ENDED);
}

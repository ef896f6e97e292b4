/** Where the page was opened, and whether passkeys can work there. */
import type { Trouble } from '../../pages/sign/reply.ts';

/** Apps that show pages by themselves; passkeys of another site fail inside them even where the calls exist. */
const IN_APP =
  /; wv\)|FBAN|FBAV|FB_IAB|Instagram|\bLine\/|BytedanceWebview|musical_ly|MicroMessenger|WhatsApp\/|GSA\//;

const apple = (agent: string): boolean => /iPhone|iPad|iPod/.test(agent);

/** A web view on an iPhone doesn't call itself Safari, which every browser there does. */
export const insideApp = (agent: string): boolean =>
  IN_APP.test(agent) || (apple(agent) && !/Safari\//.test(agent));

/**
 * The link that leaves the app. Android's intent parser looks for the last `#Intent;`, so a fragment before it survives.
 * Null where no link helps and only the menu does.
 */
export function wayOut(agent: string, address: string): string | null {
  if (/Android/.test(agent)) {
    return `${address.replace(/^https?:/, 'intent:')}#Intent;scheme=${new URL(address).protocol.slice(0, -1)};end`;
  }
  return apple(agent) ? address.replace(/^http/, 'x-safari-http') : null;
}

/** What stands in the way of a passkey here, or null. */
export async function obstacle(): Promise<Trouble | null> {
  if (insideApp(navigator.userAgent)) return 'in-app';
  if (!window.PublicKeyCredential || !navigator.credentials?.create) return 'no-passkeys';
  try {
    // Asked on a phone only: on a desk the key may be a stick or a phone nearby.
    if (matchMedia('(pointer: coarse)').matches) {
      const lock = await PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable();
      if (!lock) return 'no-screen-lock';
    }
  } catch {
    return 'no-passkeys';
  }
  return null;
}

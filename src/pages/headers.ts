/** What every answer says of itself: of the site, of its files, of what went wrong. Shown by test/pages/headers.test.ts. */
import { createMiddleware } from 'hono/factory';
import { secureHeaders } from 'hono/secure-headers';
import { COMPRESSIBLE_CONTENT_TYPE_REGEX } from 'hono/utils/compress';

export const secured = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'", 'data:'],
    connectSrc: ["'self'"],
    formAction: ["'self'"],
    baseUri: ["'none'"],
    frameAncestors: ["'none'"],
    // No text becomes markup or a script: the one policy there is makes the worker of src/client/check/reader.ts.
    requireTrustedTypesFor: ["'script'"],
    trustedTypes: ['ikrar'],
  },
  referrerPolicy: 'no-referrer',
  xFrameOptions: 'DENY',
  permissionsPolicy: { camera: ['self'], geolocation: [], microphone: [] },
});

/** What Node's door or Cloudflare's network may pack for one browser is kept for no other. */
export const varied = createMiddleware(async function varied(c, next) {
  await next();
  if (COMPRESSIBLE_CONTENT_TYPE_REGEX.test(c.res.headers.get('content-type') ?? ''))
    c.header('vary', 'accept-encoding');
});

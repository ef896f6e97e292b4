/**
 * What every answer says of itself: of the site, of its files, of what went wrong. On Workers the files are served by the platform,
 * which reads the same from public/_headers. Shown by test/pages/headers.test.ts.
 */
import { secureHeaders } from 'hono/secure-headers';

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

/** The single translator of failures: the cause goes to the log, a sentence to the person. */
import type { ErrorHandler } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { Env } from '../services.ts';
import { Page } from './layout.tsx';

export const translateError: ErrorHandler<Env> = (error, c) => {
  if (error instanceof HTTPException && error.status < 500) {
    return error.getResponse();
  }
  console.error(error);
  return c.html(
    <Page title="Ada gangguan">
      <h1>Ada gangguan di layanan kami</h1>
      <p>Tidak ada yang hilang. Tunggu sebentar, lalu coba lagi.</p>
    </Page>,
    500,
  );
};

import { Hono } from 'hono';
import type { Env } from '../services.ts';
import { Page } from './layout.tsx';

export const homePage = new Hono<Env>().get('/', (c) =>
  c.html(
    <Page title="Ikrar netralitas">
      <h1>Ikrar netralitas</h1>
    </Page>,
  ),
);

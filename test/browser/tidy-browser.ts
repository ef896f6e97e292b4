/** After each file: what it opened in the browser is closed, which goes on to the next one. */
import { afterAll } from 'vitest';
import { closeOpened } from './browser.ts';

afterAll(closeOpened);

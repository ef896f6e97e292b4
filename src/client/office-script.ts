/** The office's pages: passkeys at the entrance and on the officers' page, the progress of cards and of a list's file, texts to copy, parts fetched again, figures that go on by themselves, a session that lasts while one writes, and what was typed when it has ended. */
import { offerConfirmation, offerWithdrawal } from './office/approval.ts';
import { stayAwake } from './office/awake.ts';
import { offerCopies } from './office/copy.ts';
import { openEntrance } from './office/entrance.ts';
import { keepInput } from './office/keep-input.ts';
import { makeCards } from './office/make-cards.ts';
import { offerAgain } from './office/offer-again.ts';
import { offerChanges } from './office/offer-changes.ts';
import { announceLeft } from './office/page.ts';
import { renewFigures } from './office/renew-figures.ts';
import { sendRoster } from './office/send-roster.ts';

announceLeft();
if (document.getElementById('masuk')) openEntrance();
offerChanges();
makeCards();
if (document.getElementById('pencabutan')) offerWithdrawal();
if (document.getElementById('persetujuan')) offerConfirmation();
if (document.querySelector('form.sheet')) stayAwake();
keepInput();
offerCopies();
offerAgain();
renewFigures();
sendRoster();

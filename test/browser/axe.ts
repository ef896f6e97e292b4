import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/**
 * What axe finds wrong with the page as it stands. In the page itself and of the faults alone: that takes half the time, and
 * misses only frames of other sites, which no page of ours has.
 */
export const faultsOf = async (page: Page) => {
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
  return (await axe.analyze()).violations;
};

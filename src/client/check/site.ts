/** The site of this page. A copy that was kept names it, and asks it nothing: browsers let no file ask a site. */

export const kept = document.body.dataset.asal !== undefined;

export const origin = document.body.dataset.asal ?? location.origin;

// Debian's Chromium without a window system, driven by Playwright.  Each newPerson() is a browser profile of its own.
import { chromium } from 'playwright-core';
import { site } from './client.mjs';

/** One browser for a test file; close it in after().
 * @param {string[]} more switches */
export function launch(more = []) {
	return chromium.launch({
		executablePath: process.env.HICHAT_CHROMIUM ?? '/usr/bin/chromium-headless-shell',
		args: ['--no-sandbox', '--disable-quic', '--disable-dev-shm-usage', '--disable-gpu', ...more],
	});
}

/** A conversation that is not listed is asked for, because it may be hidden; the browser tells when it is refused. */
function expected(message) {
	return message.text().includes('403') && /\/chat\/conversations\/\d+$/.test(message.location().url);
}

/** A page of a fresh profile at the site.  What the page logged as an error, every exception and
 * every refused request of the Content-Security-Policy is in `page.complaints`.
 * @param {import('playwright-core').Browser} browser
 * @param {import('playwright-core').BrowserContextOptions} options */
export async function newPerson(browser, options = {}) {
	const context = await browser.newContext({ baseURL: `${site}/`, locale: 'en-US', ...options });
	context.setDefaultTimeout(15_000);
	const page = await context.newPage();
	page.complaints = [];
	page.on('console', (message) => {
		if (message.type() === 'error' && !expected(message)) page.complaints.push(message.text());
	});
	page.on('pageerror', (error) => page.complaints.push(String(error)));
	return page;
}

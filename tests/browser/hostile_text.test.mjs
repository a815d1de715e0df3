// Whatever people write is text: no markup runs, only web addresses become links.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, newPerson } from '../harness/browser.mjs';
import { befriend, expectStatus, register, send } from '../harness/client.mjs';
import { connection, logInUi, openConversation, section, waitForSaid } from './steps.mjs';

const attack = '<img src=x onerror="window.stolen=1"><script>window.stolen=1</script>';
let browser;
before(async () => {
	browser = await launch();
});
after(() => browser?.close());

test('markup in names, profiles, requests and messages is shown, not run', async () => {
	const name = '<b onclick=alert(1)>Eve</b>';
	const [ann, eve, mallory] = await Promise.all([
		register({ nickname: 'Ann' }), register({ nickname: name }), register({ nickname: '"><svg onload=x>' }),
	]);
	expectStatus(await eve.patch('/account/me', { bio: attack, region: '<i>Mars</i>' }), 200);
	const conversation = await befriend(ann, eve);
	expectStatus(await mallory.post('/social/friend-requests', { user_id: ann.id, message: attack }), 201);
	const texts = [
		attack,
		'javascript:alert(1) data:text/html,<b>x</b>',
		'https://example.org/?q="><img src=x onerror=alert(1)>',
		'\u202egnp.exe\u202c and 1\u0301\u0302\u0303',
	];
	const marked = [[`\`\`\`\n${attack}\n\`\`\``, 'pre code'], [`> ${attack}`, 'blockquote'], [`\`${attack}\``, 'code']];
	for (const text of [...texts, ...marked.map(([text]) => text)]) expectStatus(await send(eve, conversation, text), 201);

	const page = await newPerson(browser);
	await logInUi(page, ann);
	await connection(page, 'live');
	await openConversation(page, name);
	await waitForSaid(page, [...texts, ...marked.map(() => attack)].map((text) => `them: ${text}`));
	const last = page.locator('.message__text');
	for (const [index, [, shape]] of marked.entries())
		assert.equal(await last.nth(texts.length + index).locator(shape).textContent(), attack);
	const links = await page.locator('.message__text a').evaluateAll((all) =>
		all.map((a) => [a.getAttribute('href'), a.target, a.rel]));
	assert.deepEqual(links, [['https://example.org/?q=', '_blank', 'noopener noreferrer nofollow']]);
	await page.getByRole('button', { name: `About ${name}` }).click();
	await page.locator('.about').getByText('<i>Mars</i>').waitFor();
	await section(page, 'Contacts');
	await page.goto('./#/contacts/requests');
	await page.getByText(attack).first().waitFor();
	assert.equal(await page.evaluate(() => window.stolen), undefined);
	assert.equal(await page.locator('main img, main script, main svg[onload]').count(), 0);
	assert.deepEqual(page.complaints, []);
	await page.context().close();
});

test('the page allows no inline script and no foreign source', async () => {
	const page = await newPerson(browser);
	const response = await page.goto('./');
	const policy = response.headers()['content-security-policy'] ?? '';
	assert.match(policy, /default-src 'self'/);
	assert.doesNotMatch(policy, /unsafe-inline|unsafe-eval|\*/);
	const html = await response.text();
	assert.doesNotMatch(html, /<script(?![^>]*\ssrc=)[^>]*>|<style|\son\w+=|\sstyle=/i);
	await page.getByLabel('Password', { exact: true }).waitFor();
	const blocked = await page.evaluate(() => new Promise((resolve) => {
		document.addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective));
		const script = document.createElement('script');
		script.textContent = 'window.stolen = 1';
		document.body.append(script);
	}));
	assert.match(blocked, /^script-src/);
	assert.equal(await page.evaluate(() => window.stolen), undefined);
	await page.context().close();
});

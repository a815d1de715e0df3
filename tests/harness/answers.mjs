// Which answers of which routes the tests have seen: a line each in the file that HICHAT_ANSWERS
// names, because every test file is a process of its own.
import { appendFileSync, readFileSync } from 'node:fs';

const file = process.env.HICHAT_ANSWERS;
const noted = new Set();

/** Short lines are appended whole, whoever else appends.  Without a file nobody wants to know.
 * @param {string} template as in www/openapi.yaml: '/social/friends/{user}' */
export function noteAnswer(method, template, status) {
	const line = `${method} ${template} ${status}\n`;
	if (file === undefined || noted.has(line)) return;
	noted.add(line);
	appendFileSync(file, line);
}

/** The statuses that were seen, by 'METHOD /template'. */
export function answersSeen() {
	const seen = new Map();
	for (const line of readFileSync(file, 'utf8').trimEnd().split('\n')) {
		const [method, template, status] = line.split(' ');
		const key = `${method} ${template}`;
		seen.set(key, (seen.get(key) ?? new Set()).add(Number(status)));
	}
	return seen;
}
